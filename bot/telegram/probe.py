"""Whether Telegram knows our token; for `doctor`."""

from __future__ import annotations

from telegram.error import InvalidToken, TelegramError

from bot.telegram.client import open_bot

UNREACHED = "it can't be reached from here."


async def probe(token: str, base_url: str) -> tuple[str, str]:
    """The bot's user name and "", or "" and what is wrong, without the token in it."""
    bot, _ = open_bot(token, base_url)
    try:
        async with bot:
            return bot.username, ""
    except InvalidToken:
        return "", "it does not know this token."
    except TelegramError:
        return "", UNREACHED
