"""What was done to the calendar, and how to take it back."""

from __future__ import annotations

from dataclasses import fields
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, or_, select, update

from scheduling.ports import AuditEntry
from storage.repositories.earshot import heard_in
from storage.tables import audit
from storage.transaction import Transaction
from storage.types import Id

_FIELDS = [field.name for field in fields(AuditEntry)]
_COLUMNS = [audit.c[name] for name in _FIELDS]
_ENTRY = select(*_COLUMNS)

_CLAIM = (
    update(audit)
    .where(
        audit.c.household_id == bindparam("household", type_=Id),
        audit.c.id == bindparam("entry", type_=Id),
        or_(audit.c.undone_by.is_(None), audit.c.undone_by == bindparam("row", type_=Id)),
    )
    .values(undone_by=bindparam("row", type_=Id))
    .returning(*_COLUMNS)
)


class SqlAudit:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def add(self, entry: AuditEntry) -> bool:
        return await self._tx.add(audit, {name: getattr(entry, name) for name in _FIELDS})

    async def get(self, household_id: UUID, entry_id: UUID) -> AuditEntry | None:
        return await self._newest(audit.c.household_id == household_id, audit.c.id == entry_id)

    async def of_card(self, household_id: UUID, chat_id: UUID, card: str) -> AuditEntry | None:
        return await self._newest(
            audit.c.household_id == household_id,
            heard_in(audit.c.chat_id, chat_id),
            audit.c.card == card,
        )

    async def latest(self, household_id: UUID, chat_id: UUID) -> AuditEntry | None:
        return await self._newest(
            audit.c.household_id == household_id,
            heard_in(audit.c.chat_id, chat_id),
            audit.c.undone_by.is_(None),
        )

    async def claim_undo(
        self, household_id: UUID, entry_id: UUID, inbox_id: UUID
    ) -> AuditEntry | None:
        which = {"household": household_id, "entry": entry_id, "row": inbox_id}
        row = await self._tx.first(_CLAIM, which)
        return row and AuditEntry(**row._mapping)

    async def release_undo(self, household_id: UUID, entry_id: UUID, inbox_id: UUID) -> None:
        ours = (
            audit.c.household_id == household_id,
            audit.c.id == entry_id,
            audit.c.undone_by == inbox_id,
        )
        await self._tx.run(update(audit).where(*ours).values(undone_by=None))

    async def _newest(self, *where: ColumnElement[bool]) -> AuditEntry | None:
        row = await self._tx.first(_ENTRY.where(*where).order_by(audit.c.seq.desc()).limit(1))
        return row and AuditEntry(**row._mapping)
