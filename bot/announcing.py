"""Telling other processes which families have changed, over Redis' publish and subscribe.

One that is missed is made up for: whoever follows a family also looks into the database.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

import redis.asyncio
from redis.exceptions import RedisError

from bot.backoff import Backoff

log = logging.getLogger(__name__)

CHANNEL = "family_scheduler:changes"
CONNECT_SECONDS = 1.0

Told = Callable[[frozenset[UUID]], None]


class Channel:
    """Families are ids, and nothing else is said of them."""

    def __init__(self, url: str) -> None:
        self._redis = redis.asyncio.from_url(url, socket_connect_timeout=CONNECT_SECONDS)
        self._waiting: set[UUID] = set()
        self._telling: asyncio.Task[None] | None = None

    def announce(self, households: frozenset[UUID]) -> None:
        """Soon, in the background; nobody waits for it."""
        self._waiting |= households
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell())

    async def _tell(self) -> None:
        while self._waiting:
            told, self._waiting = self._waiting, set()
            try:
                await self._redis.publish(CHANNEL, " ".join(each.hex for each in told))
            except (RedisError, OSError) as error:
                log.info("a change could not be announced (%s)", type(error).__name__)

    async def listen(self, told: Told) -> None:
        """Hand on what others announce, until cancelled, however often the line breaks."""
        backoff = Backoff(sleep=asyncio.sleep)
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as line:
                    await line.subscribe(CHANNEL)
                    async for message in line.listen():
                        told(frozenset(UUID(each) for each in message["data"].decode().split()))
            except (RedisError, OSError) as error:
                log.info("changes of other processes are not heard (%s)", type(error).__name__)
                await backoff.pause()

    async def close(self) -> None:
        if self._telling is not None:
            self._telling.cancel()
            with suppress(asyncio.CancelledError):
                await self._telling
        await self._redis.aclose()
