"""The daily sweep: keep every series materialised up to the horizon, and reminded of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from scheduling.events import Event, Occurrence
from scheduling.notices import NoticeState
from scheduling.ports import Clock, UnitOfWork, UnitOfWorkFactory
from scheduling.recurrence import horizon, materialise
from scheduling.reminding import event_notices

BATCH = 50
SLACK = timedelta(days=30)
"""Series are extended once their rows end this much ahead of the horizon."""


async def extend_horizon(uow_factory: UnitOfWorkFactory, clock: Clock) -> int:
    """Add the occurrences that have come within the horizon; how many series were extended."""
    now = clock.now()
    extended = 0
    while True:
        async with uow_factory() as uow:
            short = await uow.events.short_of(horizon(now) - SLACK, BATCH)
            for event in short:
                extended += await _extend(uow, event, now)
            await uow.commit()
        if len(short) < BATCH:
            return extended


async def _extend(uow: UnitOfWork, event: Event, now: datetime) -> bool:
    """Whether it was; one that was changed meanwhile was materialised by that change."""
    occurrences, until = materialise(event, now)
    ours, version = event.household_id, event.version
    if not await uow.events.extend(ours, event.id, occurrences, until, version):
        return False
    await _remind_again(uow, event, occurrences, now)
    return True


async def _remind_again(
    uow: UnitOfWork, event: Event, occurrences: Sequence[Occurrence], now: datetime
) -> None:
    """A reminder that had no occurrence left to move on to has one now."""
    known = await uow.notices.of_event(event.household_id, event.id)
    waiting = {n.id for n in known if n.state is NoticeState.WAITING}
    household = await uow.households.get(event.household_id)
    upcoming = [o for o in occurrences if o.span.end > now]
    found = event_notices(event, household, upcoming, now)
    await uow.notices.put([n for n in found if n.id not in waiting])
