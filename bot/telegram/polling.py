"""Long polling whose offset advances only over updates that are recorded.

python-telegram-bot's own Updater advances it once an update is queued in memory, and what is in
memory dies with the process.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import telegram
from telegram.error import Conflict, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.backoff import Backoff
from bot.telegram.failures import retry_after
from bot.telegram.intake import Intake

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
_TRIES = 3
_log = logging.getLogger(__name__)


class Poller:
    """hold: seconds Telegram may hold a poll open. backoff: pauses after trouble."""

    def __init__(
        self,
        bot: telegram.Bot,
        request: BaseRequest,
        intake: Intake,
        *,
        hold: int,
        backoff: Backoff,
    ) -> None:
        self._bot = bot
        self._request = request
        self._intake = intake
        self._hold = hold
        self._backoff = backoff
        self._offset: int | None = None
        self._tries: Counter[int] = Counter()

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            try:
                pause = await self._round()
            except Exception as error:  # Any: whatever it was, a loop that ends is a deaf bot.
                _log.error("a round of polling failed (%s)", type(error).__name__, exc_info=error)
                pause = 0
            if pause is None:
                self._backoff.reset()
            else:
                await self._backoff.pause(pause)

    async def _round(self) -> float | None:
        """One poll and what it brought; a number of seconds asks for a pause, at least as long.

        Taps are answered before the next poll confirms them: one whose answer died with the
        process comes again, and is answered then.
        """
        try:
            batch = await self._fetch()
        except Conflict as error:
            _log.error(
                "another process polls Telegram with this bot's token, or a webhook is set; "
                "only one may: %s",
                error,
            )
            return 0
        except RetryAfter as error:
            _log.warning("Telegram asks to poll less often: %s", error)
            return retry_after(error).total_seconds()
        except TelegramError as error:
            _log.warning("polling Telegram failed, will try again: %s", error)
            return 0
        recorded = await self.drain(batch)
        await self._intake.answered()
        return None if recorded else 0

    async def _fetch(self) -> Sequence[dict[str, Any]]:
        """The updates as Telegram wrote them: `Bot.get_updates` parses all of a batch or none,
        so one odd update would hide the others."""
        wanted: dict[str, str | int] = {
            "timeout": self._hold,
            "allowed_updates": json.dumps(ALLOWED_UPDATES),
        }
        if self._offset is not None:
            wanted["offset"] = self._offset
        found: Any = await self._request.post(
            f"{self._bot.base_url}/getUpdates?{urlencode(wanted)}", read_timeout=self._hold + 10
        )
        return found if isinstance(found, list) else []

    async def drain(self, batch: Sequence[dict[str, Any]]) -> bool:
        """Record a batch in order; the offset follows as far as that went.

        One that failed three times is passed over only when a later one could be recorded and
        it then fails again: then it is the update, and not the database that is away.
        """
        aside: list[dict[str, Any]] = []
        for raw in batch:
            if await self._recorded(raw):
                for odd in aside:
                    await self._last_chance(odd)
                aside.clear()
                self._offset = raw["update_id"] + 1
            elif self._tries[raw["update_id"]] >= _TRIES:
                aside.append(raw)
            else:
                break
        else:
            return not aside
        return False

    async def _last_chance(self, raw: dict[str, Any]) -> None:
        if not await self._recorded(raw):
            _log.error("update %s could not be recorded and is passed over", raw["update_id"])
            del self._tries[raw["update_id"]]

    async def _recorded(self, raw: dict[str, Any]) -> bool:
        number = raw["update_id"]
        try:
            await self._intake.take(raw)
        except Exception as error:  # Any: whatever the store raises, the update must come again.
            self._tries[number] += 1
            _log.error("update %s was not recorded (%s)", number, type(error).__name__)
            return False
        self._tries.pop(number, None)
        return True


async def quietly_cancel(task: asyncio.Task[None] | None) -> None:
    """Cancel a task of ours and wait until it is gone."""
    if task is None:
        return
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
