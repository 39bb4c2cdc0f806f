"""Reminders: "remind Dad to call the school at 5", "remind us 2 hours before piano"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta

from scheduling.language.clause import Clause, P, T, plain_words
from scheduling.language.lengths import LENGTH, length_in
from scheduling.language.politeness import command, without_greeting
from scheduling.language.readings import Remind, Target, Who
from scheduling.language.target import read_target
from scheduling.language.titles import trim

_VERB = r"(?:remind|ping|nudge|alert|notify|prompt|poke|reminder (?:to|for)|send a reminder to)"
_PEOPLE = rf"(?:{P}(?:(?:\s*,\s*|\s+and\s+|\s*&\s*|,? and ){P})*|(?:him|her|them)\b)"
_ORDER = re.compile(
    r"^(?P<lead>(?:(?:on|at|in|this"
    rf"|by) )?{T}[\s,:]*)?{_VERB}\s+(?P<who>{_PEOPLE})?[\s,:]*(?P<what>.*)$",
    re.I | re.S,
)
_SET = re.compile(
    rf"^(?:(?:set|create|add|make|put|schedule|send|text|give|shoot|(?:{P} )?needs?"
    rf"|start)(?: up)?(?: {P})? )?"
    r"(?:an? |the |another )?(?:\w+ )?(?:reminder|alarm|timer)s?\b[\s:,-]*(?P<what>.*)$",
    re.I | re.S,
)
_ASKED = re.compile(r"^(?:what|which|how many|are there)\b", re.I)
_FORGET = re.compile(
    rf"^(?:don't|do not|dont|never) (?:let (?P<who>{P}) )?forget\b(?: to| about"
    r"| that)?\s*(?P<what>.*)$",
    re.I | re.S,
)
_WAKE = re.compile(
    rf"^(?:please )?(?:wake|get) (?P<who>{_PEOPLE})(?: up)?(?![\w'])(?P<what>.*)$", re.I | re.S
)
_AFTER_NOON = re.compile(r"\b(?:afternoon|evening|tonight|noon|nap)\b|\d ?p\.?m\b", re.I)
_JOIN = re.compile(
    r"^[\s,:;-]*(?:(?:to|about|of|that|for|when|re|regarding|we|it's)\b[\s:,]*)+", re.I
)
BEFORE = re.compile(
    rf"(?P<lead>{LENGTH}|{T}|(?<!\S)[1-9]\d?(?= before\b)|the (?:day|night|evening|week"
    rf"|hour) )\s*(?:before(?:hand)?"
    r"|ahead|prior(?: to)?"
    rf"|in advance|earlier|early)\b(?: of)?(?P<what>.*)$",
    re.I | re.S,
)
_AND_AGAIN = re.compile(r"\s*(?:,|and\b|&)\s*(?:and\b\s*)?(?:(?:again|also|then)\b\s*)?", re.I)
_DAYS_AND = re.compile(
    r"(?:(?<=day)|(?<=days)|(?<=week)|(?<=weeks))(?:,| and|, and) (?!a half)", re.I
)
""" "1 day and 1 hour before" is told twice; "1 hour and 15 minutes before" once."""
_EVE = {"day": 1, "night": 1, "evening": 1, "week": 7}
_EVENINGS = {"evening": time(19), "night": time(20)}
"""When one is reminded the evening before."""
_NEVER_MIND = re.compile(rf"^{_VERB} (?:{P} )?(?:of|that) (?:the time|when we|how)\b", re.I)


def read_remind(clause: Clause) -> Remind | None:
    """None unless the clause asks to be reminded."""
    plain = command(clause.marked)
    match = _ORDER.match(plain) or (None if _ASKED.match(plain) else _SET.match(plain))
    if match is None:
        return _wake(plain, clause) or _not_to_forget(clause)
    if _NEVER_MIND.match(plain) or ("?" in without_greeting(clause.marked)[-2:] and "you" in plain):
        return None
    people = clause.who(match.groupdict().get("who") or "")
    if leads_before(match["what"], clause):
        return _ahead(match["what"], people, clause)
    return _plain(match["what"], people, clause)


def leads_before(piece: str, clause: Clause) -> tuple[timedelta, ...]:
    """ "2 hours before" as a length, "the evening before and 1 hour before" as two; none where
    no lead is said."""
    return tuple(lead for match in _said_before(piece) for lead in _lengths(match, clause))


def _said_before(piece: str) -> list[re.Match[str]]:
    """What is said to be before something, as often as it is said in a row."""
    found, match = [], BEFORE.search(piece)
    while match is not None:
        found.append(match)
        another = _AND_AGAIN.match(match["what"])
        match = BEFORE.match(match["what"][another.end() :]) if another else None
    return found


def _lengths(match: re.Match[str], clause: Clause) -> tuple[timedelta, ...]:
    eve = re.match(r"the (\w+)", match["lead"], re.I)
    if eve:
        return (_since_eve(eve[1].lower(), clause),)
    if match["lead"].isdecimal():
        return (timedelta(minutes=int(match["lead"])),)  # "ping me 20 before the game"
    found = (length_in(part) for part in _DAYS_AND.split(clause.words(match["lead"])))
    return tuple(length for length in found if length is not None)


def _since_eve(eve: str, clause: Clause) -> timedelta:
    """From "the evening before" to the start, where that is said; a whole day else."""
    when, at = clause.when(), _EVENINGS.get(eve)
    start = when.start if when is not None else None
    if at is not None and isinstance(start, datetime):
        return start - datetime.combine(start.date() - timedelta(days=1), at)
    return timedelta(days=_EVE[eve]) if eve in _EVE else timedelta(hours=1)


def _ahead(what: str, people: Who, clause: Clause) -> Remind | None:
    leads, said = leads_before(what, clause), _said_before(what)
    if not leads:
        return None
    match, last = said[0], said[-1]
    if re.match(r"\s*(?:,\s*)?to\b", last["what"]):
        title = _title(last["what"], clause)
        return Remind(title, None, people, Target(it=True), leads[0], leads[1:], 0.6)
    told = _JOIN.sub("", what[: match.start()]).strip()
    named = last["what"].strip(" .!?,")
    target = read_target(_JOIN.sub("", named) or told, clause)
    if target.it:
        return None  # a change of what was just shown, read as such later
    return Remind(target.words, None, people, target, leads[0], leads[1:])


def _plain(what: str, people: Who, clause: Clause) -> Remind:
    when = clause.when()
    title = _title(what, clause)
    if not people.said and (
        named := re.match(rf"^\s*for (?P<who>{_PEOPLE})\s*(?:to|about|:)", what)
    ):
        people = clause.who(named["who"])
        title = _title(what[named.end("who") :], clause)
    confidence = (
        1.0 if title and when and not title.startswith("I ") else 0.6 if title or when else 0.4
    )
    return Remind(title, when, people, confidence=confidence)


def _not_to_forget(clause: Clause) -> Remind | None:
    """ "don't forget the library books on Friday": a reminder only if it says when."""
    match = _FORGET.match(without_greeting(clause.marked).rstrip("?"))
    when = clause.when()
    if match is None or when is None or when.past or when.start is None:
        return None
    title = _title(match["what"], clause)
    return Remind(title, when, clause.who(match["who"] or ""), confidence=0.75) if title else None


def _wake(plain: str, clause: Clause) -> Remind | None:
    """ "wake me at 6:30": a reminder in the morning, unless an evening is said."""
    match = _WAKE.match(plain)
    when = clause.when()
    if match is None or when is None or not isinstance(when.start, datetime):
        return None
    up = "get" not in plain[:12].lower() or re.search(r"\bup\b", plain, re.I)
    if not up or when.past or set(plain_words(match["what"])) - {"up", "at", "on", "by", "please"}:
        return None
    at = when.start
    if at.hour >= 12 and not _AFTER_NOON.search(clause.text):
        at -= timedelta(hours=12)
    at += timedelta(days=1) if at <= clause.now else timedelta()
    clock = at.time() if when.time else None
    return Remind("wake up", replace(when, start=at, time=clock), clause.who(match["who"]))


def _title(what: str, clause: Clause) -> str:
    """What to be reminded of; a time in front of it ("at 5 to buy cake") is skipped."""
    what = _JOIN.sub("", what)
    lead = re.match(rf"^(?:\s|,|at|on|in|by|for|around|this|{T})*{T}", what, re.I)
    if lead:
        what = _JOIN.sub("", what[lead.end() :])
    what = re.sub(
        rf"\b(?:at|on|in|by|this|from|before|around|every|starting)\s*(?={T})|{T}", " ", what
    )
    return trim(clause.words(what))
