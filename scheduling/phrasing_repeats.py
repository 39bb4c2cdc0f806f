"""A recurrence rule in words: "every other Tuesday until Tue 31 Mar"."""

from __future__ import annotations

from datetime import date

from scheduling import rrules
from scheduling.speech import N_, tr, trn
from scheduling.words import MONTH_WORDS, WEEKDAY_WORDS, and_list, day, ordinal

_NTH = {
    1: N_("first"), 2: N_("second"), 3: N_("third"), 4: N_("fourth"), 5: N_("fifth"),
    -1: N_("last"),
}  # fmt: skip
_WORKDAYS, _WEEKEND = set(range(5)), {5, 6}


def rrule_words(rrule: str, today: date | None = None) -> str:
    """How often and until when: "every Tuesday until Tue 31 Mar", "the first Monday of every
    month, 6 times". Raises NotUnderstood for a rule that cannot be read."""
    rule = rrules.parts(rrule)
    last, count = rrules.until(rule), rrules.count(rule)
    words = _pace(rule)
    if last is not None:
        words = tr("{how_often} until {day}", how_often=words, day=day(last, today))
    if count is not None:
        words = trn("{how_often}, once", "{how_often}, {number} times", count, how_often=words)
    return words


def _pace(rule: dict[str, str]) -> str:
    freq = rule["FREQ"]
    if freq in ("WEEKLY", "DAILY") and "BYDAY" in rule:
        return _weekly(rule)
    every = _every(rrules.interval(rule), freq)
    days = _day_of_month(rule)
    if freq == "YEARLY" and "BYMONTH" in rule:
        return f"{every} {_yearly(rule, days)}"
    return tr("{days} of {every_month}", days=days, every_month=every) if days else every


def _every(interval: int, freq: str) -> str:
    """ "every week", "every other week", "every 3 weeks"."""
    match freq:
        case "YEARLY":
            other, several = (
                tr("every other year"),
                trn("every year", "every {number} years", interval),
            )
        case "MONTHLY":
            other = tr("every other month")
            several = trn("every month", "every {number} months", interval)
        case "WEEKLY":
            other, several = (
                tr("every other week"),
                trn("every week", "every {number} weeks", interval),
            )
        case "DAILY":
            other, several = (
                tr("every other day"),
                trn("every day", "every {number} days", interval),
            )
        case _:
            other, several = (
                tr("every other hour"),
                trn("every hour", "every {number} hours", interval),
            )
    return other if interval == 2 else several


def _weekly(rule: dict[str, str]) -> str:
    days = {rrules.WEEKDAYS.index(code) for _, code in rrules.weekdays(rule)}
    interval = rrules.interval(rule)
    if len(days) == 7:
        return _every(interval, "DAILY" if interval == 1 else "WEEKLY")
    if interval > 2:
        every = _every(interval, "WEEKLY")
        return tr("{every_week} on {days}", every_week=every, days=_weekdays(days))
    if days == _WORKDAYS:
        return tr("every other weekday") if interval == 2 else tr("every weekday")
    if interval == 2:
        return tr("every other {days}", days=_weekdays(days))
    return tr("every {days}", days=_weekdays(days))


def _weekdays(days: set[int]) -> str:
    if days == _WORKDAYS:
        return tr("weekday")
    return and_list([tr(WEEKDAY_WORDS[d]) for d in sorted(days)])


def _day_of_month(rule: dict[str, str]) -> str:
    """ "the first Monday", "the 15th", "the last weekday"; "" where the start says it."""
    numbers = rrules.numbers(rule, "BYMONTHDAY")
    if numbers:
        return tr("the {days}", days=and_list([_month_day(n) for n in numbers]))
    days = rrules.weekdays(rule)
    if not days:
        return ""
    position = [*rrules.numbers(rule, "BYSETPOS"), 0][0]
    return tr("the {days}", days=and_list(_nth_weekdays(days, position)))


def _month_day(number: int) -> str:
    if number > 0:
        return ordinal(number)
    if number == -1:
        return tr("last day")
    return tr("{nth} day from the end", nth=ordinal(-number))


def _nth_weekdays(days: list[tuple[int, str]], position: int) -> list[str]:
    indexes = {rrules.WEEKDAYS.index(code) for _, code in days}
    if position and len(indexes) > 1:
        kind = tr("weekday") if len(indexes) == 5 else tr("such day")
        return [f"{_nth(position)} {kind}"]
    return [
        f"{_nth(nth or position)} {tr(WEEKDAY_WORDS[rrules.WEEKDAYS.index(code)])}".strip()
        for nth, code in days
    ]


def _nth(number: int) -> str:
    if number == 0:
        return ""
    if number in _NTH:
        return tr(_NTH[number])
    return ordinal(number) if number > 0 else tr("{nth} last", nth=ordinal(-number))


def _yearly(rule: dict[str, str], days: str) -> str:
    named = [tr(MONTH_WORDS[m - 1]) for m in rrules.numbers(rule, "BYMONTH") if 1 <= m <= 12]
    months = and_list(named)
    numbers = rrules.numbers(rule, "BYMONTHDAY")
    if numbers and min(numbers) > 0:
        return tr("on {days} {months}", days=and_list([str(n) for n in numbers]), months=months)
    if days:
        return tr("on {days} of {months}", days=days, months=months)
    return tr("in {months}", months=months)
