"""The daily sweep: keep every series materialised up to the horizon."""

from __future__ import annotations

from datetime import timedelta

from scheduling.ports import Clock, UnitOfWorkFactory
from scheduling.recurrence import horizon, materialise

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
                occurrences, until = materialise(event, now)
                await uow.events.extend(event.household_id, event.id, occurrences, until)
            await uow.commit()
        extended += len(short)
        if len(short) < BATCH:
            return extended
