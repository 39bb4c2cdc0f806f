"""Events as aggregates: the row, its people, its resources, its exceptions, its occurrences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from scheduling.errors import Stale
from scheduling.events import Event, Occurrence, Status
from storage.repositories.event_rows import (
    PART_LISTS,
    event_from,
    event_values,
    occurrence_values,
    part_values,
)
from storage.tables import events, households, occurrences
from storage.transaction import Transaction, fresh, values_of
from storage.types import Id

_WHOLE = select(events, *PART_LISTS)
_ONE = _WHOLE.where(
    events.c.household_id == bindparam("household", type_=Id),
    events.c.id == bindparam("event", type_=Id),
)

_NO_OCCURRENCES = delete(occurrences).where(occurrences.c.event_id == bindparam("event", type_=Id))


@cache
def _replacing(names: tuple[str, ...]) -> ReturningUpdate[Any]:
    """Returns the row and its parts as they are."""
    same = (
        events.c.household_id == bindparam("household", type_=Id),
        events.c.id == bindparam("event", type_=Id),
        events.c.version == bindparam("expected"),
    )
    change = update(events).where(*same).values(fresh(events, names))
    return change.returning(events, *PART_LISTS)


class SqlEvents:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def get(self, household_id: UUID, event_id: UUID) -> Event | None:
        row = await self._tx.first(_ONE, {"household": household_id, "event": event_id})
        return row and event_from(row)

    async def many(self, household_id: UUID, event_ids: Sequence[UUID]) -> list[Event]:
        """In the order asked for, without those that are not there."""
        wanted = (events.c.household_id == household_id, events.c.id.in_(event_ids))
        found = {row.id: event_from(row) for row in await self._tx.rows(_WHOLE.where(*wanted))}
        return [found[event_id] for event_id in event_ids if event_id in found]

    async def all(self, household_id: UUID) -> list[Event]:
        kept = (events.c.household_id == household_id, events.c.status != Status.CANCELLED)
        rows = await self._tx.rows(_WHOLE.where(*kept).order_by(events.c.start, events.c.id))
        return [event_from(row) for row in rows]

    async def save(
        self, event: Event, occurrences: Sequence[Occurrence], horizon: datetime
    ) -> None:
        if event.version == 0:
            await self._add(event, horizon)
        else:
            await self._replace(event, horizon)
        await self._add_occurrences(event.household_id, occurrences)

    async def extend(
        self,
        household_id: UUID,
        event_id: UUID,
        occurrences: Sequence[Occurrence],
        horizon: datetime,
        version: int,
    ) -> bool:
        same = (
            events.c.household_id == household_id,
            events.c.id == event_id,
            events.c.version == version,
            events.c.status != Status.CANCELLED,
        )
        # Nothing that the family would be told has changed, but what is known of its calendar is
        # known no longer. The family's row first, in the order of everybody who changes both.
        family = update(households).where(households.c.id == household_id)
        await self._tx.run(family.values(updated_at=self._tx.now()))
        if not await self._tx.changed(update(events).where(*same).values(horizon=horizon)):
            return False
        await self._add_occurrences(household_id, occurrences)
        return True

    async def short_of(self, horizon: datetime, limit: int) -> list[Event]:
        due = (
            events.c.horizon < horizon,
            events.c.rrule.is_not(None),
            events.c.status != Status.CANCELLED,
        )
        found = _WHOLE.where(*due).order_by(events.c.horizon, events.c.id).limit(limit)
        return [event_from(row) for row in await self._tx.rows(found)]

    async def _add(self, event: Event, horizon: datetime) -> None:
        state = {"version": 1, "horizon": horizon} | self._tx.written()
        if not await self._tx.add(events, {**event_values(event), **state}):
            raise _stale()
        for table, rows in part_values(event).items():
            if rows:
                await self._tx.run(table.insert(), rows)

    async def _replace(self, event: Event, horizon: datetime) -> None:
        """The statement that checks the version also returns the parts as they are, so that
        only those that differ are written again."""
        this = {"household": event.household_id, "event": event.id, "expected": event.version}
        state = {"version": event.version + 1, "horizon": horizon, "updated_at": self._tx.now()}
        values = {**event_values(event), **state}
        row = await self._tx.first(_replacing(tuple(values)), this | values_of(values))
        if row is None:
            raise _stale()
        before = part_values(event_from(row))
        for table, rows in part_values(event).items():
            if rows != before[table]:
                await self._tx.run(delete(table).where(table.c.event_id == event.id))
                if rows:
                    await self._tx.run(table.insert(), rows)
        await self._tx.run(_NO_OCCURRENCES, {"event": event.id})

    async def _add_occurrences(self, household_id: UUID, new: Sequence[Occurrence]) -> None:
        if new:
            rows = [occurrence_values(household_id, occurrence) for occurrence in new]
            await self._tx.run(self._tx.insert(occurrences).on_conflict_do_nothing(), rows)


def _stale() -> Stale:
    return Stale("This was changed by someone else meanwhile.")
