"""A service inside the player's own process, for scripts that kill nothing."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.clock import HandClock
from bot.console.sender import ConsoleScreen
from bot.play.building import build_service
from bot.play.process import ServiceSpec
from bot.wiring import Service
from scheduling.messages import Inbound, TapAnswer


class LocalProcess:
    """Built anew at each start, as a process would be; only the database outlives it."""

    def __init__(self, spec: ServiceSpec, screen: ConsoleScreen) -> None:
        self._spec = spec
        self._screen = screen
        self._running: tuple[Service, HandClock] | None = None

    async def start(self, now: datetime) -> None:
        clock = HandClock(now)
        service = await build_service(self._spec, self._screen, clock)
        await service.start()
        self._running = service, clock

    async def stop(self) -> None:
        if self._running is not None:
            service, _ = self._running
            self._running = None
            await service.stop()

    async def kill(self) -> None:
        raise RuntimeError("a service inside the player cannot be killed")

    async def receive(self, inbound: Inbound) -> TapAnswer | None:
        return await self._now_running()[0].receive(inbound)

    async def set_clock(self, now: datetime) -> None:
        self._now_running()[1].set(now)

    async def settle(self) -> None:
        await self._now_running()[0].settle()

    async def next_due(self) -> datetime | None:
        return await self._now_running()[0].next_due()

    async def watch(self) -> None:
        await asyncio.Event().wait()

    def _now_running(self) -> tuple[Service, HandClock]:
        if self._running is None:
            raise RuntimeError("the service is not running")
        return self._running
