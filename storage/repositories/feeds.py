"""Private calendar links; of the token only a hash is kept."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select, update

from storage.tables import feeds
from storage.transaction import Transaction

_LIVE = feeds.c.revoked_at.is_(None)


class SqlFeeds:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def add(self, household_id: UUID, member_id: UUID | None, token_hash: str) -> None:
        row = {"household_id": household_id, "member_id": member_id, "token_hash": token_hash}
        await self._tx.add(feeds, {**row, "created_at": self._tx.now()})

    async def find(self, token_hash: str) -> tuple[UUID, UUID | None] | None:
        found = select(feeds.c.household_id, feeds.c.member_id)
        row = await self._tx.first(found.where(feeds.c.token_hash == token_hash, _LIVE))
        return row and (row.household_id, row.member_id)

    async def revoke(self, household_id: UUID, member_id: UUID | None) -> int:
        """member_id None: the family's own links."""
        theirs = (
            feeds.c.household_id == household_id,
            feeds.c.member_id.is_not_distinct_from(member_id),
            _LIVE,
        )
        return await self._tx.changed(
            update(feeds).where(*theirs).values(revoked_at=self._tx.now())
        )
