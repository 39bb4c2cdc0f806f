"""Chats: where a family speaks."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, exists, func, select, update

from scheduling.messages import ChatAddress, Platform
from scheduling.ports import Chat, Located
from storage.repositories.earshot import shared_chats
from storage.repositories.snapshot import household_from, snapshot_columns
from storage.tables import chats, households, identities, inbox
from storage.transaction import WAITING, Transaction

_WAITS = exists().where(inbox.c.chat_id == chats.c.id, inbox.c.state == WAITING)
_LOCATED = (
    select(chats, identities.c.member_id, _WAITS.label("waits"), *snapshot_columns())
    .join(households, households.c.id == chats.c.household_id)
    .outerjoin(
        identities,
        and_(
            identities.c.household_id == chats.c.household_id,
            identities.c.platform == chats.c.platform,
            identities.c.external_id == bindparam("account"),
        ),
    )
    .where(
        chats.c.platform == bindparam("platform"),
        chats.c.external_id == bindparam("external_id"),
        chats.c.topic.in_((bindparam("topic"), "")),
    )
    # The topic itself comes before its group.
    .order_by(chats.c.topic.desc())
    .limit(1)
)


class SqlChats:
    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def find(self, address: ChatAddress) -> Chat | None:
        row = await self._tx.first(
            select(chats).where(
                chats.c.platform == address.platform,
                chats.c.external_id == address.external_id,
                chats.c.topic == (address.topic or ""),
            )
        )
        return row and chat_from(row)

    async def locate(self, address: ChatAddress, account: str | None) -> Located | None:
        where = {
            "platform": address.platform,
            "external_id": address.external_id,
            "topic": address.topic or "",
            "account": account,
        }
        row = await self._tx.first(_LOCATED, where)
        if row is None:
            return None
        chat, exactly = chat_from(row), row.topic == where["topic"]
        return Located(chat, household_from(row), row.member_id, not row.waits, exactly)

    async def of_space(self, platform: Platform, space: str) -> list[Chat]:
        there = (chats.c.platform == platform, chats.c.space == space)
        rows = await self._tx.rows(
            select(chats).where(*there).order_by(chats.c.private, chats.c.created_at, chats.c.id)
        )
        return [chat_from(row) for row in rows]

    async def get(self, household_id: UUID, chat_id: UUID) -> Chat | None:
        ours = (chats.c.household_id == household_id, chats.c.id == chat_id)
        row = await self._tx.first(select(chats).where(*ours))
        return row and chat_from(row)

    async def add(self, chat: Chat) -> bool:
        fields = {
            "id": chat.id,
            "household_id": chat.household_id,
            "platform": chat.address.platform,
            "external_id": chat.address.external_id,
            "topic": chat.address.topic or "",
            "private": chat.address.private,
            "title": chat.address.title,
            "space": chat.address.space,
            "state": chat.state,
            "linked": chat.linked,
        }
        return await self._tx.add(chats, fields | self._tx.written())

    async def of_household(self, household_id: UUID) -> list[Chat]:
        """Where people are: a program's chats are one a request, and nobody reads along there."""
        people = chats.c.platform != "http"
        family = select(chats).where(chats.c.household_id == household_id, people)
        rows = await self._tx.rows(family.order_by(chats.c.created_at, chats.c.id))
        return [chat_from(row) for row in rows]

    async def sharing(self, household_id: UUID, chat_id: UUID, card: str | None) -> list[UUID]:
        rows = await self._tx.rows(shared_chats(household_id, chat_id, card))
        here = next((row for row in rows if row.id == chat_id), None)
        if here is None or here.private:
            return []
        groups: dict[tuple[str, str], list[Row[Any]]] = {}
        for row in rows:
            if row.id != chat_id:
                groups.setdefault((row.platform, row.external_id), []).append(row)
        told = []
        for group, found in groups.items():
            shown = [row.id for row in found if row.shows]
            told_anew = here.linked and group != (here.platform, here.external_id)
            told += shown or ([row.id for row in found] if told_anew else [])
        return told

    async def private_of(self, household_id: UUID, member_id: UUID) -> list[Chat]:
        theirs = (inbox.c.household_id == household_id, inbox.c.member_id == member_id)
        wrote = exists().where(inbox.c.chat_id == chats.c.id, *theirs)
        last = (
            select(func.max(inbox.c.seq))
            .where(*theirs, inbox.c.platform == chats.c.platform)
            .scalar_subquery()
        )
        # Nobody reads along where a program writes.
        read = chats.c.platform != "http"
        ours = (chats.c.household_id == household_id, chats.c.private, read, wrote)
        rows = await self._tx.rows(select(chats).where(*ours).order_by(last.desc(), chats.c.id))
        return [chat_from(row) for row in rows]

    async def set_state(self, chat_id: UUID, state: Literal["active", "gone"]) -> None:
        named = chats.alias("named")
        same = (
            named.c.id == chat_id,
            chats.c.platform == named.c.platform,
            chats.c.external_id == named.c.external_id,
        )
        change = update(chats).where(*same)
        await self._tx.run(change.values(state=state, updated_at=self._tx.now()))

    async def move(self, chat_id: UUID, external_id: str) -> None:
        await self._clear_address(chat_id, external_id)
        await self._update(chat_id, external_id=external_id)

    async def rebind(self, chat_id: UUID, household_id: UUID) -> None:
        await self._update(chat_id, household_id=household_id)

    async def retire(self, chat_id: UUID) -> None:
        await self._update(chat_id, **aside(chat_id))

    async def _clear_address(self, chat_id: UUID, external_id: str) -> None:
        """The new id may have been met first, as a chat of its own: the older one keeps the
        family, so that one steps aside."""
        moved = chats.alias("moved")
        squatter = (
            chats.c.id != chat_id,
            chats.c.external_id == external_id,
            moved.c.id == chat_id,
            chats.c.platform == moved.c.platform,
            chats.c.topic == moved.c.topic,
        )
        await self._tx.run(update(chats).where(*squatter).values(aside(chat_id)))

    async def _update(self, chat_id: UUID, **values: Any) -> None:
        change = update(chats).where(chats.c.id == chat_id)
        await self._tx.run(change.values(**values, updated_at=self._tx.now()))


def aside(chat_id: UUID) -> dict[str, Any]:
    """What makes a chat one that is gone, and its address free for another."""
    address = chats.c.external_id + f" until {chat_id.hex}"
    return {"state": "gone", "external_id": address, "space": None}


def chat_from(row: Row[Any]) -> Chat:
    """From a row that has the chat's columns under their own names."""
    address = ChatAddress(
        platform=row.platform,
        external_id=row.external_id,
        private=row.private,
        title=row.title,
        topic=row.topic or None,
        space=row.space,
    )
    return Chat(row.id, row.household_id, address, row.state, row.linked)
