"""One update on its way in: read, recorded, and only then acknowledged."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import telegram
from telegram.error import BadRequest, TelegramError

from bot.telegram.codec import BotIdentity, inbound
from scheduling.messages import Inbound, TapAnswer
from scheduling.ports import Receiver

_log = logging.getLogger(__name__)
_TOAST_LIMIT = 200


class Intake:
    """Turns raw updates into recorded ones. What people wrote never reaches the log."""

    def __init__(
        self,
        bot: telegram.Bot,
        me: BotIdentity,
        receiver: Receiver,
        now: Callable[[], datetime],
    ) -> None:
        self.me = me
        self._bot = bot
        self._receiver = receiver
        self._now = now
        self._answers: set[asyncio.Task[None]] = set()

    async def take(self, raw: Mapping[str, Any]) -> None:
        """Returns once the update may be acknowledged; raises what the receiver raises.

        An update that cannot be read never will be: it is passed over.
        """
        happened = self._read(raw)
        if happened is None:
            return
        answer = await self._receiver.receive(happened)
        if happened.kind == "tap":
            self._answer(raw["callback_query"]["id"], answer)

    async def answered(self) -> None:
        """Wait until the answers under way are given."""
        await asyncio.gather(*self._answers)

    def _read(self, raw: Mapping[str, Any]) -> Inbound | None:
        try:
            return inbound(raw, self.me, self._now())
        except Exception as error:  # Any: a malformed update breaks the library in any way.
            _log.error("update %s cannot be read (%s)", raw.get("update_id"), type(error).__name__)
            return None

    def _answer(self, query_id: str, answer: TapAnswer | None) -> None:
        """In the background: several taps of one batch are answered at the same time."""
        task = asyncio.create_task(self._show(query_id, answer or TapAnswer("")))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _show(self, query_id: str, answer: TapAnswer) -> None:
        text = answer.text
        if len(text) > _TOAST_LIMIT:
            text = text[: _TOAST_LIMIT - 1] + "…"
        try:
            await self._bot.answer_callback_query(query_id, text or None, show_alert=answer.alert)
        except BadRequest:
            _log.info("a tap was answered too late to be shown")
        except TelegramError as error:
            _log.warning("a tap could not be answered: %s", error)
