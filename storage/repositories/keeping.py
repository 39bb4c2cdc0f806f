"""Old requests of all families, for the nightly work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from scheduling.keeping import Standing
from scheduling.proposals import ProposalState
from storage.tables import audit, inbox, proposals
from storage.transaction import Transaction

UNSETTLED = frozenset({ProposalState.OPEN, ProposalState.DECIDED})
"""States of a question that somebody still has to answer, or we to act upon."""


class SqlKeeping:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def standing(self, thread_ids: Sequence[str]) -> Mapping[str, Standing]:
        found: dict[str, Standing] = {}
        changed = select(audit.c.thread_id, audit.c.household_id)
        for row in await self._tx.rows(changed.where(audit.c.thread_id.in_(thread_ids))):
            found[row.thread_id] = Standing(row.household_id, False)
        for row in await self._asked(thread_ids):
            before = found.get(row.thread_id)
            busy = row.state in UNSETTLED or (before is not None and before.busy)
            found[row.thread_id] = Standing(row.household_id, busy)
        # A request's thread bears the id of the inbox row that opened it.
        ids = [UUID(each) for each in thread_ids if is_id(each)]
        begun = select(inbox.c.id, inbox.c.household_id, inbox.c.state).where(inbox.c.id.in_(ids))
        for row in await self._tx.rows(begun):
            before = found.get(row.id.hex)
            busy = row.state == "waiting" or (before is not None and before.busy)
            found[row.id.hex] = Standing(row.household_id, busy)
        return found

    async def _asked(self, thread_ids: Sequence[str]) -> Sequence[Row[Any]]:
        columns = (proposals.c.thread_id, proposals.c.household_id, proposals.c.state)
        asked = select(*columns).where(proposals.c.thread_id.in_(thread_ids))
        return await self._tx.rows(asked)


def is_id(thread_id: str) -> bool:
    return len(thread_id) == 32 and all(c in "0123456789abcdef" for c in thread_id)
