"""A recurrence rule in words: "every other Tuesday until Tue 31 Mar"."""

from __future__ import annotations

from datetime import date

from scheduling import rrules
from scheduling.words import MONTH_WORDS, WEEKDAY_WORDS, and_list, day, ordinal

_UNITS = {"YEARLY": "year", "MONTHLY": "month", "WEEKLY": "week", "DAILY": "day", "HOURLY": "hour"}
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
_SETS = {frozenset(range(5)): "weekday", frozenset((5, 6)): "Saturday and Sunday"}


def rrule_words(rrule: str, today: date | None = None) -> str:
    """How often and until when: "every Tuesday until Tue 31 Mar", "the first Monday of every
    month, 6 times". Raises NotUnderstood for a rule that cannot be read."""
    rule = rrules.parts(rrule)
    last, count = rrules.until(rule), rrules.count(rule)
    words = _pace(rule)
    if last is not None:
        words += f" until {day(last, today)}"
    if count is not None:
        words += f", {count} times" if count > 1 else ", once"
    return words


def _pace(rule: dict[str, str]) -> str:
    freq = rule["FREQ"]
    if freq in ("WEEKLY", "DAILY") and "BYDAY" in rule:
        return _weekly(rule)
    every = _every(rrules.interval(rule), _UNITS[freq])
    days = _day_of_month(rule)
    if freq == "YEARLY" and "BYMONTH" in rule:
        return f"{every} {_yearly(rule, days)}"
    return f"{days} of {every}" if days else every


def _every(interval: int, unit: str) -> str:
    if interval == 1:
        return f"every {unit}"
    return f"every other {unit}" if interval == 2 else f"every {interval} {unit}s"


def _weekly(rule: dict[str, str]) -> str:
    days = sorted({rrules.WEEKDAYS.index(code) for _, code in rrules.weekdays(rule)})
    interval = rrules.interval(rule)
    if len(days) == 7:
        return _every(interval, "day") if interval == 1 else _every(interval, "week")
    said = _SETS.get(frozenset(days)) or and_list([WEEKDAY_WORDS[d] for d in days])
    if interval > 2:
        return f"every {interval} weeks on {said}"
    return f"every {'other ' if interval == 2 else ''}{said}"


def _day_of_month(rule: dict[str, str]) -> str:
    """ "the first Monday", "the 15th", "the last weekday"; "" where the start says it."""
    numbers = rrules.numbers(rule, "BYMONTHDAY")
    if numbers:
        return f"the {and_list([_month_day(n) for n in numbers])}"
    days = rrules.weekdays(rule)
    if not days:
        return ""
    position = [*rrules.numbers(rule, "BYSETPOS"), 0][0]
    return f"the {and_list(_nth_weekdays(days, position))}"


def _month_day(number: int) -> str:
    if number > 0:
        return ordinal(number)
    return "last day" if number == -1 else f"{ordinal(-number)} day from the end"


def _nth_weekdays(days: list[tuple[int, str]], position: int) -> list[str]:
    indexes = frozenset(rrules.WEEKDAYS.index(code) for _, code in days)
    if position and len(indexes) > 1:
        return [f"{_nth(position)} {'weekday' if len(indexes) == 5 else 'such day'}"]
    return [
        f"{_nth(nth or position)} {WEEKDAY_WORDS[rrules.WEEKDAYS.index(code)]}".strip()
        for nth, code in days
    ]


def _nth(number: int) -> str:
    if number == 0:
        return ""
    return _NTH.get(number) or (ordinal(number) if number > 0 else f"{ordinal(-number)} last")


def _yearly(rule: dict[str, str], days: str) -> str:
    named = [MONTH_WORDS[m - 1] for m in rrules.numbers(rule, "BYMONTH") if 1 <= m <= 12]
    months = and_list(named)
    numbers = rrules.numbers(rule, "BYMONTHDAY")
    if numbers and min(numbers) > 0:
        return f"on {and_list([str(n) for n in numbers])} {months}"
    return f"on {days} of {months}" if days else f"in {months}"
