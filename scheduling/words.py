"""The smallest words: lists and days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

WEEKDAY_WORDS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_WORDS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def and_list(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def counted(number: int, one: str, many: str) -> str:
    """ "1 event", "3 events", "no events"."""
    return f"{number or 'no'} {one if number == 1 else many}"


def day(d: date, today: date | None = None) -> str:
    """ "Sat 7 Mar", with the year where it is not that of `today`: "Sat 2 Jan 2027"."""
    words = f"{WEEKDAY_WORDS[d.weekday()][:3]} {d.day} {MONTH_WORDS[d.month - 1][:3]}"
    return words if today is None or today.year == d.year else f"{words} {d.year}"


def ordinal(number: int) -> str:
    """ "1st", "22nd", "13th"."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
