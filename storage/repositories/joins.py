"""Two families become one, and a chat leaves one again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, delete, exists, func, select, update

from scheduling.messages import Platform
from scheduling.ports import Chat
from storage.repositories.chats import SqlChats, aside
from storage.repositories.households import calendar_of
from storage.repositories.rewriting import BOUND, rewrite_payloads
from storage.repositories.sameness import same_person, same_thing
from storage.tables import (
    calendars,
    changes,
    chats,
    constraints,
    events,
    households,
    identities,
    members,
    outbox,
    resources,
    webhooks,
)
from storage.transaction import Transaction

_LISTED = (members, resources, constraints)
"""What a family has in an order of its own."""


class SqlJoins:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def lock(self, arriving: UUID, into: UUID) -> None:
        """In one order, so that two who join each other do not wait for ever."""
        if self._tx.dialect == "sqlite":
            return
        for family in sorted((arriving, into)):
            row = select(households.c.id).where(households.c.id == family)
            # Rows that refer to the arriving family must not be added while it goes.
            await self._tx.run(row.with_for_update(key_share=family == into))

    async def same_accounts(self, arriving: UUID, into: UUID) -> dict[UUID, UUID]:
        there = identities.alias("there")
        found = (
            select(identities.c.member_id, there.c.member_id.label("known"))
            .join(there, _same_account(there))
            .where(identities.c.household_id == arriving, there.c.household_id == into)
            .order_by(identities.c.created_at.desc())
        )
        return {row.member_id: row.known for row in await self._tx.rows(found)}

    async def join(self, arriving: UUID, into: UUID) -> None:
        await self._drop_doubled_accounts(arriving, into)
        await rewrite_payloads(self._tx, arriving, arriving, into)
        await self._one_calendar(arriving, into)
        # Their numbers are the arriving family's own.
        await self._tx.run(delete(changes).where(changes.c.household_id == arriving))
        newest = select(households.c.version).where(households.c.id == into).scalar_subquery()
        told = update(webhooks).where(webhooks.c.household_id == arriving)
        await self._tx.run(told.values(told=newest))
        for table in _LISTED:
            await self._after_those_of(table, arriving, into)
        for table in BOUND:
            moved = update(table).where(table.c.household_id == arriving)
            await self._tx.run(moved.values(household_id=into))
        await self._tx.run(delete(households).where(households.c.id == arriving))

    async def link(self, household_id: UUID, chat_ids: Sequence[UUID]) -> None:
        meant = chats.alias("meant")
        group = exists().where(
            meant.c.id.in_(chat_ids),
            meant.c.household_id == household_id,
            meant.c.platform == chats.c.platform,
            meant.c.external_id == chats.c.external_id,
        )
        main = (chats.c.household_id == household_id, chats.c.topic == "", ~chats.c.private, group)
        await self._tx.run(update(chats).where(*main).values(linked=True))

    async def one_person(self, household_id: UUID, gone: UUID, known: UUID) -> None:
        await same_person(self._tx, household_id, gone, known)

    async def one_thing(self, household_id: UUID, gone: UUID, known: UUID) -> None:
        await same_thing(self._tx, household_id, gone, known)

    async def accounts(self, household_id: UUID, platform: Platform) -> list[tuple[str, UUID]]:
        ours = (identities.c.household_id == household_id, identities.c.platform == platform)
        found = select(identities.c.external_id, identities.c.member_id).where(*ours)
        rows = await self._tx.rows(found.order_by(identities.c.created_at, identities.c.member_id))
        return [(row.external_id, row.member_id) for row in rows]

    async def part(self, household_id: UUID, chat_id: UUID, own: Chat, card: str) -> None:
        group = (
            chats.c.household_id == household_id,
            chats.c.platform == own.address.platform,
            chats.c.external_id == own.address.external_id,
        )
        await self._tx.run(update(chats).where(*group).values(linked=True))
        await self._retire(*group)
        await SqlChats(self._tx).add(own)
        shown = (
            outbox.c.household_id == household_id,
            outbox.c.chat_id == chat_id,
            outbox.c.card == card,
        )
        here = {"household_id": own.household_id, "chat_id": own.id}
        await self._tx.run(update(outbox).where(*shown).values(here))

    async def leave(self, household_id: UUID, platform: Platform) -> None:
        private = (
            chats.c.household_id == household_id,
            chats.c.platform == platform,
            chats.c.private,
        )
        await self._retire(*private)
        theirs = (identities.c.household_id == household_id, identities.c.platform == platform)
        await self._tx.run(delete(identities).where(*theirs))

    async def _retire(self, *which: ColumnElement[bool]) -> None:
        for row in await self._tx.rows(select(chats.c.id).where(*which)):
            values = {**aside(row.id), "updated_at": self._tx.now()}
            await self._tx.run(update(chats).where(chats.c.id == row.id).values(values))

    async def _drop_doubled_accounts(self, arriving: UUID, into: UUID) -> None:
        there = identities.alias("there")
        known = exists().where(_same_account(there), there.c.household_id == into)
        await self._tx.run(delete(identities).where(identities.c.household_id == arriving, known))

    async def _one_calendar(self, arriving: UUID, into: UUID) -> None:
        theirs = update(events).where(events.c.household_id == arriving)
        await self._tx.run(theirs.values(calendar_id=calendar_of(into)))
        await self._tx.run(delete(calendars).where(calendars.c.household_id == arriving))

    async def _after_those_of(self, table: Table, arriving: UUID, into: UUID) -> None:
        last = select(func.coalesce(func.max(table.c.position), 0)).where(
            table.c.household_id == into
        )
        start = (await self._tx.run(last)).scalar_one()
        theirs = update(table).where(table.c.household_id == arriving)
        await self._tx.run(theirs.values(position=table.c.position + start))


def _same_account(there: Any) -> ColumnElement[bool]:
    return and_(
        there.c.platform == identities.c.platform,
        there.c.external_id == identities.c.external_id,
    )
