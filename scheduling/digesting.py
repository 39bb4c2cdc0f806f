"""When the next digest is due, in the family's zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from scheduling.family import Household
from scheduling.recurrence import to_instant

SUNDAY = 6


def next_daily(household: Household, after: datetime) -> datetime:
    """The first morning digest later than `after`. Only while the family has an hour for it."""
    hour = household.settings.digest_daily
    assert hour is not None
    day = after.astimezone(household.zone).date()
    while True:
        due = to_instant(datetime.combine(day, hour), household.zone)
        if due > after:
            return due.astimezone(UTC)
        day += timedelta(days=1)


def next_weekly(household: Household, after: datetime) -> datetime:
    """The first Sunday digest later than `after`. Only while the family has an hour for it."""
    hour = household.settings.digest_weekly
    assert hour is not None
    day = after.astimezone(household.zone).date()
    while True:
        due = to_instant(datetime.combine(day, hour), household.zone)
        if due > after and day.weekday() == SUNDAY:
            return due.astimezone(UTC)
        day += timedelta(days=1)
