"""The service that a script plays against: in the player's own process, or in one that dies."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from scheduling.messages import Inbound, TapAnswer

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ServiceSpec:
    """How a service is to be built; plain values, as they go to another process.

    settings: keyword arguments of `bot.settings.Settings`. platform: the end it listens on; where
    there are several, with spaces between.
    crash_at: die at that crash point.
    """

    settings: dict[str, Any]
    platform: str
    crash_at: int | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Crashed(Exception):
    """The service died under the player. point: where, if it died at a crash point."""

    def __init__(self, point: str | None) -> None:
        super().__init__(f"the service died ({point or 'nobody knows where'})")
        self.point = point


class Process(Protocol):
    """A service as the player handles it. Any method may raise Crashed."""

    async def start(self, now: datetime) -> None:
        """Build and start it; family time is `now`."""

    async def stop(self) -> None:
        """As SIGTERM does."""

    async def kill(self) -> None:
        """SIGKILL."""

    async def receive(self, inbound: Inbound) -> TapAnswer | None:
        """Hand over what the console's end heard."""

    async def set_clock(self, now: datetime) -> None: ...

    async def settle(self) -> None:
        """Returns when inbox, due outbox and due notices are empty."""

    async def next_due(self) -> datetime | None:
        """The earliest waiting notice."""

    async def watch(self) -> None:
        """Never returns; raises Crashed when the service dies."""


async def unless_it_dies(process: Process, done: Coroutine[Any, Any, T]) -> T:
    """What comes of it, once it is done. Raises Crashed as soon as the service dies meanwhile."""
    waiting, died = asyncio.create_task(done), asyncio.create_task(process.watch())
    try:
        await asyncio.wait({waiting, died}, return_when=asyncio.FIRST_COMPLETED)
        if died.done():
            died.result()
        return await waiting
    finally:
        waiting.cancel()
        died.cancel()
        await asyncio.gather(waiting, died, return_exceptions=True)
