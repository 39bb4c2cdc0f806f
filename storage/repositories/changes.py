"""The numbered changes of a family."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from uuid import UUID

from sqlalchemy import Insert, bindparam, select, update

from scheduling.changes import ChangeRow, Happening
from storage.tables import changes, households
from storage.transaction import Transaction

_WANTED = bindparam("wanted", type_=households.c.id.type)
_BUMP = (
    update(households)
    .where(households.c.id == _WANTED)
    .values(version=households.c.version + 1, updated_at=bindparam("moment"))
)


class SqlChanges:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def after(self, household_id: UUID, version: int, limit: int) -> Sequence[ChangeRow]:
        later = (changes.c.household_id == household_id, changes.c.version > version)
        found = select(changes.c.version, changes.c.created_at, changes.c.happenings).where(*later)
        rows = await self._tx.rows(found.order_by(changes.c.version).limit(limit))
        return [ChangeRow(row.version, row.created_at, row.happenings) for row in rows]

    async def latest(self, household_id: UUID) -> int:
        found = select(households.c.version).where(households.c.id == household_id)
        row = await self._tx.first(found)
        return row.version if row else 0


async def record(tx: Transaction, household_id: UUID, happenings: Sequence[Happening]) -> None:
    """Count one change of a family, and keep what it brought under its number."""
    values = {"wanted": household_id, "moment": tx.now(), "brought": tuple(happenings)}
    if tx.dialect == "sqlite":
        await tx.run(_BUMP, {"wanted": household_id, "moment": values["moment"]})
    await tx.run(_recorded(tx.dialect), values)
    tx.changed_households.add(household_id)


@cache
def _recorded(dialect: str) -> Insert:
    """One round trip where the engine can write two tables in one statement."""
    brought = (
        bindparam("brought", type_=changes.c.happenings.type),
        bindparam("moment", type_=changes.c.created_at.type),
    )
    if dialect == "sqlite":
        source = select(households.c.id, households.c.version, *brought).where(
            households.c.id == _WANTED
        )
    else:
        bumped = _BUMP.returning(households.c.id, households.c.version).cte("bumped")
        source = select(bumped.c.id, bumped.c.version, *brought)
    names = ["household_id", "version", "happenings", "created_at"]
    return changes.insert().from_select(names, source)
