"""Pauses that grow while trouble lasts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

Sleep = Callable[[float], Awaitable[None]]


class Backoff:
    """first, most: seconds of the first and of the longest pause; each is twice the one before."""

    def __init__(self, first: float = 1, most: float = 30, sleep: Sleep = asyncio.sleep) -> None:
        self._first = first
        self._most = most
        self._sleep = sleep
        self._next = first

    async def pause(self, least: float = 0) -> None:
        """Wait; `least` seconds where the other side asked for them."""
        pause, self._next = self._next, min(self._next * 2, self._most)
        await self._sleep(max(pause, least))

    def reset(self) -> None:
        """The trouble is over."""
        self._next = self._first
