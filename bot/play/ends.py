"""A service's own end of each platform, as a script needs it."""

from __future__ import annotations

from bot.clock import HandClock
from bot.console.app import ConsolePlatform
from bot.console.sender import ConsoleScreen
from bot.pacing import UNPACED
from bot.platforms import ChatPlatform
from bot.settings import Settings
from bot.telegram.app import TelegramOptions, TelegramPlatform


def console_end(screen: ConsoleScreen) -> ChatPlatform:
    """The console, showing on `screen`."""
    return ConsolePlatform(screen)


def telegram_end(settings: Settings, clock: HandClock) -> ChatPlatform:
    """The real adapter, talking to the counterpart the settings name: as fast as the machine
    allows, for the counterpart has no limit to respect."""
    token = settings.telegram_bot_token
    if token is None:
        raise ValueError("a script on Telegram needs the counterpart's token")
    options = TelegramOptions(
        token.get_secret_value(), settings.telegram_api_base_url, pace=UNPACED
    )
    return TelegramPlatform(options, now=clock.now)
