"""What is wrong between us and Telegram, in plain words and with the way to mend it."""

from __future__ import annotations

from typing import Literal

from telegram.error import InvalidToken, TelegramError

from bot.telegram.client import open_bot
from bot.telegram.codec import BotIdentity, identity_of

PRIVACY_ON = (
    "Privacy mode is on: in groups the bot hears commands, mentions and replies to it, and nothing "
    "else. That is enough to use it. For suggestions on ordinary talk, switch it off with "
    "/setprivacy at @BotFather, then remove the bot from the group and add it again."
)


async def diagnose(
    token: str, base_url: str, mode: Literal["polling", "webhook"]
) -> tuple[BotIdentity | None, list[str]]:
    """Who we are, if Telegram says, and what is wrong; the token is in neither."""
    bot, _ = open_bot(token, base_url)
    try:
        async with bot:
            me = identity_of(bot.bot)
            hook = await bot.get_webhook_info()
    except InvalidToken:
        return None, ["Telegram does not know TELEGRAM_BOT_TOKEN. Copy it again from @BotFather."]
    except TelegramError as error:
        return None, [f"Telegram cannot be reached at {base_url}: {error}."]
    problems = []
    if mode == "webhook" and hook.last_error_message:
        problems.append(f"Telegram could not deliver to the webhook: {hook.last_error_message}.")
    return me, problems
