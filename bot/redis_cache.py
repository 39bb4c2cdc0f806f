"""What was found in the database, remembered in Redis for those who ask the same again."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeVar

import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

T = TypeVar("T")

KEPT_SECONDS = 600
"""Nobody asks for a family's old state again; it only takes room until then."""
PATIENCE_SECONDS = 0.2
"""For connecting and for each answer: asking the database takes no longer."""
PAUSE_SECONDS = 5.0
"""Redis is left alone for so long after it has failed."""
QUIET_SECONDS = 60.0
"""Between two lines of the log about it."""


class RedisCache:
    """Implements `QueryCache`. Without Redis the database answers, and a request waits once for
    `PATIENCE_SECONDS` at most; then nobody asks Redis for `PAUSE_SECONDS`.

    now: seconds that never go back.
    """

    def __init__(self, url: str, now: Callable[[], float] = monotonic) -> None:
        self._redis = redis.asyncio.from_url(
            url,
            socket_connect_timeout=PATIENCE_SECONDS,
            socket_timeout=PATIENCE_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._now = now
        self._away_until = float("-inf")
        self._quiet_until = float("-inf")

    async def get(self, key: str) -> bytes | None:
        held = await self._tried(lambda: self._redis.get(key))
        return held.encode() if isinstance(held, str) else held

    async def put(self, key: str, value: bytes) -> None:
        await self._tried(lambda: self._redis.set(key, value, ex=KEPT_SECONDS))

    async def close(self) -> None:
        await self._redis.aclose()

    async def _tried(self, ask: Callable[[], Awaitable[T]]) -> T | None:
        if self._now() < self._away_until:
            return None
        try:
            return await ask()
        except (RedisError, OSError) as error:
            now = self._now()
            self._away_until = now + PAUSE_SECONDS
            if now >= self._quiet_until:
                self._quiet_until = now + QUIET_SECONDS
                log.warning("the cache is away (%s); the database answers", type(error).__name__)
            return None
