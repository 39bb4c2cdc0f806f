"""Lengths of time as words: "an hour", "90 min", "1.5h", "two weeks", "half an hour"."""

from __future__ import annotations

import re
from datetime import timedelta

_COUNTS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0,
    "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0, "fifteen": 15.0,
    "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "forty-five": 45.0, "sixty": 60.0,
    "ninety": 90.0, "couple": 2.0, "few": 3.0, "half": 0.5, "quarter": 0.25,
}  # fmt: skip
_UNITS = {"m": 1, "h": 60, "d": 1_440, "w": 10_080}
_COUNT = r"\d{1,4}(?:[.,]\d{1,2})?|" + "|".join(sorted(_COUNTS, key=len, reverse=True))
LENGTH = (
    rf"(?:(?<![\w:.])(?:(?:a |the )?(?:{_COUNT})(?: of)?(?: an?| and a half)?[ -]"
    r"(?:minutes?|mins?|hours?|hrs?|days?|weeks?|wks?)|\d{1,4}(?:[.,]\d{1,2})?"
    r"(?:minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|m|h|d))\b(?: and a half|(?<=h) ?\d\d\b)?)"
)
"""A pattern for a length, without groups, for use inside larger patterns."""
_LENGTH = re.compile(
    rf"(?<![\w:.])(?P<count>{_COUNT})(?: of)?(?: an?)?(?P<mid> and a half)?"
    r"(?:[ -](?P<unit>minute|min|hour|hr|day|week|wk)s?|(?<=\d)(?P<tight>minute|min|hour"
    r"|hr|day|week|wk|m|h|d)s?)\b"
    r"(?P<half> and a half)?",
    re.I,
)
_CLOCK_LIKE = re.compile(r"\b(\d{1,2})h(\d\d)\b", re.I)


def length_in(text: str) -> timedelta | None:
    """The lengths of the text added up ("1 hour 30 minutes"); None if there is none."""
    total = sum(
        (_minutes(match) for match in _LENGTH.finditer(text)),
        float(sum(int(h) * 60 + int(m) for h, m in _CLOCK_LIKE.findall(text))),
    )
    return timedelta(minutes=round(total)) if 0 < total < 5_000_000 else None


def _minutes(match: re.Match[str]) -> float:
    word = match["count"].lower()
    count = _COUNTS.get(word) or float(word.replace(",", ".") if word not in _COUNTS else 0)
    unit = _UNITS[(match["unit"] or match["tight"])[0].lower()]
    return (count + (0.5 if match["mid"] or match["half"] else 0)) * unit
