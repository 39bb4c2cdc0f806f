"""What Telegram lets us hear in a chat, and how we get into a group."""

from __future__ import annotations

import logging

import telegram
from telegram import ChatMember
from telegram.error import TelegramError

from bot.telegram.codec import BotIdentity, identity_of
from scheduling.messages import ChatAddress, Hearing
from scheduling.speech import N_, tr

_log = logging.getLogger(__name__)

_UNHEARD = N_(
    "Telegram's privacy mode is on, so I still hear nothing that is not for me. BotFather's "
    "/setprivacy turns it off; after that, remove me from the group and add me again. Or make me "
    "an administrator there."
)


async def heard_in(bot: telegram.Bot, known: BotIdentity, chat: ChatAddress) -> Hearing:
    """known: what we were told when we connected, for when Telegram does not answer now."""
    me, administrator = known, False
    try:
        me = identity_of(await bot.get_me())
        if not chat.private and not me.reads_all:
            administrator = await _is_administrator(bot, me, chat)
    except TelegramError as error:
        _log.warning("Telegram did not say what we hear: %s", type(error).__name__)
    if chat.private:
        link = f"https://t.me/{me.username}?startgroup=family"
        unheard = "" if me.reads_all else tr(_UNHEARD)
        return Hearing(tr("To add me to your family's group: {link}", link=link), unheard)
    if me.reads_all or administrator:
        return Hearing()
    advice = tr(
        "In this group I only see what is meant for me: write @{username} or /add …, "
        "or reply to one of my messages. (Privacy mode is on; BotFather's "
        "/setprivacy changes it.)",
        username=me.username,
    )
    return Hearing(advice, tr(_UNHEARD))


async def _is_administrator(bot: telegram.Bot, me: BotIdentity, chat: ChatAddress) -> bool:
    ours = await bot.get_chat_member(int(chat.external_id), me.id)
    return ours.status in (ChatMember.ADMINISTRATOR, ChatMember.OWNER)
