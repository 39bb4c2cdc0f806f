"""Running the product: its loops, its console, and a clean end."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from pydantic import SecretStr
from rich.console import Console

from bot.clock import SystemClock
from bot.console import codec
from bot.console.app import ConsolePlatform, Conversation
from bot.console.keyboard import typed_lines
from bot.console.terminal import Terminal
from bot.demo import add_demo_family
from bot.door import Door
from bot.observing.start import Observing
from bot.platforms import ChatPlatform
from bot.product import product
from bot.settings import Settings
from bot.telegram.app import TelegramOptions, TelegramPlatform

if TYPE_CHECKING:
    from bot.slack.app import SlackPlatform
    from bot.wiring import Service
    from scheduling.ports import UnitOfWorkFactory

DOWNLOADS = Path("data/downloads")
DRAIN_SECONDS = 4
"""For what has begun, and again for the HTTP server's last requests: together less than the ten
seconds after which most supervisors kill a process."""
NOTHING = (
    "There is nothing to serve: set TELEGRAM_BOT_TOKEN or SLACK_BOT_TOKEN (see the README), "
    "or add --console."
)


def telegram_platform(settings: Settings) -> TelegramPlatform | None:
    """The Telegram end, where a token is set."""
    if settings.telegram_bot_token is None:
        return None
    return TelegramPlatform(
        TelegramOptions(
            token=settings.telegram_bot_token.get_secret_value(),
            base_url=settings.telegram_api_base_url,
            mode=settings.telegram_mode,
            webhook_url=f"{settings.public_base_url.rstrip('/')}/telegram/webhook",
            webhook_secret=_secret(settings.telegram_webhook_secret),
        )
    )


def slack_platform(settings: Settings) -> SlackPlatform | None:
    """The Slack end, where a token or an app to install is set."""
    if settings.slack_bot_token is None and not settings.slack_client_id:
        return None
    from bot.slack.app import SlackOptions, SlackPlatform
    from bot.slack.install import OAuthOptions

    oauth = None
    if settings.slack_client_id:
        oauth = OAuthOptions(
            settings.slack_client_id,
            _secret(settings.slack_client_secret),
            _secret(settings.slack_encryption_key),
            settings.public_base_url,
        )
    return SlackPlatform(
        SlackOptions(
            base_url=settings.slack_api_base_url,
            mode=settings.slack_mode,
            bot_token=_secret(settings.slack_bot_token) or None,
            app_token=_secret(settings.slack_app_token),
            signing_secret=_secret(settings.slack_signing_secret),
            oauth=oauth,
        )
    )


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""


def sending_platforms(
    settings: Settings, read: Callable[[], UnitOfWorkFactory]
) -> list[ChatPlatform]:
    """Every platform that is set up, for a process that sends and does not listen."""
    from bot.http.serving import http_platform

    found = (http_platform(settings, read), telegram_platform(settings), slack_platform(settings))
    return [platform for platform in found if platform is not None]


async def serve(
    settings: Settings, *, console: bool, speaker: str, observing: Observing | None = None
) -> int:
    """Everything that is configured, in one process, until the input ends or a signal comes."""
    terminal = Terminal(Console(highlight=False, markup=False, soft_wrap=True), DOWNLOADS)
    at_console = ConsolePlatform(terminal) if console else None
    telegram = telegram_platform(settings)
    slack = slack_platform(settings)
    platforms: list[ChatPlatform] = [p for p in (at_console, telegram, slack) if p is not None]
    if not platforms and not settings.http_enabled:
        terminal.say(NOTHING)
        return 1
    started: list[Door] = []
    if listens_on_http(settings):
        from bot.http.serving import http_platform

        platforms.append(http_platform(settings, lambda: started[0].reader))
    service: Door
    if at_console is not None:
        from bot.wiring import build

        # Whoever sits there is answered here, whether there are workers or not.
        service = whole = await build(settings, clock=SystemClock(), platforms=platforms)
    else:
        service = await product(settings, clock=SystemClock(), platforms=platforms)
    started.append(service)
    await service.start()
    running = [asyncio.create_task(service.run())]
    if listens_on_http(settings):
        from bot.http.serving import http_app, serve_http

        app = http_app(service, telegram, slack, observing)
        port = settings.listening_port
        running.append(asyncio.create_task(serve_http(app, settings.http_host, port)))
    try:
        if at_console is not None:
            await add_demo_family(service.uow, settings.default_timezone)
            await _converse(whole, at_console, terminal, speaker)
        else:
            await _until_stopped(running)
    finally:
        await service.finish(DRAIN_SECONDS)
        for task in running:
            task.cancel()
        with suppress(asyncio.CancelledError, TimeoutError):
            await asyncio.wait_for(asyncio.gather(*running, return_exceptions=True), DRAIN_SECONDS)
        await service.stop()
    return 0


def listens_on_http(settings: Settings) -> bool:
    """Whether anything that is configured is posted to us."""
    slack = settings.slack_client_id or (settings.slack_bot_token and settings.slack_mode == "http")
    telegram = settings.telegram_bot_token and settings.telegram_mode == "webhook"
    return settings.http_enabled or bool(slack or telegram)


async def _until_stopped(running: list[asyncio.Task[None]]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    stopped = asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait([stopped, *running], return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    for task in done - {stopped}:
        task.result()


async def _converse(
    service: Service, platform: ConsolePlatform, terminal: Terminal, speaker: str
) -> None:
    async def names() -> Collection[str]:
        async with service.database.reader() as uow:
            chat = await uow.chats.find(codec.chat())
            if chat is None:
                return []
            household = await uow.households.get(chat.household_id)
        return [n for m in household.members for n in (m.name, *m.aliases)]

    conversation = Conversation(
        platform,
        terminal,
        speaker=speaker,
        names=names,
        settle=service.settle,
        clock=service.clock,
        new_id=uuid4,
    )
    await conversation.run(typed_lines(sys.stdin.fileno()))
