"""What somebody else did or says, told as news: "coach moved practice to 6", "they say …"."""

from __future__ import annotations

import re

from scheduling.language.clause import P, T

_OFFICIAL = (
    r"(?:coach|teacher|tutor|instructor|sitter|babysitter|nanny|school|office|doctor|doc|dentist"
    r"|orthodontist|vet|clinic|club|league|studio|band|choir|church|director|principal|plumber"
    r"|electrician|therapist|barber|salon|hairdresser|airline|contractor|cleaner|host|boss|work"
    r"|client|company|manager|neighbou?rs?|parents?)"
)
_NAMED = r"(?:(?:coach|mr|mrs|ms|miss|dr|aunt|auntie|uncle|pastor)\.? [\w'-]+)"
_REPORTER = rf"(?:they|he|she|{P}|{_NAMED}|(?:(?:the|our|my|his|her|their|{P})\s+)?{_OFFICIAL})"
_DID = {
    "moved": "move", "rescheduled": "reschedule", "pushed": "push", "postponed": "postpone",
    "delayed": "delay", "shifted": "shift", "bumped": "bump", "switched": "switch",
    "changed": "change", "brought": "bring", "cancelled": "cancel", "canceled": "cancel",
    "called off": "call off",
}  # fmt: skip
_TELLS = re.compile(
    rf"^{_REPORTER}(?:\s*(?:'s|'ve|has|have|had|just|already|now))*\s+"
    rf"(?P<did>{'|'.join(_DID)})\s+(?=(?:the|our|my|his|her|their|all)\b|{P}|{T}|[\w' -]+\S)",
    re.I,
)
_MOVED_US = re.compile(
    rf"^(?P<whose>{_REPORTER})(?:\s*(?:'s|'ve|has|have|had|just|already|needs?|wants?|to))*\s+"
    rf"(?:moved?|rescheduled?|switch(?:ed)?|bumped?|pushed?|changed?) (?:us|me|him|her|them|{P})"
    rf"(?: back| up)? (?P<to>(?:to|till|until|from) .*{T}.*)$",
    re.I,
)
""" "the vet had to move us to Tuesday" moves the vet."""
_EVENT = re.compile(rf"^(?!they\b|he\b|she\b|{P}|school|office|coach|teacher|boss)", re.I)
_ITSELF = re.compile(
    r"^(?:to|back|up|out|in|on|for|until|till|again|away|by|from|it|me|us)\b", re.I
)
"""What "the dentist moved to Friday" goes on with: then it is the event that moved."""
SAYS = rf"{_REPORTER}(?: just)? (?:says?|said)(?: that)?(?=\s)"
"""Words before a statement that is somebody else's."""


def as_order(plain: str) -> str:
    """ "they moved Mia's recital up an hour" as what is to be done: "move Mia's recital …"."""
    if moved := _MOVED_US.match(plain):
        return f"move {moved['whose'] if _EVENT.match(moved['whose']) else 'it'} {moved['to']}"
    match = _TELLS.match(plain)
    if match is None or _ITSELF.match(plain[match.end() :]):
        return plain
    return f"{_DID[match['did'].lower()]} {plain[match.end() :]}"
