"""What is on at a time: agenda, conflicts and free slots are all read here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, bindparam, literal_column, select, union_all

from scheduling.events import Occurrence, Status
from scheduling.span import Span
from storage.repositories.event_rows import occurrence_from
from storage.repositories.windows import merged, windows_query, windows_values
from storage.tables import occurrences
from storage.tables.calendar import LONG, LONG_ONES, SHORT_ONES
from storage.transaction import Transaction
from storage.types import Id, UtcDateTime

_CANCELLED: ColumnElement[str] = literal_column(f"'{Status.CANCELLED}'")
_ORDER = ("start_at", "event_id", "recurrence_id")


def _touching_one(*columns: Any) -> Any:
    """Those that touch one window. The short ones need only be looked for a little before it;
    the few long ones have an index of their own."""
    overlap = (
        occurrences.c.household_id == bindparam("household", type_=Id),
        occurrences.c.start_at < bindparam("end", type_=UtcDateTime),
        occurrences.c.end_at > bindparam("start", type_=UtcDateTime),
        occurrences.c.status != _CANCELLED,
    )
    near = occurrences.c.start_at > bindparam("earliest", type_=UtcDateTime)
    short = select(*columns).where(SHORT_ONES, near, *overlap)
    both = union_all(short, select(*columns).where(LONG_ONES, *overlap))
    return both.order_by(*(both.selected_columns[name] for name in _ORDER))


_TOUCHING_ONE = _touching_one(occurrences)
_TITLES = _touching_one(*(occurrences.c[name] for name in (*_ORDER, "title")))
_OF_EVENT = (
    select(occurrences)
    .where(
        occurrences.c.household_id == bindparam("household", type_=Id),
        occurrences.c.event_id == bindparam("event", type_=Id),
        occurrences.c.end_at > bindparam("after", type_=UtcDateTime),
    )
    .order_by(occurrences.c.start_at)
    .limit(bindparam("most", type_=Integer))
)


class SqlOccurrences:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def overlapping(self, household_id: UUID, window: Span) -> list[Occurrence]:
        values = _window_values(household_id, window)
        return [occurrence_from(row) for row in await self._tx.rows(_TOUCHING_ONE, values)]

    async def titles(self, household_id: UUID, window: Span) -> list[tuple[UUID, str]]:
        rows = await self._tx.rows(_TITLES, _window_values(household_id, window))
        return list(dict.fromkeys((row.event_id, row.title) for row in rows))

    async def overlapping_any(
        self, household_id: UUID, windows: Sequence[Span]
    ) -> list[Occurrence]:
        if not windows:
            return []
        apart = merged(windows)
        values = windows_values(self._tx.dialect, household_id, apart)
        rows = await self._tx.rows(windows_query(self._tx.dialect), values)
        # A long one may touch several windows.
        found = {(row.event_id, row.recurrence_id): row for row in rows}
        ordered = sorted(found.values(), key=lambda row: (row.start_at, *_key(row)))
        return [occurrence_from(row) for row in ordered]

    async def of_event(
        self, household_id: UUID, event_id: UUID, after: datetime, limit: int
    ) -> list[Occurrence]:
        values = {"household": household_id, "event": event_id, "after": after, "most": limit}
        return [occurrence_from(row) for row in await self._tx.rows(_OF_EVENT, values)]


def _window_values(household_id: UUID, window: Span) -> dict[str, Any]:
    return {
        "household": household_id,
        "start": window.start,
        "end": window.end,
        "earliest": window.start - LONG,
    }


def _key(row: Any) -> tuple[UUID, datetime]:
    return row.event_id, row.recurrence_id
