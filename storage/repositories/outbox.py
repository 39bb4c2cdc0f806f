"""What is to reach the chats, each effect once, in order chat by chat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import bindparam, case, func, or_, select, update
from sqlalchemy.dialects.postgresql import Insert

from scheduling.messages import Outgoing
from scheduling.ports import OutboxRow
from storage.leases import RELEASED, free, taken
from storage.repositories.chats import chat_from
from storage.tables import chats, outbox
from storage.transaction import WAITING, Transaction, insert_into
from storage.types import Id

_earlier = outbox.alias("earlier")
_same_card = outbox.alias("same_card")

# Order within a chat: a row is tried only when all before it have been settled.
_HEAD = (
    (outbox.c.state == WAITING)
    & (chats.c.state == "active")
    & ~select(_earlier.c.seq)
    .where(
        _earlier.c.chat_id == outbox.c.chat_id,
        _earlier.c.state == WAITING,
        _earlier.c.seq < outbox.c.seq,
    )
    .exists()
)

_CARD_REF = (
    select(_same_card.c.message_ref)
    .where(
        _same_card.c.chat_id == outbox.c.chat_id,
        _same_card.c.card == outbox.c.card,
        _same_card.c.message_ref.is_not(None),
    )
    .order_by(_same_card.c.seq.desc())
    .limit(1)
    .scalar_subquery()
)

_DELIVERY = (
    select(
        outbox.c.id.label("row_id"),
        outbox.c.seq,
        outbox.c.outgoing,
        outbox.c.attempts,
        _CARD_REF.label("card_ref"),
        chats,
    )
    .join(chats, chats.c.id == outbox.c.chat_id)
    .order_by(outbox.c.seq)
)


class SqlOutbox:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def add(self, household_id: UUID, outgoing: Outgoing) -> bool:
        now = self._tx.now()
        values = {
            "household": household_id,
            "chat": outgoing.chat_id,
            "new_id": uuid5(household_id, outgoing.key),
            "new_key": outgoing.key,
            "new_card": outgoing.card,
            "new_reply_to": outgoing.reply_to,
            "new_outgoing": outgoing,
            "new_state": "waiting",
            "new_attempts": 0,
            "new_retry_at": now,
            "new_created_at": now,
        }
        return await self._tx.changed(_new_row(self._tx.dialect), values) == 1

    async def claim(self, owner: str, lease: timedelta, limit: int) -> list[OutboxRow]:
        now = self._tx.now()
        heads = (
            select(outbox.c.seq)
            .join(chats, chats.c.id == outbox.c.chat_id)
            .where(_HEAD, outbox.c.retry_at <= now, free(outbox, now))
            .order_by(outbox.c.seq)
            .limit(limit)
            .with_for_update(of=outbox, skip_locked=True)
            .cte("heads")
        )
        claim = (
            update(outbox)
            .where(outbox.c.seq.in_(select(heads.c.seq)))
            .values({**taken(owner, now, lease), "attempts": outbox.c.attempts + 1})
        )
        claimed = [row.seq for row in await self._tx.rows(claim.returning(outbox.c.seq))]
        return await self._deliveries(claimed) if claimed else []

    async def settle(self, row_id: UUID, message_ref: str | None) -> None:
        await self._update(row_id, state="sent", message_ref=message_ref, **self._settled())

    async def retry(self, row_id: UUID, at: datetime) -> None:
        await self._update(row_id, retry_at=at, **RELEASED)

    async def give_up(self, row_id: UUID, reason: str) -> None:
        await self._update(row_id, state="given_up", reason=reason, **self._settled())

    async def next_retry(self) -> datetime | None:
        ready = case(
            (outbox.c.lease_until > outbox.c.retry_at, outbox.c.lease_until),
            else_=outbox.c.retry_at,
        )
        first = func.min(ready, type_=outbox.c.retry_at.type).label("first")
        row = await self._tx.first(
            select(first).join(chats, chats.c.id == outbox.c.chat_id).where(_HEAD)
        )
        return row and row.first

    async def message_ref(self, household_id: UUID, chat_id: UUID, card: str) -> str | None:
        found = select(outbox.c.message_ref).where(
            *_in_chat(household_id, chat_id),
            outbox.c.card == card,
            outbox.c.message_ref.is_not(None),
        )
        row = await self._tx.first(found.order_by(outbox.c.seq.desc()).limit(1))
        return row and row.message_ref

    async def card_of(self, household_id: UUID, chat_id: UUID, message_ref: str) -> str | None:
        found = select(outbox.c.card).where(
            *_in_chat(household_id, chat_id),
            or_(outbox.c.message_ref == message_ref, outbox.c.reply_to == message_ref),
            outbox.c.card.is_not(None),
        )
        row = await self._tx.first(found.order_by(outbox.c.seq.desc()).limit(1))
        return row and row.card

    async def spoke_in(self, household_id: UUID, chat_id: UUID, message_ref: str) -> bool:
        there = or_(outbox.c.message_ref == message_ref, outbox.c.reply_to == message_ref)
        found = select(outbox.c.id).where(*_in_chat(household_id, chat_id), there).limit(1)
        return await self._tx.first(found) is not None

    async def last_of_card(self, household_id: UUID, chat_id: UUID, card: str) -> Outgoing | None:
        found = select(outbox.c.outgoing).where(
            *_in_chat(household_id, chat_id), outbox.c.card == card
        )
        row = await self._tx.first(found.order_by(outbox.c.seq.desc()).limit(1))
        return row and row.outgoing

    async def _deliveries(self, claimed: Sequence[int]) -> list[OutboxRow]:
        rows = await self._tx.rows(_DELIVERY.where(outbox.c.seq.in_(claimed)))
        return [
            OutboxRow(
                row.row_id,
                row.seq,
                row.outgoing,
                chat_from(row),
                None if row.outgoing.anew else row.card_ref,
                row.attempts,
            )
            for row in rows
        ]

    async def _update(self, row_id: UUID, **values: Any) -> None:
        await self._tx.run(update(outbox).where(outbox.c.id == row_id).values(**values))

    def _settled(self) -> dict[str, Any]:
        return {"settled_at": self._tx.now(), **RELEASED}


@cache
def _new_row(dialect: str) -> Insert:
    """Selected from the chats, so that nothing is sent to another family's."""
    names = (
        "id",
        "key",
        "card",
        "reply_to",
        "outgoing",
        "state",
        "attempts",
        "retry_at",
        "created_at",
    )
    values = [bindparam(f"new_{name}", type_=outbox.c[name].type) for name in names]
    source = select(chats.c.household_id, chats.c.id, *values).where(
        chats.c.household_id == bindparam("household", type_=Id),
        chats.c.id == bindparam("chat", type_=Id),
    )
    insert = insert_into(dialect, outbox).from_select(["household_id", "chat_id", *names], source)
    return insert.on_conflict_do_nothing()


def _in_chat(household_id: UUID, chat_id: UUID) -> Any:
    return outbox.c.household_id == household_id, outbox.c.chat_id == chat_id
