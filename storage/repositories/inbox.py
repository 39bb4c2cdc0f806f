"""What happened in the chats, each thing once, drained in order chat by chat."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, exists, func, literal_column, select, update

from scheduling.messages import Inbound, Platform
from scheduling.ports import InboxRow
from storage.leases import RELEASED, free, taken
from storage.repositories.earshot import asked_in
from storage.tables import chats, inbox, proposals
from storage.transaction import WAITING, Transaction

_WAITING = inbox.c.state == WAITING
_COLUMNS = (
    inbox.c.id,
    inbox.c.seq,
    inbox.c.household_id,
    inbox.c.chat_id,
    inbox.c.member_id,
    inbox.c.inbound,
    inbox.c.received_at,
    inbox.c.attempts,
)


_THEIRS = (chats.c.id == bindparam("chat"), chats.c.lease_owner == bindparam("owner"))
_OF_CHAT = (inbox.c.chat_id == bindparam("chat"), _WAITING)
# Ahead of the statement: within RETURNING SQLite's columns bear no table's name.
_ASKED = select(
    exists()
    .where(
        asked_in(bindparam("chat")),
        proposals.c.state == literal_column("'open'"),
    )
    .label("asked")
).cte("asked_here")
_BEGIN = (
    update(inbox)
    .where(
        inbox.c.seq == select(func.min(inbox.c.seq)).where(*_OF_CHAT).scalar_subquery(),
        exists().where(*_THEIRS),
    )
    .values(attempts=inbox.c.attempts + 1)
    .returning(*_COLUMNS, select(_ASKED.c.asked).scalar_subquery().label("asked"))
)
_RELEASE = update(chats).where(*_THEIRS, ~exists().where(*_OF_CHAT)).values(RELEASED)

_CLAIM = (
    update(chats)
    .where(chats.c.id == bindparam("chat"), free(chats, bindparam("now")))
    .values(lease_owner=bindparam("owner"), lease_until=bindparam("until"))
)
_FINISH = (
    update(inbox)
    .where(inbox.c.id == bindparam("which"))
    .values(state=bindparam("state"), finished_at=bindparam("finished_at"))
)


class SqlInbox:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def add(
        self,
        household_id: UUID,
        chat_id: UUID,
        member_id: UUID | None,
        inbox_id: UUID,
        inbound: Inbound,
        received_at: datetime,
        *,
        done: bool = False,
    ) -> bool:
        row = {
            "id": inbox_id,
            "household_id": household_id,
            "chat_id": chat_id,
            "member_id": member_id,
            "platform": inbound.chat.platform,
            "key": inbound.key,
            "kind": inbound.kind,
            "message_ref": inbound.message_ref,
            "inbound": inbound,
            "received_at": received_at,
            "state": "done" if done else "waiting",
            "finished_at": self._tx.now() if done else None,
            "attempts": 0,
        }
        return await self._tx.add(inbox, row)

    async def find(self, platform: Platform, key: str) -> UUID | None:
        same = (inbox.c.platform == platform, inbox.c.key == key)
        row = await self._tx.first(select(inbox.c.id).where(*same))
        return row and row.id

    async def by_message(
        self, household_id: UUID, chat_id: UUID, message_ref: str
    ) -> list[InboxRow]:
        wanted = (
            inbox.c.household_id == household_id,
            inbox.c.chat_id == chat_id,
            inbox.c.message_ref == message_ref,
            inbox.c.kind.in_(("message", "command", "edit")),
        )
        found = select(*_COLUMNS).where(*wanted).order_by(inbox.c.seq.desc())
        return [_inbox_row(row) for row in await self._tx.rows(found)]

    async def threads_of(self, household_id: UUID, member_id: UUID) -> list[str]:
        theirs = (inbox.c.household_id == household_id, inbox.c.member_id == member_id)
        found = await self._tx.rows(select(inbox.c.id).where(*theirs, inbox.c.state != WAITING))
        return [row.id.hex for row in found]

    async def waiting_chats(self) -> list[UUID]:
        """Longest waiting first."""
        found = (
            select(inbox.c.chat_id)
            .join(chats, chats.c.id == inbox.c.chat_id)
            .where(_WAITING, free(chats, self._tx.now()))
            .group_by(inbox.c.chat_id)
            .order_by(func.min(inbox.c.seq))
        )
        return [row.chat_id for row in await self._tx.rows(found)]

    async def pending(self) -> bool:
        return await self._tx.first(select(inbox.c.id).where(_WAITING).limit(1)) is not None

    async def claim_chat(self, chat_id: UUID, owner: str, lease: timedelta) -> bool:
        now = self._tx.now()
        values = {"chat": chat_id, "now": now, "owner": owner, "until": now + lease}
        return await self._tx.changed(_CLAIM, values) == 1

    async def renew_chat(self, chat_id: UUID, owner: str, lease: timedelta) -> bool:
        # Only while it is still ours: past its end another may have begun.
        now = self._tx.now()
        ours = (chats.c.id == chat_id, chats.c.lease_owner == owner, chats.c.lease_until > now)
        claim = update(chats).where(*ours).values(taken(owner, now, lease))
        return await self._tx.changed(claim) == 1

    async def release_chat(self, chat_id: UUID, owner: str) -> bool:
        return await self._tx.changed(_RELEASE, {"chat": chat_id, "owner": owner}) == 1

    async def next_of_chat(self, chat_id: UUID, owner: str) -> InboxRow | None:
        row = await self._tx.first(_BEGIN, {"chat": chat_id, "owner": owner})
        return row and _inbox_row(row)

    async def blame(self, inbox_id: UUID, attempts: int) -> None:
        more = update(inbox).where(inbox.c.id == inbox_id)
        await self._tx.run(more.values(attempts=inbox.c.attempts + attempts))

    async def finish(self, inbox_id: UUID, *, failed: bool = False) -> None:
        state = "failed" if failed else "done"
        values = {"which": inbox_id, "state": state, "finished_at": self._tx.now()}
        await self._tx.run(_FINISH, values)


def _inbox_row(row: Row[Any]) -> InboxRow:
    return InboxRow(**row._mapping)
