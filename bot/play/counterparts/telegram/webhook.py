"""Posting updates to a bot's webhook, in order, each until it is answered with 2xx."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from bot.play.counterparts.telegram.errors import bad_request
from bot.play.counterparts.telegram.updates import Update, Updates

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(slots=True)
class Webhook:
    """url "": none is set. first_pause, longest_pause: seconds between tries at one update, the
    pause doubling; Telegram's own are longer, a test's are short. failures: tries refused."""

    updates: Updates
    now: Callable[[], datetime]
    first_pause: float = 0.005
    longest_pause: float = 0.1
    url: str = ""
    secret: str = ""
    failures: int = 0
    last_error: str = ""
    last_error_date: int = 0
    _task: asyncio.Task[None] | None = field(default=None, repr=False)

    async def set(self, url: str, secret: str) -> None:
        """`setWebhook`; an empty url takes it away. Raises ApiError for what Telegram refuses."""
        if secret and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        if url and not url.startswith(("http://", "https://")):
            raise bad_request("bad webhook: invalid webhook URL specified")
        await self.stop()
        self.url, self.secret = url, secret
        self.start()

    def start(self) -> None:
        if self.url and self._task is None:
            self._task = asyncio.create_task(self._deliver())

    async def stop(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def info(self) -> dict[str, Any]:
        """`getWebhookInfo`."""
        found: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.pending),
        }
        if self.last_error:
            found["last_error_message"] = self.last_error
            found["last_error_date"] = self.last_error_date
        if self.updates.allowed:
            found["allowed_updates"] = list(self.updates.allowed)
        return found

    async def _deliver(self) -> None:
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        async with httpx.AsyncClient(headers=headers, trust_env=False) as client:
            pause = self.first_pause
            while True:
                if not self.updates.pending:
                    await self.updates.changed.wait()
                elif await self._post(client, self.updates.pending[0]):
                    pause = self.first_pause
                else:
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, self.longest_pause)

    async def _post(self, client: httpx.AsyncClient, update: Update) -> bool:
        try:
            answer = await client.post(self.url, content=json.dumps(update))
        except httpx.HTTPError as error:
            self._failed(f"Connection failed: {type(error).__name__}")
            return False
        if not answer.is_success:
            self._failed(
                f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
            )
            return False
        self.updates.confirm(update["update_id"])
        return True

    def _failed(self, reason: str) -> None:
        self.failures += 1
        self.last_error = reason
        self.last_error_date = int(self.now().timestamp())
        self.updates.changed.notify()
