"""The morning digest, and the one on Sunday."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from reminders.due import Due
from scheduling.agenda import by_day
from scheduling.digesting import next_daily, next_weekly
from scheduling.matching import local_day
from scheduling.notices import Notice
from scheduling.phrasing import local
from scheduling.span import Span

TOO_LATE = timedelta(hours=6)
"""A morning digest that comes in the evening is of no use."""


async def daily(due: Due) -> Notice:
    """Today, and when the next one is due."""
    if due.household.settings.digest_daily is None:
        return due.dropped
    await _say(due, "Today", days=1, ahead=0)
    return replace(due.notice, due=next_daily(due.household, due.now))


async def weekly(due: Due) -> Notice:
    """The week from Monday, and when the next one is due."""
    if due.household.settings.digest_weekly is None:
        return due.dropped
    await _say(due, "The week ahead", days=7, ahead=1)
    return replace(due.notice, due=next_weekly(due.household, due.now))


async def _say(due: Due, heading: str, days: int, ahead: int) -> None:
    if due.now - due.notice.due > TOO_LATE:
        return
    today = local(due.now, due.household.zone).date()
    first = local_day(today + timedelta(days=ahead), due.household)
    last = local_day(today + timedelta(days=ahead + days - 1), due.household)
    window = Span(first.start, last.end)
    found = await due.uow.occurrences.overlapping(due.household.id, window)
    await due.say(by_day(found, due.household, window, today), heading=f"☀ {heading}")
