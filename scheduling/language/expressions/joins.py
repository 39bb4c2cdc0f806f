"""Two parts that name the same day, or the same repetition, made one."""

from __future__ import annotations

from dataclasses import replace

from scheduling.language.expressions.parts import (
    Every,
    Fields,
    Stretch,
)
from scheduling.language.expressions.resolve import within

Day = Fields | Stretch


def join_days(a: Day, b: Day) -> Day | None:
    """Two ways of naming the same day: "Fri" + "Jul 18", "Tuesday" + "next week"."""
    match a, b:
        case Fields(), Fields():
            return a.joined(b)
        case (Fields() as said, Stretch() as days) | (Stretch() as days, Fields() as said):
            if days.grain == "year" and said == Fields(month=said.month):
                return replace(said, year=days.first.year)
            found = within(said, days) if said.year is None else None
            return found if isinstance(found, Stretch) else None
        case Stretch(), Stretch():
            inner, outer = (a, b) if a.days <= b.days else (b, a)
            inside = outer.first <= inner.first and inner.until <= outer.until
            return inner if inside and inner != outer else None
    return None


def join_repetitions(a: Every, b: Every) -> Every | None:
    """ "every other week" + "on Tuesdays", "monthly" + "the first Monday of the month"."""
    general, exact = (a, b) if b.weekdays or b.month_days else (b, a)
    if general.weekdays or general.month_days:
        return None
    if general.freq == "DAILY" and exact.freq == "WEEKLY":
        return replace(exact, daypart=exact.daypart or general.daypart)
    if general.freq != exact.freq:
        return None
    interval = max(general.interval, exact.interval)
    return replace(exact, interval=interval, daypart=exact.daypart or general.daypart)
