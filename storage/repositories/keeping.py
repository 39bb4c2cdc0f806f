"""Old requests of all families, for the nightly work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Table, delete, exists, or_, select

from scheduling.keeping import Entry, Heap, Log, Standing
from scheduling.proposals import ProposalState
from storage.tables import (
    approvals,
    audit,
    chats,
    conflicts,
    focus,
    inbox,
    metadata,
    notices,
    outbox,
    proposals,
    ratings,
    tasks,
)
from storage.transaction import Transaction, at_most

UNSETTLED = frozenset({ProposalState.OPEN, ProposalState.DECIDED})
"""States of a question that somebody still has to answer, or we to act upon."""

_LOGS: Mapping[Log, tuple[Table, Any]] = {
    "inbox": (inbox, inbox.c.received_at),
    "outbox": (outbox, outbox.c.created_at),
    "audit": (audit, audit.c.at),
}
_POINTING = tuple(t for t in metadata.sorted_tables if "chat_id" in t.c and t is not focus)
"""What may name a chat and does not go with it."""


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

    async def entries(self, log: Log, beyond: int, limit: int) -> Sequence[Entry]:
        table, at = _LOGS[log]
        state = [table.c.state] if "state" in table.c else []
        found = select(table.c.seq, table.c.id, at.label("at"), *state).where(table.c.seq > beyond)
        rows = await self._tx.rows(found.order_by(table.c.seq).limit(at_most(limit)))
        return [
            Entry(row.seq, row.id, row.at, bool(state) and row.state == "waiting") for row in rows
        ]

    async def drop(self, log: Log, ids: Sequence[UUID]) -> None:
        table, _ = _LOGS[log]
        if log == "inbox":
            await self._tx.run(delete(tasks).where(tasks.c.request_id.in_(ids)))
        await self._tx.run(delete(table).where(table.c.id.in_(ids)))

    async def drop_settled(self, heap: Heap, before: datetime, limit: int) -> int:
        table, settled = _settled(heap, before)
        found = await self._tx.rows(select(table.c.id).where(*settled).limit(at_most(limit)))
        ids = [row.id for row in found]
        for of_it in (approvals, ratings) if heap == "proposals" else ():
            await self._tx.run(delete(of_it).where(of_it.c.proposal_id.in_(ids)))
        await self._tx.run(delete(table).where(table.c.id.in_(ids)))
        return len(ids)


def _settled(heap: Heap, before: datetime) -> tuple[Table, Sequence[ColumnElement[bool]]]:
    match heap:
        case "conflicts":
            over = or_(conflicts.c.status != "detected", conflicts.c.starts < before)
            return conflicts, (conflicts.c.updated_at < before, over)
        case "proposals":
            closed = proposals.c.state.not_in(UNSETTLED)
            return proposals, (proposals.c.updated_at < before, closed)
        case "notices":
            past = notices.c.state != "waiting"
            return notices, (notices.c.updated_at < before, notices.c.due < before, past)
        case "chats":
            named = [~exists().where(table.c.chat_id == chats.c.id) for table in _POINTING]
            return chats, (chats.c.platform == "http", chats.c.updated_at < before, *named)


def is_id(thread_id: str) -> bool:
    return len(thread_id) == 32 and all(c in "0123456789abcdef" for c in thread_id)
