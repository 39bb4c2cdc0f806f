"""Telegram as a chat platform: listens by long polling or by a webhook, and owns the sender."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Literal

from telegram import BotCommand
from telegram.error import InvalidToken, TelegramError

from bot.backoff import Backoff, Sleep
from bot.commands import COMMANDS
from bot.pacing import Limiter, Pace
from bot.telegram.client import open_bot
from bot.telegram.codec import BotIdentity, identity_of, migrated
from bot.telegram.files import fetch
from bot.telegram.hearing import heard_in
from bot.telegram.intake import Intake
from bot.telegram.polling import ALLOWED_UPDATES, Poller, quietly_cancel
from bot.telegram.sender import TelegramSender
from scheduling.messages import ChatAddress, FileRef, Hearing
from scheduling.ports import Receiver

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TelegramOptions:
    """token: from BotFather. base_url: of the Bot API server. webhook_url: the public address
    Telegram posts to, webhook_secret: what it repeats in a header; both only in webhook mode.
    webhook_connections: posts at a time; more than one may bring what queued up over an outage
    out of order. hold: seconds a poll is held open. pace: how fast we may speak."""

    token: str = field(repr=False)
    base_url: str = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    webhook_connections: int = 1
    hold: int = 30
    pace: Pace = field(default_factory=Pace)


class TelegramPlatform:
    """`ChatPlatform` for Telegram.

    now: family time, for what Telegram does not date. monotonic and sleep: machine time.
    """

    name: Literal["telegram"] = "telegram"

    def __init__(
        self,
        options: TelegramOptions,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        if options.mode == "webhook" and not options.webhook_secret:
            raise ValueError("webhook mode needs a secret, or anyone could post updates")
        self._options = options
        self._now = now
        self._sleep = sleep
        self._bot, self._poll_request = open_bot(options.token, options.base_url)
        self.sender = TelegramSender(
            self._bot, Limiter(monotonic, options.pace), self._report_migration
        )
        self._receiver: Receiver | None = None
        self._intake: Intake | None = None
        self._listening: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._hears = True

    @property
    def identity(self) -> BotIdentity | None:
        """Who we are; None until Telegram has answered for the first time."""
        return self._intake.me if self._intake else None

    async def hearing(self, chat: ChatAddress) -> Hearing:
        """Privacy mode, explained: which messages of a group reach us at all. Asked anew each
        time: BotFather changes it at any hour, and being an administrator lifts it."""
        if self.identity is None:
            return Hearing()
        return await heard_in(self._bot, self.identity, chat)

    async def fetch(self, chat: ChatAddress, file: FileRef) -> bytes:
        return await fetch(self._bot, file)

    async def start(self, receiver: Receiver, *, listen: bool = True) -> None:
        """Begin to connect and listen; returns at once, so that a network that is down holds
        up nothing else. `ready` tells when it is done."""
        self._receiver = receiver
        self._hears = listen
        self._listening = asyncio.create_task(self._listen(receiver))
        self._listening.add_done_callback(_tell_if_it_died)

    async def ready(self) -> None:
        """Wait until Telegram knows us and updates are on their way."""
        await self._ready.wait()

    async def answered(self) -> None:
        if self._intake is not None:
            await self._intake.answered()

    async def stop_listening(self) -> None:
        """Poll and take no more; answers to taps under way are finished first."""
        await quietly_cancel(self._listening)
        intake, self._intake, self._listening = self._intake, None, None
        self._ready.clear()
        if intake:
            await intake.answered()

    async def stop(self) -> None:
        await self.stop_listening()
        await self._bot.shutdown()

    async def handle_webhook(self, body: bytes, secret: str | None) -> int:
        """The HTTP status for what was posted to the webhook.

        403 unless `secret` (header X-Telegram-Bot-Api-Secret-Token) is ours; 200 only once the
        update is recorded; 503 where that failed, so that Telegram posts it again.
        """
        wanted = self._options.webhook_secret.encode()
        if not wanted or not hmac.compare_digest((secret or "").encode(), wanted):
            return HTTPStatus.FORBIDDEN
        try:
            raw = json.loads(body)
        except ValueError:
            return HTTPStatus.BAD_REQUEST
        if not isinstance(raw, dict):
            return HTTPStatus.BAD_REQUEST
        return await self._take_posted(raw)

    async def _take_posted(self, raw: dict[str, object]) -> int:
        if self._intake is None:
            return HTTPStatus.SERVICE_UNAVAILABLE
        try:
            await self._intake.take(raw)
        except Exception as error:  # Any: whatever the store raises, Telegram must post it again.
            _log.error("update was not recorded (%s)", type(error).__name__)
            return HTTPStatus.SERVICE_UNAVAILABLE
        return HTTPStatus.OK

    async def _listen(self, receiver: Receiver) -> None:
        backoff = Backoff(sleep=self._sleep)
        while True:
            try:
                await self._connect(receiver)
                break
            except InvalidToken:
                _log.error("Telegram does not know this bot token; Telegram stays off")
                return
            except TelegramError as error:
                _log.warning("Telegram cannot be reached, will try again: %s", error)
                await backoff.pause()
        self._ready.set()
        if self._hears and self._options.mode == "polling" and self._intake:
            poller = Poller(
                self._bot,
                self._poll_request,
                self._intake,
                hold=self._options.hold,
                backoff=Backoff(sleep=self._sleep),
            )
            await poller.run()

    async def _connect(self, receiver: Receiver) -> None:
        await self._bot.initialize()
        user = self._bot.bot
        me = identity_of(user)
        self._intake = Intake(self._bot, me, receiver, self._now)
        if not self._hears:
            return
        await self._announce_commands()
        if self._options.mode == "polling":
            await self._bot.delete_webhook(drop_pending_updates=False)
        else:
            await self._bot.set_webhook(
                self._options.webhook_url,
                allowed_updates=ALLOWED_UPDATES,
                secret_token=self._options.webhook_secret,
                max_connections=self._options.webhook_connections,
            )
        _log.info("on Telegram as @%s by %s", me.username, self._options.mode)

    async def _announce_commands(self) -> None:
        """The menu is a convenience: a refusal must not keep the bot from working."""
        try:
            await self._bot.set_my_commands(
                [BotCommand(name, text) for name, text in COMMANDS.items()]
            )
        except TelegramError as error:
            _log.warning("Telegram refused the command menu: %s", error)

    async def _report_migration(self, address: ChatAddress, new_id: str) -> None:
        if self._receiver is not None:
            old, title = address.external_id, address.title
            await self._receiver.receive(migrated(old, new_id, self._now(), title))


def _tell_if_it_died(task: asyncio.Task[None]) -> None:
    """A listener that ends in silence is a bot that is deaf."""
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.critical("listening to Telegram ended: %s", type(error).__name__, exc_info=error)
