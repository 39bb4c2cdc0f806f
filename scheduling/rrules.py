"""The text of a recurrence rule, taken apart and put together (RFC 5545, without its prefix).

Families say "until the end of March", so UNTIL is a local date here and inclusive; a time
or zone that another calendar wrote behind it is dropped.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal, get_args

from scheduling.errors import LimitExceeded, NotUnderstood

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""Codes by `date.weekday()`."""

_LONGEST = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

Freq = Literal["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"]


def parts(rrule: str) -> dict[str, str]:
    """The rule as a mapping in upper case, in the order written. Raises NotUnderstood."""
    text = rrule.strip().upper().removeprefix("RRULE:")
    pairs = [item.partition("=") for item in text.split(";") if item]
    found = {name: value for name, _, value in pairs}
    if found.get("FREQ") in ("SECONDLY", "MINUTELY"):
        raise LimitExceeded("That repeats too often for a family calendar.")
    if found.get("FREQ") not in get_args(Freq) or "" in found.values():
        raise NotUnderstood("I can't read how often that repeats.")
    if not _can_happen(found):
        raise NotUnderstood("There is no such day on which that could repeat.")
    return found


def _can_happen(rule: dict[str, str]) -> bool:
    """False for the 30th of February and its like: dateutil would look for one until the year
    9999, which takes seconds."""
    months, days = numbers(rule, "BYMONTH"), numbers(rule, "BYMONTHDAY")
    sets, size = numbers(rule, "BYSETPOS"), len(weekdays(rule)) or len(days) or 12
    yearly, span = rule["FREQ"] == "YEARLY", 1 if rule["FREQ"] == "WEEKLY" else 5
    return (
        all(1 <= m <= 12 for m in months)
        and all(1 <= abs(d) <= 31 for d in days)
        and (not days or any(abs(d) <= _LONGEST[m] for d in days for m in months or [1]))
        and all(1 <= abs(s) <= (366 if yearly else span * size) for s in sets)
        and all(abs(n) <= (53 if yearly else 5) for n, _ in weekdays(rule))
        and (yearly or not rule.keys() & {"BYWEEKNO", "BYYEARDAY", "BYEASTER"})
    )


def join(rule: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in rule.items())


def interval(rule: dict[str, str]) -> int:
    """Raises NotUnderstood unless it is 1 or more."""
    return _positive(rule.get("INTERVAL", "1"))


def count(rule: dict[str, str]) -> int | None:
    """How many times by the rule, cancelled ones included. Raises NotUnderstood."""
    return _positive(rule["COUNT"]) if "COUNT" in rule else None


def until(rule: dict[str, str]) -> date | None:
    """The last local day on which it may happen. Raises NotUnderstood."""
    if "UNTIL" not in rule:
        return None
    try:
        return datetime.strptime(rule["UNTIL"][:8], "%Y%m%d").date()
    except ValueError as error:
        raise NotUnderstood("I can't read when that stops repeating.") from error


def ending(rule: dict[str, str], last: date | None) -> dict[str, str]:
    """The same rule with `last` as its last day, in place of any end it had (None: no end)."""
    open_ended = {name: value for name, value in rule.items() if name not in ("UNTIL", "COUNT")}
    return open_ended if last is None else open_ended | {"UNTIL": f"{last:%Y%m%d}"}


def weekdays(rule: dict[str, str]) -> list[tuple[int, str]]:
    """BYDAY as (ordinal, code); ordinal 0 = every one. Raises NotUnderstood."""
    return [_weekday(item) for item in rule.get("BYDAY", "").split(",") if item]


def numbers(rule: dict[str, str], name: str) -> list[int]:
    """A part that lists numbers, such as BYMONTHDAY. Raises NotUnderstood."""
    try:
        return [int(item[:6]) for item in rule[name].split(",")] if name in rule else []
    except ValueError as error:
        raise NotUnderstood("I can't read on which days that repeats.") from error


def _weekday(item: str) -> tuple[int, str]:
    ordinal, code = item[:-2], item[-2:]
    if code not in WEEKDAYS or not (ordinal == "" or re.fullmatch(r"[+-]?[0-9]{1,2}", ordinal)):
        raise NotUnderstood("I can't read on which days that repeats.")
    return (int(ordinal) if ordinal else 0), code


def _positive(text: str) -> int:
    if not (text.isdecimal() and len(text) <= 9 and int(text) > 0):
        raise NotUnderstood("I can't read how often that repeats.")
    return int(text)
