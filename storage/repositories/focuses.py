"""What "it" means to a person in a chat."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from scheduling.ports import Focus
from storage.tables import focus as focuses
from storage.transaction import Transaction


class SqlFocuses:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def set(self, household_id: UUID, chat_id: UUID, member_id: UUID, focus: Focus) -> None:
        row = {
            "household_id": household_id,
            "chat_id": chat_id,
            "member_id": member_id,
            "event_id": focus.event_id,
            "recurrence_id": focus.recurrence_id,
        }
        await self._tx.put(focuses, [row])

    async def get(self, household_id: UUID, chat_id: UUID, member_id: UUID) -> Focus | None:
        theirs = (
            focuses.c.household_id == household_id,
            focuses.c.chat_id == chat_id,
            focuses.c.member_id == member_id,
        )
        found = select(focuses.c.event_id, focuses.c.recurrence_id).where(*theirs)
        row = await self._tx.first(found)
        return row and Focus(**row._mapping)
