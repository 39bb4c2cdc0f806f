"""A day with what is on it: "Sat: Leo game 9, Mia dance 11, dinner at Nana's 5"."""

from __future__ import annotations

import re
from datetime import datetime

from scheduling.language.times import find_times

_LONGEST_DAY = 24
_HEAD = re.compile(
    rf"^(?:on )?(?P<day>[^:,]{{2,{_LONGEST_DAY}}})\s*(?::|\s-)\s+(?P<rest>\S.*)$", re.S
)
_ITEM = re.compile(
    r"^(?P<what>[^\d,]*[a-z]{3}[^\d,]*?)\s+(?:at |@ ?)?"
    r"(?P<hour>\d{1,2}(?:[:.]\d\d)?(?:\s?[ap]m?)?(?:\s?(?:-|to)\s?\d{1,2}(?:[:.]\d\d)?(?:\s?[ap]m?)?)?)"
    r"(?:\s*(?:for|with|w/)? (?P<after>[a-z]+))?\W*$",
    re.I,
)
_MOST = 8


def listed_under_day(sentence: str, now: datetime) -> list[str]:
    """Each item of the list with its day and hour; none where it is no such list."""
    head = _HEAD.match(sentence)
    if head is None or not _is_day(head["day"], now):
        return []
    items = [_ITEM.match(item) for item in re.split(r",\s*(?:and )?|;\s*|\s+and\s+", head["rest"])]
    if not 2 <= len(items) <= _MOST or not all(items):
        return []
    return [
        f"{item['what']} {head['day']} at {item['hour']} {item['after'] or ''}".strip()
        for item in items
        if item
    ]


def _is_day(words: str, now: datetime) -> bool:
    """Whether the words are one day and nothing else."""
    times = find_times(words, now)
    whole = len(times) == 1 and times[0].span == (0, len(words.rstrip()))
    return whole and not isinstance(times[0].start, datetime) and not times[0].repeat
