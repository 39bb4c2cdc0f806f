"""A receiver in the player's process, and workers in processes of their own behind a broker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

from bot.clock import HandClock
from bot.console.sender import ConsoleScreen
from bot.play.building import build_receiver
from bot.play.nursery import Nursery
from bot.play.process import ServiceSpec
from bot.play.remote import RemoteProcess
from bot.receiving import Receiving
from scheduling.messages import Inbound, TapAnswer

LAST_SECONDS = 4.0
"""For what the receiver has begun to answer."""


class CrewProcess:
    """All of them together are the service. workers: how many. nursery: one that forks workers."""

    def __init__(
        self, spec: ServiceSpec, screen: ConsoleScreen, nursery: Nursery, workers: int
    ) -> None:
        self._spec = spec
        self._screen = screen
        self._workers = [RemoteProcess(spec, screen, nursery) for _ in range(workers)]
        self._at_work = False
        self._receiver: tuple[Receiving, HandClock] | None = None

    async def start(self, now: datetime) -> None:
        """The workers come with the first `settle`: what people did meanwhile is heard first, as
        it is where one process is all."""
        clock = HandClock(now)
        receiver = await build_receiver(self._spec, self._screen, clock)
        await receiver.start()
        self._receiver = receiver, clock

    async def stop(self) -> None:
        receiver, self._receiver = self._receiver, None
        if receiver is not None:
            await receiver[0].finish(LAST_SECONDS)
            await receiver[0].stop()
        self._at_work = False
        await self._each(RemoteProcess.stop)

    async def kill(self) -> None:
        """The workers by SIGKILL. The receiver is the player's own and only leaves: what it has
        acknowledged is in the database, as it would be had it died."""
        receiver, self._receiver = self._receiver, None
        self._at_work = False
        await self._each(RemoteProcess.kill)
        if receiver is not None:
            await receiver[0].stop()

    async def receive(self, inbound: Inbound) -> TapAnswer | None:
        return await self._here()[0].receive(inbound)

    async def set_clock(self, now: datetime) -> None:
        self._here()[1].set(now)
        if self._at_work:
            await self._each(lambda worker: worker.set_clock(now))

    async def settle(self) -> None:
        """Each worker answers once nothing is left to do, and after all that it has shown."""
        if not self._at_work:
            now = self._here()[1].now()
            await self._each(lambda worker: worker.start(now))
            self._at_work = True
        await self._each(RemoteProcess.settle)
        for platform in self._here()[0].platforms:
            await platform.answered()

    async def next_due(self) -> datetime | None:
        async with self._here()[0].reader() as uow:
            return await uow.notices.next_due()

    async def watch(self) -> None:
        if not self._at_work:
            await asyncio.Event().wait()
        watching = [asyncio.create_task(worker.watch()) for worker in self._workers]
        try:
            await asyncio.gather(*watching)
        finally:
            for each in watching:
                each.cancel()

    async def _each(self, do: Callable[[RemoteProcess], Coroutine[Any, Any, None]]) -> None:
        """With every worker at once. Raises what went wrong first, after all are through."""
        done = await asyncio.gather(*map(do, self._workers), return_exceptions=True)
        for error in done:
            if isinstance(error, BaseException):
                raise error

    def _here(self) -> tuple[Receiving, HandClock]:
        if self._receiver is None:
            raise RuntimeError("the service is not running")
        return self._receiver
