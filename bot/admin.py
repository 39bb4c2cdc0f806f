"""Telling the operator, in the chat that ADMIN_CHAT names: once for each matter and key, whichever
process says it first."""

from __future__ import annotations

import logging
from typing import get_args

from scheduling.messages import ChatAddress, Outgoing, Platform
from scheduling.ports import UnitOfWorkFactory

log = logging.getLogger(__name__)


def admin_address(words: str) -> ChatAddress:
    """`telegram:-100123`, `slack:T123:C456`, `console:home`. Raises ValueError."""
    platform, _, chat = words.partition(":")
    if platform not in get_args(Platform) or not chat:
        raise ValueError(words)
    return ChatAddress(platform, chat)  # type: ignore[arg-type]


async def tell_admin(uow_factory: UnitOfWorkFactory, chat: str, key: str, text: str) -> bool:
    """Whether there is such a chat: one in which somebody has spoken to the product. key: the same
    matter is told once under it."""
    async with uow_factory() as uow:
        known = await uow.chats.find(admin_address(chat))
        if known is None:
            log.warning("nobody has written to the product in ADMIN_CHAT, so it cannot be told")
            return False
        outgoing = Outgoing(f"admin:{key}", known.id, text, heading="For whoever runs this")
        await uow.outbox.add(known.household_id, outgoing)
        await uow.commit()
    return True
