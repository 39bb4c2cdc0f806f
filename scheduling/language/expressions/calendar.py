"""Plain arithmetic on the calendar. Weeks start on Monday."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from scheduling.language.expressions.parts import Stretch

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Years outside are taken for other numbers."""


def exists(year: int, month: int, day: int) -> bool:
    """True for a date that is on the calendar."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def ever_exists(month: int, day: int) -> bool:
    """True for a day that some year has; 29 February counts."""
    return exists(2024, month, day)


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def week_of(day: date, shift: int = 0) -> Stretch:
    """Monday to Sunday, `shift` weeks on."""
    first = monday_of(day) + timedelta(weeks=shift)
    return Stretch(first, first + timedelta(weeks=1), "week", past=shift < 0)


def weekend_of(day: date, shift: int = 0) -> Stretch:
    """Saturday and Sunday of its week, `shift` weeks on."""
    first = monday_of(day) + timedelta(weeks=shift, days=5)
    return Stretch(first, first + timedelta(days=2), "weekend", past=shift < 0)


def month_of(day: date, shift: int = 0) -> Stretch:
    """Its month, `shift` months on."""
    first = day.replace(day=1) + relativedelta(months=shift)
    return Stretch(first, first + relativedelta(months=1), "month", past=shift < 0)


def year_of(day: date, shift: int = 0) -> Stretch:
    """Its year, `shift` years on."""
    first = date(day.year + shift, 1, 1)
    return Stretch(first, date(day.year + shift + 1, 1, 1), "year", past=shift < 0)


def quarter_of(day: date, shift: int = 0) -> Stretch:
    """Its quarter of the year, `shift` quarters on."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) + relativedelta(months=3 * shift)
    return Stretch(first, first + relativedelta(months=3), "days", past=shift < 0)


SEASONS = {
    "spring": (3, 20), "summer": (6, 21), "autumn": (9, 23), "fall": (9, 23), "winter": (12, 21),
}  # fmt: skip
"""Month and day each begins, in the north."""


def season_of(name: str, day: date, shift: int = 0) -> Stretch:
    """The season of that name that holds `day` or comes next, `shift` years on."""
    month, first_day = SEASONS[name]
    first = date(day.year - 1, month, first_day)
    while first + relativedelta(months=3) <= day:
        first += relativedelta(years=1)
    going_on = first <= day
    first += relativedelta(years=shift if going_on or shift < 0 else 0)
    return Stretch(first, first + relativedelta(months=3), "days", past=shift < 0)


def on_or_after(day: date, weekday: int) -> date:
    """The first such weekday that is not before `day`."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def before(day: date, weekday: int) -> date:
    """The last such weekday before `day`."""
    return day - timedelta(days=(day.weekday() - weekday - 1) % 7 + 1)


def nth_weekday(first: date, until: date, weekday: int, nth: int) -> date | None:
    """The nth such weekday of [first, until); -1 is the last. None if there are fewer."""
    if nth < 0:
        found = before(until, weekday) + timedelta(weeks=nth + 1)
    else:
        found = on_or_after(first, weekday) + timedelta(weeks=nth - 1)
    return found if first <= found < until else None
