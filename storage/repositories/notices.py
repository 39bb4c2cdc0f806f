"""What is to be said later. The rows are the schedule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Update, bindparam, func, select, update

from scheduling.notices import Notice, NoticeKind, NoticeState
from storage.leases import RELEASED, free, taken
from storage.tables import notices
from storage.transaction import WAITING, Transaction, at_most
from storage.types import Id

_FIELDS = [field.name for field in fields(Notice)]
_COLUMNS = [notices.c[name] for name in _FIELDS]
_WAITING = notices.c.state == WAITING

# Dropped while it was being told, it stays dropped; put anew, it has lost its lease.
_SETTLE = (
    update(notices)
    .where(
        notices.c.household_id == bindparam("ours"),
        notices.c.id == bindparam("which"),
        notices.c.lease_owner == bindparam("owner"),
        notices.c.state != NoticeState.DROPPED,
    )
    .values(
        state=bindparam("state"),
        due=bindparam("due"),
        recurrence_id=bindparam("recurrence_id"),
        data=bindparam("data"),
        updated_at=bindparam("updated_at"),
        **RELEASED,
    )
)


def _dropping(*which: ColumnElement[bool]) -> Update:
    ours = notices.c.household_id == bindparam("household", type_=Id)
    dropped = {"state": NoticeState.DROPPED, "updated_at": bindparam("moment")}
    return update(notices).where(ours, _WAITING, *which).values(dropped)


_OF_EVENT = _dropping(
    notices.c.event_id == bindparam("of", type_=Id), notices.c.kind == NoticeKind.EVENT
)
_OF_PROPOSAL = _dropping(notices.c.proposal_id == bindparam("of", type_=Id))
_OF_KIND = _dropping(notices.c.kind == bindparam("of", type_=notices.c.kind.type))


class SqlNotices:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def put(self, new: Sequence[Notice]) -> None:
        common = {**RELEASED, **self._tx.written()}
        rows = [{name: getattr(notice, name) for name in _FIELDS} | common for notice in new]
        await self._tx.put(notices, rows)

    async def get(self, household_id: UUID, notice_id: UUID) -> Notice | None:
        found = await self._found(household_id, notices.c.id == notice_id)
        return found[0] if found else None

    async def of_event(self, household_id: UUID, event_id: UUID) -> list[Notice]:
        return await self._found(household_id, notices.c.event_id == event_id)

    async def drop_for_event(self, household_id: UUID, event_id: UUID) -> None:
        await self._drop(_OF_EVENT, household_id, event_id)

    async def drop_for_proposal(self, household_id: UUID, proposal_id: UUID) -> None:
        await self._drop(_OF_PROPOSAL, household_id, proposal_id)

    async def drop_kind(self, household_id: UUID, kind: NoticeKind) -> None:
        await self._drop(_OF_KIND, household_id, kind)

    async def claim_due(
        self, now: datetime, owner: str, lease: timedelta, limit: int
    ) -> list[Notice]:
        moment = self._tx.now()
        due = (
            select(notices.c.id)
            .where(_WAITING, notices.c.due <= now, free(notices, moment))
            .order_by(notices.c.due)
            .limit(at_most(limit))
            .with_for_update(skip_locked=True)
            .cte("due")
        )
        claim = update(notices).where(notices.c.id.in_(select(due.c.id)))
        claimed = claim.values(taken(owner, moment, lease)).returning(*_COLUMNS)
        found = [_notice(row) for row in await self._tx.rows(claimed)]
        return sorted(found, key=lambda notice: (notice.due, notice.id))

    async def settle(self, said: Sequence[Notice], owner: str) -> None:
        if not said:
            return
        moment = self._tx.now()
        rows = [
            {
                "ours": notice.household_id,
                "which": notice.id,
                "state": notice.state,
                "due": notice.due,
                "recurrence_id": notice.recurrence_id,
                "data": notice.data,
                "owner": owner,
                "updated_at": moment,
            }
            for notice in said
        ]
        await self._tx.run(_SETTLE, rows)

    async def next_due(self) -> datetime | None:
        row = await self._tx.first(select(func.min(notices.c.due).label("due")).where(_WAITING))
        return row and row.due

    async def _found(self, household_id: UUID, *where: ColumnElement[bool]) -> list[Notice]:
        ours = select(*_COLUMNS).where(notices.c.household_id == household_id, *where)
        rows = await self._tx.rows(ours.order_by(notices.c.due, notices.c.id))
        return [_notice(row) for row in rows]

    async def _drop(self, dropping: Update, household_id: UUID, of: UUID | NoticeKind) -> None:
        values = {"household": household_id, "of": of, "moment": self._tx.now()}
        await self._tx.run(dropping, values)


def _notice(row: Row[Any]) -> Notice:
    return Notice(**row._mapping)
