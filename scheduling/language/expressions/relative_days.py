"""Days named from today: tomorrow, next week, this weekend, the next 3 days, end of March."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from scheduling.language.expressions import calendar
from scheduling.language.expressions.edges import edge_of
from scheduling.language.expressions.named_days import (
    WEEKEND,
    holiday_date,
    holiday_which,
    named_day,
)
from scheduling.language.expressions.numbers import quantity
from scheduling.language.expressions.parts import Days, Fields, Nowhere, Stretch, Which
from scheduling.language.expressions.resolve import resolve
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import (
    SHORT_UNITS,
    UNITS,
    Unit,
    month,
)
from scheduling.language.expressions.written_dates import written_date

_WHICH: dict[str, Which] = {
    "this": "this", "current": "this", "coming": "next", "next": "next", "following": "next",
    "upcoming": "next", "last": "last", "past": "last", "previous": "last", "nxt": "next",
    "dis": "this",
}  # fmt: skip
_SOON = frozenset({"coming", "upcoming"})
_AT_EDGE = {
    "end": "end", "close": "end", "beginning": "start", "start": "start", "early": "start",
    "begining": "start", "late": "end", "middle": "middle", "mid": "middle", "rest": "rest",
    "remainder": "rest", "later": "later", "earlier": "earlier",
}  # fmt: skip
RELATIVE_WORDS = _WHICH.keys() | _AT_EDGE.keys()
"""Words that days told from today may begin with."""
_EDGE_GLUE = frozenset({"of", "the", "in", "-"})


def relative_days(tokens: Tokens, i: int, today: date) -> Match[Fields | Days] | None:
    """Days told from today, or by name."""
    j = i + 1 if tokens.word(i) in ("the", "all") else i
    return (
        named_day(tokens, i, today)
        or _edge(tokens, j, today)
        or _counted(tokens, j, today)
        or _which(tokens, j, today)
        or holiday_date(tokens, j, today)
    )


def _which(tokens: Tokens, i: int, today: date) -> Match[Fields | Days] | None:
    """ "this Friday", "next March", "coming week", "last month", "next Easter"."""
    which = _WHICH.get(tokens.word(i))
    if which is None:
        return None
    soon = tokens.word(i) in _SOON
    j = i + 1
    if which == "this" and tokens.word(j) in ("coming", "past", "upcoming", "current", "next"):
        which, soon = _WHICH[tokens.word(j)], tokens.word(j) != "past"
        j += 1
    unit = _unit_of(tokens, j, today, {"this": 0, "next": 1, "last": -1}[which])
    if unit:
        return unit
    written = written_date(tokens, j)
    if written and written[0].weekday is not None and soon:
        return replace(written[0], which="this"), written[1]
    if written and written[0].year is None:
        return replace(written[0], which=which), written[1]
    return holiday_which(tokens, j, today, which)


def _unit_of(tokens: Tokens, j: int, today: date, shift: int) -> Match[Fields | Days] | None:
    word = tokens.word(j)
    if word in WEEKEND or tokens.says(j, "week", "end"):
        return _weekend(today, shift), j + (2 if word == "week" else 1)
    if word in calendar.SEASONS and tokens.word(j + 1) not in ("break", "camp", "school"):
        return calendar.season_of(word, today, shift), j + 1
    if word in SHORT_UNITS:
        return None
    if word == "school" and tokens.says(j + 1, "week"):
        week = calendar.week_of(today, shift)
        return replace(week, until=week.first + timedelta(days=5)), j + 2
    of: dict[str, Callable[[date, int], Stretch]] = {
        "week": calendar.week_of, "wk": calendar.week_of, "month": calendar.month_of,
        "mth": calendar.month_of, "year": calendar.year_of, "yr": calendar.year_of,
        "quarter": calendar.quarter_of,
    }  # fmt: skip
    if word in of:
        return of[word](today, shift), j + 1
    if word == "fortnight" and shift:
        first = calendar.monday_of(today) + timedelta(weeks=1 if shift > 0 else -2)
        return Stretch(first, first + timedelta(weeks=2), "days", past=shift < 0), j + 1
    if word == "day" and shift:
        return Stretch.day(today + timedelta(days=shift), past=shift < 0), j + 1
    return None


def _weekend(today: date, shift: int) -> Stretch:
    """ "Next weekend" said before Saturday may also mean the one that comes first."""
    found = calendar.weekend_of(today, shift)
    ahead = shift == 1 and today.weekday() < 5
    return replace(found, doubt=found.first - timedelta(weeks=1)) if ahead else found


def _counted(tokens: Tokens, i: int, today: date) -> Match[Fields | Days] | None:
    """ "next 3 days", "the coming two weeks", "last two months", "next couple weeks"."""
    which = _WHICH.get(tokens.word(i))
    j = i + 1
    if which in (None, "this"):
        return None
    number = quantity(tokens, j + 1 if tokens.word(j) == "the" else j)
    if number is None or number[0].denominator != 1:
        return None
    count, k = min(int(number[0]), 1000), number[1]
    word = tokens.word(k)
    if count < 1 or word not in UNITS or word in SHORT_UNITS or k == j:
        return None
    days = _run_of(UNITS[word], count, today, forward=which == "next")
    return None if days is None else (days, k + 1)


def _run_of(unit: Unit, count: int, today: date, *, forward: bool) -> Stretch | None:
    months = {"month": 1, "quarter": 3, "year": 12}.get(unit)
    weeks = {"week": 7, "fortnight": 14, "day": 1}.get(unit)
    if months is None and weeks is None:
        return None
    step = relativedelta(months=count * (months or 0), days=count * (weeks or 0))
    if not forward:
        return Stretch(today - step, today, "days", past=True)
    first = today + timedelta(days=1)
    return Stretch(first, first + step, "days")


def _edge(tokens: Tokens, i: int, today: date) -> Match[Fields | Days] | None:
    """ "end of March", "beginning of next week", "mid April", "rest of the week"."""
    edge = _AT_EDGE.get(tokens.word(i))
    if edge is None:
        return None
    j = tokens.skip(i + 1, _EDGE_GLUE)
    if edge == "rest" and tokens.word(j) in ("day", "today"):
        return Stretch.day(today), j + 1
    if tokens.word(j) in ("week", "month", "year", "weekend"):
        if j == i + 1 and edge in ("start", "later", "earlier"):
            return None
        whole = _unit_of(tokens, j, today, 0)
    else:
        whole = _which(tokens, j, today) or _month_alone(tokens, j)
    if whole is None:
        return None
    days, k = whole
    resolved = resolve(days, today) if isinstance(days, Fields) else days
    if isinstance(resolved, Nowhere) or resolved.grain == "day":
        return None
    return edge_of(resolved, edge, today), k


def _month_alone(tokens: Tokens, j: int) -> Match[Fields] | None:
    written = written_date(tokens, j)
    if written and written[0].month is not None and written[0].day is None:
        return written
    found = month(tokens.word(j)) if tokens.at(j).kind == "word" else None
    return None if found is None else (Fields(month=found), j + 1)
