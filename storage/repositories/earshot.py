"""Which chats of a family hear of what is done in another one of them.

Shared chats of different groups do. Topics of one group hear of each other only what people
read there; what is said in private stays there.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, and_, exists, or_, select

from storage.tables import chats, outbox

MAIN = and_(~chats.c.private, chats.c.topic == "")
"""A group's chat itself, as opposed to its topics and to private chats."""

_ADDRESS = (chats.c.id, chats.c.platform, chats.c.external_id, chats.c.private)


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
            here.c.topic == "",
            ~here.c.private,
            ~there.c.private,
            or_(there.c.platform != here.c.platform, there.c.external_id != here.c.external_id),
        )
    )
    return or_(column == chat, column.in_(others))


def shared_chats(household_id: UUID, chat_id: UUID, card: str | None) -> Select[Any]:
    """The chat itself, the main chats of the family, and those where the card stands."""
    shows = exists().where(outbox.c.chat_id == chats.c.id, outbox.c.card == card)
    return (
        select(
            chats.c.id, chats.c.platform, chats.c.external_id, chats.c.private, shows.label("shows")
        )
        .where(
            chats.c.household_id == household_id,
            or_(
                chats.c.id == chat_id,
                and_(chats.c.state == "active", ~chats.c.private, or_(MAIN, shows)),
            ),
        )
        .order_by(chats.c.created_at, chats.c.id)
    )
