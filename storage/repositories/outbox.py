"""What is to reach the chats, each effect once, in order chat by chat."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, Update, bindparam, case, func, or_, select, text, true, update
from sqlalchemy.dialects.postgresql import Insert

from scheduling.messages import Outgoing, Platform
from scheduling.ports import OutboxRow
from storage.leases import RELEASED, free, taken
from storage.repositories.chats import chat_from
from storage.tables import chats, outbox
from storage.transaction import WAITING, Transaction, Values, at_most, fresh, insert_into, values_of
from storage.types import Id

_earlier = outbox.alias("earlier")
_same_card = outbox.alias("same_card")

# Order within a chat: a row is tried only when all before it have been settled.
_NOTHING_EARLIER = (
    ~select(_earlier.c.seq)
    .where(
        _earlier.c.chat_id == outbox.c.chat_id,
        _earlier.c.state == WAITING,
        _earlier.c.seq < outbox.c.seq,
    )
    .exists()
)
# The same in the words that SQLite is quick with: it would look for an earlier one of each row
# that waits, while this reads the index of those that wait once, chat by chat. Once it has
# statistics it would rather read another index, of all that was ever sent.
_FIRST_OF_CHAT = outbox.c.seq.in_(
    text(
        "SELECT min(seq) AS seq FROM outbox INDEXED BY ix_outbox_waiting "
        "WHERE state = 'waiting' GROUP BY chat_id"
    )
    .columns(seq=outbox.c.seq.type)
    .scalar_subquery()
)


def _head(dialect: str) -> ColumnElement[bool]:
    first = _FIRST_OF_CHAT if dialect == "sqlite" else _NOTHING_EARLIER
    return (outbox.c.state == WAITING) & (chats.c.state == "active") & first


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

_LAST_OF_CARD = (
    select(outbox.c.outgoing)
    .where(
        outbox.c.household_id == bindparam("household", type_=Id),
        outbox.c.chat_id == bindparam("chat", type_=Id),
        outbox.c.card == bindparam("card"),
    )
    .order_by(outbox.c.seq.desc())
    .limit(1)
)


class SqlOutbox:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def add(self, household_id: UUID, outgoing: Outgoing) -> bool:
        values = self._values(household_id, outgoing)
        return await self._tx.changed(_new_row(self._tx.dialect), values) == 1

    async def add_all(self, messages: Sequence[tuple[UUID, Outgoing]]) -> None:
        if messages:
            rows = [self._values(household_id, outgoing) for household_id, outgoing in messages]
            await self._tx.run(_new_row(self._tx.dialect), rows)

    def _values(self, household_id: UUID, outgoing: Outgoing) -> Values:
        now = self._tx.now()
        new = {
            "id": uuid5(household_id, outgoing.key),
            "key": outgoing.key,
            "card": outgoing.card,
            "reply_to": outgoing.reply_to,
            "outgoing": outgoing,
            "state": "waiting",
            "attempts": 0,
            "retry_at": now,
            "created_at": now,
        }
        return {"household": household_id, "chat": outgoing.chat_id, **values_of(new)}

    async def claim(
        self,
        owner: str,
        lease: timedelta,
        limit: int,
        platforms: Collection[Platform] | None = None,
    ) -> list[OutboxRow]:
        now = self._tx.now()
        heads = (
            select(outbox.c.seq)
            .join(chats, chats.c.id == outbox.c.chat_id)
            .where(
                _head(self._tx.dialect), _on(platforms), outbox.c.retry_at <= now, free(outbox, now)
            )
            .order_by(outbox.c.seq)
            .limit(at_most(limit))
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

    async def renew(self, rows: Sequence[OutboxRow], owner: str, lease: timedelta) -> None:
        ours = (outbox.c.id.in_([row.id for row in rows]), outbox.c.lease_owner == owner)
        held = update(outbox).where(*ours).values(taken(owner, self._tx.now(), lease))
        await self._tx.run(held)

    async def settle(self, row: OutboxRow, owner: str, message_ref: str | None) -> None:
        sent = {"state": "sent", "message_ref": message_ref}
        await self._update(row, owner, **sent, **self._settled(row.outgoing))

    async def retry(self, row: OutboxRow, owner: str, at: datetime) -> None:
        await self._update(row, owner, retry_at=at, **RELEASED)

    async def give_up(self, row: OutboxRow, owner: str, reason: str) -> None:
        given_up = {"state": "given_up", "reason": reason}
        await self._update(row, owner, **given_up, **self._settled(row.outgoing))

    async def next_retry(self, platforms: Collection[Platform] | None = None) -> datetime | None:
        ready = case(
            (outbox.c.lease_until > outbox.c.retry_at, outbox.c.lease_until),
            else_=outbox.c.retry_at,
        )
        first = func.min(ready, type_=outbox.c.retry_at.type).label("first")
        row = await self._tx.first(
            select(first)
            .join(chats, chats.c.id == outbox.c.chat_id)
            .where(_head(self._tx.dialect), _on(platforms))
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

    async def adopt(self, household_id: UUID, outgoing: Outgoing, message_ref: str) -> None:
        standing = replace(outgoing, key=f"{outgoing.key}:stands")
        if await self.add(household_id, standing):
            this = update(outbox).where(outbox.c.id == uuid5(household_id, standing.key))
            sent = {"state": "sent", "message_ref": message_ref, **self._settled(outgoing)}
            await self._tx.run(this.values(sent))

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
        where = {"household": household_id, "chat": chat_id, "card": card}
        row = await self._tx.first(_LAST_OF_CARD, where)
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

    async def _update(self, row: OutboxRow, owner: str, **values: Any) -> None:
        which = {"which": row.id, "owner": owner}
        await self._tx.run(_change(tuple(values)), which | values_of(values))

    def _settled(self, outgoing: Outgoing) -> dict[str, Any]:
        settled = {"settled_at": self._tx.now(), **RELEASED}
        if outgoing.secret:
            settled["outgoing"] = replace(outgoing, text="")
        return settled


def _on(platforms: Collection[Platform] | None) -> ColumnElement[bool]:
    return true() if platforms is None else chats.c.platform.in_(sorted(platforms))


@cache
def _change(names: tuple[str, ...]) -> Update:
    """Of one row. Whoever lost it to another process must not take it from that one."""
    ours = (outbox.c.id == bindparam("which"), outbox.c.lease_owner == bindparam("owner"))
    return update(outbox).where(*ours).values(fresh(outbox, names))


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
    values = fresh(outbox, names)
    source = select(chats.c.household_id, chats.c.id, *values.values()).where(
        chats.c.household_id == bindparam("household", type_=Id),
        chats.c.id == bindparam("chat", type_=Id),
    )
    insert = insert_into(dialect, outbox).from_select(["household_id", "chat_id", *names], source)
    return insert.on_conflict_do_nothing()


def _in_chat(household_id: UUID, chat_id: UUID) -> Any:
    return outbox.c.household_id == household_id, outbox.c.chat_id == chat_id
