"""From the parts of a date that were said to the days that are meant."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from scheduling.language.expressions import calendar
from scheduling.language.expressions.parts import Days, Fields, Nowhere, Stretch

_MONTHS_AHEAD = 14
_YEARS_AHEAD = 8  # 29 February is at most this far


def resolve(fields: Fields, today: date) -> Days:
    """The days that `fields` names, the next ones where several fit."""
    if fields.day is not None and fields.month is not None:
        return _month_day(fields, today)
    if fields.day is not None:
        return _day_of_month(fields, today)
    if fields.month is not None:
        return _month(fields, today)
    if fields.weekday is not None:
        return _weekday(fields, today)
    return calendar.year_of(today.replace(year=fields.year or today.year, day=1))


def within(fields: Fields, days: Stretch) -> Days | None:
    """The day of `days` that `fields` names ("Tuesday" of next week), None where it has none."""
    found = (d for d in _each(days) if _fits(fields, d))
    day = next(found, None)
    return None if day is None else Stretch.day(day, past=days.past)


def _each(days: Stretch) -> Iterator[date]:
    return (days.first + timedelta(days=n) for n in range(min(days.days, 370)))


def _fits(fields: Fields, day: date) -> bool:
    said = (fields.month, fields.day, fields.weekday)
    return all(
        s in (None, d) for s, d in zip(said, (day.month, day.day, day.weekday()), strict=True)
    )


def _month_day(fields: Fields, today: date) -> Days:
    month, day = fields.month or 1, fields.day or 1
    if not calendar.ever_exists(month, day):
        return Nowhere(f"{day} {month_name[month]}")
    if fields.year is not None:
        if not calendar.exists(fields.year, month, day):
            return Nowhere(f"{day} {month_name[month]} {fields.year}")
        found = date(fields.year, month, day)
        return Stretch.day(found, past=found < today)
    years = range(today.year, today.year + _YEARS_AHEAD + 1)
    dates = [date(y, month, day) for y in years if calendar.exists(y, month, day)]
    if fields.which == "last":
        return Stretch.day(date(today.year - 1, month, min(day, 28)), past=True)
    ahead = [d for d in dates if d >= today]
    return Stretch.day(_agreeing(ahead[:2], fields.weekday))


def _agreeing(dates: list[date], weekday: int | None) -> date:
    """The first that falls on the weekday said with it; the date wins if none does."""
    return next((d for d in dates if d.weekday() == weekday), dates[0])


def _day_of_month(fields: Fields, today: date) -> Days:
    day = fields.day or 1
    if not 1 <= day <= 31:
        return Nowhere(f"the {day}th")
    months = (today.replace(day=1) + relativedelta(months=n) for n in range(_MONTHS_AHEAD))
    dates = [m.replace(day=day) for m in months if calendar.exists(m.year, m.month, day)]
    return Stretch.day(_agreeing([d for d in dates if d >= today], fields.weekday))


def _month(fields: Fields, today: date) -> Days:
    first = date(fields.year or today.year, fields.month or 1, 1)
    if fields.year is None:
        passed = first.month < today.month
        again = first.month == today.month and fields.which == "next"
        if fields.which == "last":
            return calendar.month_of(first, 0 if passed else -12)
        first = first + relativedelta(years=int(passed or again))
    return calendar.month_of(first)


def _weekday(fields: Fields, today: date) -> Days:
    weekday = fields.weekday or 0
    if fields.which == "last":
        return Stretch.day(calendar.before(today, weekday), past=True)
    coming = calendar.on_or_after(today, weekday)
    if fields.which != "next":
        return Stretch.day(coming)
    next_one = calendar.monday_of(today) + timedelta(days=7 + weekday)
    ahead = today < coming < calendar.monday_of(today) + timedelta(days=7)
    return Stretch.day(next_one, doubt=coming if ahead else None)
