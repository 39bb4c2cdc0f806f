"""Clashes that stand on the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Literal
from uuid import UUID

from sqlalchemy import select, update

from scheduling.ports import ConflictRow
from storage.tables import conflicts
from storage.transaction import Transaction

_FIELDS = [field.name for field in fields(ConflictRow)]


class SqlConflicts:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def put(self, new: Sequence[ConflictRow]) -> None:
        common = self._tx.written()
        rows = [{name: getattr(conflict, name) for name in _FIELDS} | common for conflict in new]
        await self._tx.put(conflicts, rows)

    async def open(self, household_id: UUID) -> list[ConflictRow]:
        found = select(*(conflicts.c[name] for name in _FIELDS)).where(
            conflicts.c.household_id == household_id, conflicts.c.status == "detected"
        )
        rows = await self._tx.rows(found.order_by(conflicts.c.starts, conflicts.c.id))
        return [ConflictRow(**row._mapping) for row in rows]

    async def settle(
        self, household_id: UUID, proposal_id: UUID, status: Literal["resolved", "ignored"]
    ) -> None:
        theirs = (
            conflicts.c.household_id == household_id,
            conflicts.c.proposal_id == proposal_id,
        )
        result = {"status": status, "updated_at": self._tx.now()}
        await self._tx.run(update(conflicts).where(*theirs).values(result))
