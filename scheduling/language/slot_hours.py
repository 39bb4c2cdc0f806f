"""The hours within which a free time is looked for, on each of the days: "next week in the
evening", "Sunday after 3pm"."""

from __future__ import annotations

import re
from datetime import datetime, time

from scheduling.language.clause import Clause
from scheduling.language.expressions.vocabulary import DAYPART_WORDS, DAYPARTS
from scheduling.language.times import find_times
from scheduling.language.when import When

DAY_BEGINS, DAY_ENDS = time(7), time(22)

_PART = re.compile(
    r"\b(?:(?:in|during|over|for|on) )?(?:the |an? )?(?P<part>morning|afternoon|evening|night)s?\b",
    re.I,
)
_BOUND = re.compile(
    r"\b(?:(?:any ?time|some ?time) )?(?P<side>after|from|past|before|until|till|by) "
    r"(?P<clock>(?:\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b\.?)?|noon)(?![\w/]))(?!\s*(?:to|-|–|and)\b)",
    re.I,
)
_FROM = frozenset({"after", "from", "past"})

Hours = tuple[time, time]


def slot_hours(clause: Clause) -> tuple[Hours | None, When | None]:
    """The hours, and the days without them; nothing where the clause limits no hours."""
    match = _PART.search(clause.text) or _BOUND.search(clause.text)
    if match is None:
        return None, None
    days = _days(clause.text[: match.start()] + " " + clause.text[match.end() :], clause.now)
    if "part" in match.groupdict():
        several = days is not None and days.end is not None
        return (_of_part(match["part"]), days) if several else (None, None)
    at = _clock(match["clock"], clause.now)
    if at is None or days is None or not DAY_BEGINS < at < DAY_ENDS:
        return None, None
    after = match["side"].lower() in _FROM
    return ((at, DAY_ENDS) if after else (DAY_BEGINS, at)), days


def _days(text: str, now: datetime) -> When | None:
    """The days of the text, if it names no hour of its own and repeats nothing."""
    found = [w for w in find_times(text, now) if w.start is not None]
    plain = len(found) == 1 and found[0].all_day and found[0].repeat is None
    return found[0] if plain else None


def _of_part(part: str) -> Hours:
    start, end = DAYPARTS[DAYPART_WORDS[part.lower()]]
    return start, end if end > start else time(23, 59)


def _clock(words: str, now: datetime) -> time | None:
    found = find_times(f"at {words}", now.replace(hour=0, minute=0))
    start = found[0].start if found else None
    return start.time() if isinstance(start, datetime) else None
