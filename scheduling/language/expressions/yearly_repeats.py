"""Repetitions by the year: the first Sunday in May every year, every Thanksgiving."""

from __future__ import annotations

from datetime import date, timedelta

from scheduling.language.expressions.holidays import OfYear, holiday
from scheduling.language.expressions.monthly_repeats import EVERY
from scheduling.language.expressions.numbers import ordinal
from scheduling.language.expressions.parts import Every, Fields
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import month
from scheduling.language.expressions.weekday_lists import day_name

_YEARLY = frozenset({"yearly", "annually"})
_YEARS = (2023, 2024, 2025, 2026, 2027, 2028)


def yearly(tokens: Tokens, i: int) -> Match[Every] | None:
    """ "the first Sunday in May every year", "Mother's Day each year"."""
    marked = tokens.word(i) in EVERY
    j = i + 1 if marked else i
    found = weekday_of_year(tokens, j) or every_holiday(tokens, j)
    if found is None:
        return None
    every, j = found
    k = j + 1 if tokens.word(j) == "," else j
    if tokens.word(k) in EVERY and tokens.word(k + 1) == "year":
        return every, k + 2
    if tokens.word(k) in _YEARLY:
        return every, k + 1
    return (every, j) if marked else None


def weekday_of_year(tokens: Tokens, i: int) -> Match[Every] | None:
    """ "on the last Monday of May", whether or not a word such as "yearly" stands beside it."""
    j = tokens.skip(i, frozenset({"on", "the"}))
    place = (-1, j + 1) if tokens.word(j) == "last" else ordinal(tokens, j)
    day = day_name(tokens, place[1]) if place else None
    if place is None or day is None or not -1 <= place[0] <= 5:
        return None
    k = place[1] + 1
    found = month(tokens.word(k + 1)) if tokens.word(k) in ("in", "of") else None
    if found is None:
        return None
    return Every("YEARLY", weekdays=(day,), nth=(place[0],), month=found), k + 2


def every_holiday(tokens: Tokens, j: int) -> Match[Every] | None:
    """ "every Christmas", "every Thanksgiving"; none for those no rule can give, as Easter."""
    named = holiday(tokens, j)
    rule = _rule_of(named[0]) if named else None
    return (rule, named[1]) if rule and named else None


def _rule_of(of_year: OfYear) -> Every | None:
    dates = [of_year(year) for year in _YEARS]
    first = dates[0]
    if len({(d.month, d.day) for d in dates}) == 1:
        return Every("YEARLY", anchor=Fields(month=first.month, day=first.day))
    if len({(d.month, d.weekday()) for d in dates}) > 1:
        return None
    places = {(d.day - 1) // 7 + 1 for d in dates}
    nth = next(iter(places)) if len(places) == 1 else -1
    if nth < 0 and not all(_is_last(d) for d in dates):
        return None
    return Every("YEARLY", weekdays=(first.weekday(),), nth=(nth,), month=first.month)


def _is_last(day: date) -> bool:
    return (day + timedelta(weeks=1)).month != day.month
