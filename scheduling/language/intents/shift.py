"""How far something moves: "back an hour", "30 minutes earlier", "by a week"."""

from __future__ import annotations

import re
from datetime import timedelta

from scheduling.language.clause import Clause
from scheduling.language.lengths import LENGTH, length_in

EARLIER = re.compile(r"\b(?:earlier|forward|up|ahead|sooner|advance|before)\b", re.I)

LATER = re.compile(
    r"\b(?:later|back|postpone\w*|delay\w*|put off|push\w*|set back|defer|out|after|late"
    r"|behind|bump\w*|down)\b",
    re.I,
)

_BACKWARD_VERBS = {
    "postpone",
    "delay",
    "put off",
    "push",
    "set back",
    "defer",
    "bump",
    "postponed",
    "delayed",
    "pushed",
    "bumped",
}


def after_length(rest: str) -> str:
    """ "an hour later on Friday" -> "on Friday", which says which one."""
    return re.sub(r"^.*?\b(?:later|earlier)\b", "", rest)


def how_far(verb: str, piece: str, clause: Clause) -> timedelta | None:
    """How far, signed: later is positive. None where the words give no length."""
    said = clause.words(piece)
    by = re.search(
        r"(?:\bby |\b(?:back|forward|up|ahead|earlier|later|out|down)\b\s*(?:by )?|\s"
        rf"|^)(?P<length>{LENGTH})",
        said,
        re.I,
    )
    if by is None:
        return None
    length = length_in(by["length"])
    before, after = said[: by.start("length")], said[by.end("length") :]
    around = before[-12:] + " | " + after
    earlier = EARLIER.search(around) or verb in ("bring", "advance", "pull", "brought", "pulled")
    later = LATER.search(around) or verb in _BACKWARD_VERBS
    sure = re.search(r"\bby\s*$", before, re.I)
    if (
        length is None
        or not (earlier or later or sure)
        or re.match(r"\s*(?:ago|from)\b", after, re.I)
    ):
        return None
    if re.search(r"\b(?:up|earlier|forward|sooner|ahead)\b", around, re.I) and not re.search(
        r"\blater\b", around, re.I
    ):
        return -length
    return -length if earlier and not later else length


def before_length(piece: str, clause: Clause) -> str:
    """The target's words in front of "back an hour", "by 30 min", "an hour later"."""
    said = clause.words(piece)
    cut = re.search(
        rf"\b(?:back|forward|up|ahead|out|down|earlier|later|sooner)\b(?: by)?(?=\s+{LENGTH})"
        rf"|\bby(?=\s+{LENGTH})|{LENGTH}",
        said,
        re.I,
    )
    head = said[: cut.start()] if cut else said
    return re.sub(
        r"^(?:back|forward|up|ahead|out|down)\s+|\s+(?:back|forward|up|ahead|out|down)\s*$",
        " ",
        head,
        flags=re.I,
    )
