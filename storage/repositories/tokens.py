"""Bearer tokens of the HTTP API; of each only a hash is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from uuid import UUID

from sqlalchemy import bindparam, select, update

from scheduling.access import AccessToken, Bearer
from storage.repositories.snapshot import stamp_of
from storage.tables import households, tokens
from storage.transaction import Transaction

_FIELDS = [field.name for field in fields(AccessToken)]
_TOKEN = select(*(tokens.c[name] for name in _FIELDS))
_LIVE = tokens.c.deleted_at.is_(None)
_FOUND = (
    _TOKEN.add_columns(households.c.version, households.c.updated_at)
    .join(households, households.c.id == tokens.c.household_id)
    .where(tokens.c.token_hash == bindparam("digest"), _LIVE)
)


class SqlTokens:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def add(self, token: AccessToken, digest: str) -> bool:
        values = {name: getattr(token, name) for name in _FIELDS}
        written = {"token_hash": digest, "updated_at": token.created_at}
        return await self._tx.add(tokens, values | written)

    async def find(self, digest: str) -> Bearer | None:
        row = await self._tx.first(_FOUND, {"digest": digest})
        if row is None:
            return None
        token = AccessToken(**{name: getattr(row, name) for name in _FIELDS})
        return Bearer(token, stamp_of(row.version, row.updated_at))

    async def of_household(self, household_id: UUID) -> Sequence[AccessToken]:
        family = _TOKEN.where(tokens.c.household_id == household_id, _LIVE)
        rows = await self._tx.rows(family.order_by(tokens.c.created_at, tokens.c.id))
        return [AccessToken(**row._mapping) for row in rows]

    async def revoke(
        self, household_id: UUID, member_id: UUID | None = None, name: str | None = None
    ) -> int:
        which = [tokens.c.household_id == household_id, _LIVE]
        if member_id is not None:
            which.append(tokens.c.member_id == member_id)
        if name is not None:
            which.append(tokens.c.name == name)
        now = self._tx.now()
        ended = update(tokens).where(*which).values(deleted_at=now, updated_at=now)
        return await self._tx.changed(ended)
