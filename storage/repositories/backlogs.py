"""What waits in the inbox, over all families."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, func, select

from scheduling.anomaly import Hour
from scheduling.load import Backlog, Figures
from storage.repositories.figures import figures, hours
from storage.tables import chats, inbox
from storage.transaction import WAITING, Transaction

LATEST = 500
"""Rows looked through for what was done in the last minute: found by their number, whatever the
inbox has grown to."""
RECENT = timedelta(minutes=1)
_NONE = timedelta()


class SqlBacklogs:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def now(self) -> Backlog:
        now = self._tx.now()
        held = chats.c.lease_until > now
        unfinished = exists().where(inbox.c.chat_id == chats.c.id, inbox.c.state == WAITING)
        found = await self._tx.rows(
            select(held.label("held"), func.count().label("number"))
            .where(unfinished)
            .group_by(held)
        )
        numbers = {bool(row.held): row.number for row in found}
        first = await self._tx.first(
            select(func.min(inbox.c.received_at, type_=inbox.c.received_at.type).label("at")).where(
                inbox.c.state == WAITING
            )
        )
        oldest = now - first.at if first is not None and first.at is not None else _NONE
        return Backlog(
            numbers.get(False, 0), numbers.get(True, 0), max(oldest, _NONE), await self._latency()
        )

    async def figures(self, now: datetime) -> Figures:
        return await figures(self._tx, now)

    async def hours(self, since: datetime) -> list[Hour]:
        return await hours(self._tx, since)

    async def _latency(self) -> timedelta:
        latest = select(inbox.c.received_at, inbox.c.finished_at).order_by(inbox.c.seq.desc())
        since = self._tx.now() - RECENT
        took = sorted(
            row.finished_at - row.received_at
            for row in await self._tx.rows(latest.limit(LATEST))
            if row.finished_at is not None and row.finished_at > since
        )
        return max(took[int(len(took) * 0.95)], _NONE) if took else _NONE
