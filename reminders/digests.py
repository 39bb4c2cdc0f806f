"""The morning digest, and the one on Sunday."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from reminders.due import Due
from scheduling.agenda import by_day
from scheduling.digesting import next_daily, next_weekly
from scheduling.family import Household
from scheduling.matching import local_day
from scheduling.notices import Notice
from scheduling.phrasing import day, local
from scheduling.span import Span
from scheduling.speech import tr

DAY_TOO_LATE = timedelta(hours=6)
"""A morning digest that comes in the evening is of no use."""
WEEK_TOO_LATE = timedelta(hours=24)
"""The week ahead still is on Monday."""

Following = Callable[[Household, datetime], datetime]


async def daily(due: Due) -> Notice:
    """The day, and when the next digest is due."""
    if due.household.settings.digest_daily is None:
        return due.dropped
    last, following = _fallen_due(due, next_daily)
    today = local(last.notice.due, due.household.zone).date()
    if due.now - last.notice.due > DAY_TOO_LATE:
        await due.miss(tr("sending you"), tr("the digest of {today}", today=day(today)))
    else:
        await _say(last, tr("Today"), today, days=1)
    return replace(due.notice, due=following)


async def weekly(due: Due) -> Notice:
    """The week from Monday, and when the next digest is due."""
    if due.household.settings.digest_weekly is None:
        return due.dropped
    last, following = _fallen_due(due, next_weekly)
    monday = local(last.notice.due, due.household.zone).date() + timedelta(days=1)
    if due.now - last.notice.due > WEEK_TOO_LATE:
        await due.miss(
            tr("sending you"), tr("the digest of the week from {monday}", monday=day(monday))
        )
    else:
        await _say(last, tr("The week ahead"), monday, days=7)
    return replace(due.notice, due=following)


def _fallen_due(due: Due, following: Following) -> tuple[Due, datetime]:
    """The newest digest that is due by now, and when the one after it is: of several that were
    missed, it alone is spoken of."""
    last = due.notice.due
    while (after := following(due.household, last)) <= due.now:
        last = after
    return replace(due, notice=replace(due.notice, due=last)), after


async def _say(due: Due, heading: str, first: date, days: int) -> None:
    begins = local_day(first, due.household)
    ends = local_day(first + timedelta(days=days - 1), due.household)
    window = Span(begins.start, ends.end)
    found = await due.uow.occurrences.overlapping(due.household.id, window)
    today = local(due.now, due.household.zone).date()
    text = by_day(found, due.household, window, today)
    await due.say(due.worded(text), heading=f"☀ {heading}")
