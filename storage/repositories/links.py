"""Codes that join two chats; of a code only a hash is kept."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, delete, func, select, update

from scheduling.ports import LinkCode
from storage.tables import link_codes, link_tries
from storage.transaction import Transaction

LASTS = timedelta(days=1)
"""An older try is of no interest to anybody."""

_FIELDS = [field.name for field in fields(LinkCode)]
_CODE = select(*(link_codes.c[name] for name in _FIELDS))


class SqlLinks:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def give(self, code: LinkCode) -> None:
        older = (
            link_codes.c.household_id == code.household_id,
            link_codes.c.chat_id == code.chat_id,
            link_codes.c.id != code.id,
        )
        await self._tx.run(delete(link_codes).where(*older))
        row = {name: getattr(code, name) for name in _FIELDS}
        await self._tx.add(link_codes, {**row, "created_at": self._tx.now()})

    async def find(self, code_hash: str) -> LinkCode | None:
        return await self._first(link_codes.c.code_hash == code_hash)

    async def offered(self, code_id: UUID, chat_id: UUID) -> LinkCode | None:
        return await self._first(link_codes.c.id == code_id, link_codes.c.offered_to == chat_id)

    async def offer(self, code_id: UUID, chat_id: UUID) -> bool:
        free = link_codes.c.offered_to.is_(None) | (link_codes.c.offered_to == chat_id)
        change = update(link_codes).where(link_codes.c.id == code_id, free)
        return await self._tx.changed(change.values(offered_to=chat_id)) == 1

    async def use(self, code_id: UUID, at: datetime) -> bool:
        unused = (link_codes.c.id == code_id, link_codes.c.used_at.is_(None))
        return await self._tx.changed(update(link_codes).where(*unused).values(used_at=at)) == 1

    async def tried(self, household_id: UUID, chat_id: UUID, try_id: UUID, at: datetime) -> None:
        ours = (link_tries.c.household_id == household_id, link_tries.c.chat_id == chat_id)
        await self._tx.run(delete(link_tries).where(*ours, link_tries.c.tried_at < at - LASTS))
        row = {"id": try_id, "household_id": household_id, "chat_id": chat_id, "tried_at": at}
        await self._tx.add(link_tries, row)

    async def tries(self, household_id: UUID, chat_id: UUID, after: datetime) -> int:
        ours = (link_tries.c.household_id == household_id, link_tries.c.chat_id == chat_id)
        count = select(func.count()).where(*ours, link_tries.c.tried_at > after)
        return int((await self._tx.run(count)).scalar_one())

    async def _first(self, *where: ColumnElement[bool]) -> LinkCode | None:
        row: Row[Any] | None = await self._tx.first(_CODE.where(*where))
        return row and LinkCode(**row._mapping)
