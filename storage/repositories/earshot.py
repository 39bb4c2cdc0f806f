"""Which chats of a family hear of what is done in another one of them.

Linked chats do, each with its topics. A family's other chats (topics, further channels of one
workspace) hear only what is said in them; what is said in private stays there.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)

from storage.tables import chats, outbox, proposals

_ADDRESS = (chats.c.id, chats.c.platform, chats.c.external_id, chats.c.private)


def _is_linked(chat: Any) -> ColumnElement[bool]:
    """Itself, or as a topic of a linked chat."""
    main = chats.alias()
    of_its_group = exists().where(
        main.c.household_id == chat.c.household_id,
        main.c.platform == chat.c.platform,
        main.c.external_id == chat.c.external_id,
        main.c.topic == "",
        main.c.linked,
    )
    return or_(chat.c.linked, and_(~chat.c.private, of_its_group))


def heard_in(
    column: ColumnElement[UUID | None], chat: UUID | BindParameter[UUID]
) -> ColumnElement[bool]:
    """Whether what happened in the chat that `column` names is shown in that chat."""
    here, there = chats.alias("here"), chats.alias("there")
    others = (
        select(there.c.id)
        .join(here, here.c.household_id == there.c.household_id)
        .where(
            here.c.id == chat,
            here.c.linked,
            _is_linked(there),
            or_(there.c.platform != here.c.platform, there.c.external_id != here.c.external_id),
        )
    )
    return or_(column == chat, column.in_(others))


def asked_in(chat: UUID | BindParameter[UUID]) -> ColumnElement[bool]:
    """Whether a proposal is to be answered in that chat: it was asked there or in one that is
    linked with it, or its card stands there (a parent's private chat that was asked again)."""
    number = func.replace(cast(proposals.c.id, Text), "-", "")
    card = exists().where(
        outbox.c.chat_id == chat, outbox.c.card == literal("proposal:").concat(number)
    )
    return or_(heard_in(proposals.c.chat_id, chat), card)


def shared_chats(household_id: UUID, chat_id: UUID, card: str | None) -> Select[Any]:
    """The chat itself, the linked chats of the family, and those where the card stands, be it in
    somebody's private one."""
    shows = exists().where(outbox.c.chat_id == chats.c.id, outbox.c.card == card)
    linked = and_(chats.c.linked, ~chats.c.private)
    told = and_(chats.c.state == "active", or_(linked, shows))
    return (
        select(*_ADDRESS, _is_linked(chats).label("linked"), shows.label("shows"))
        .where(chats.c.household_id == household_id, or_(chats.c.id == chat_id, told))
        .order_by(chats.c.created_at, chats.c.id)
    )
