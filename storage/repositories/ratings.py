"""Thumbs given to ways out of a clash."""

from __future__ import annotations

from dataclasses import asdict, fields
from uuid import UUID

from sqlalchemy import select

from scheduling.rating import Rating
from storage.tables import ratings
from storage.transaction import Transaction

_FIELDS = [field.name for field in fields(Rating)]


class SqlRatings:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def put(self, rating: Rating) -> None:
        await self._tx.put(ratings, [asdict(rating) | self._tx.written()])

    async def of_proposal(self, household_id: UUID, proposal_id: UUID) -> list[Rating]:
        ours = (ratings.c.household_id == household_id, ratings.c.proposal_id == proposal_id)
        found = select(*(ratings.c[name] for name in _FIELDS)).where(*ours)
        rows = await self._tx.rows(found.order_by(ratings.c.at, ratings.c.member_id))
        return [Rating(**row._mapping) for row in rows]
