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


def slack_end(settings: Settings, clock: HandClock) -> ChatPlatform:
    """The real adapter over a real socket, as fast as the machine allows."""
    from bot.slack.app import SlackOptions, SlackPlatform

    bot, app = settings.slack_bot_token, settings.slack_app_token
    if bot is None or app is None:
        raise ValueError("a script on Slack needs the counterpart's tokens")
    options = SlackOptions(
        base_url=settings.slack_api_base_url,
        bot_token=bot.get_secret_value(),
        app_token=app.get_secret_value(),
        pace=UNPACED,
    )
    return SlackPlatform(options, now=clock.now)


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
