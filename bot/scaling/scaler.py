"""Keeps the number of workers in the cloud at what the load wants.

Every worker is at it, since one always runs and none is special. They read the same rows and come
to the same number, so it does not matter which of them says it, or how many do.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from bot.scaling.autoscale import Limits, Steering, load_of
from bot.scaling.cloud_run import CloudRunError
from scheduling.ports import UnitOfWorkFactory

log = logging.getLogger(__name__)

LIMITS = Limits()
EVERY_SECONDS = 10.0


class Instances(Protocol):
    """Whatever runs workers (`bot.scaling.cloud_run.CloudRun` does)."""

    async def instances(self) -> int: ...
    async def set_instances(self, number: int) -> None: ...


class OwnProcessor:
    """The share of one processor that this process has used since it was last asked: as good a
    sign as any other worker's, since they share the work. Starting up counts as none."""

    def __init__(
        self,
        used: Callable[[], float] = time.process_time,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._used = used
        self._now = now
        self._before: tuple[float, float] | None = None

    def share(self) -> float:
        used, now = self._used(), self._now()
        before, self._before = self._before, (used, now)
        if before is None or now <= before[1]:
            return 0.0
        return min((used - before[0]) / (now - before[1]), 1.0)


class Scaler:
    def __init__(
        self,
        service: Instances,
        read: UnitOfWorkFactory,
        now: Callable[[], float] = time.monotonic,
        processor: OwnProcessor | None = None,
    ) -> None:
        self._service = service
        self._read = read
        self._steering = Steering(LIMITS, now)
        self._processor = processor or OwnProcessor()
        self._trouble = ""

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            await self.try_to_look()
            await asyncio.sleep(EVERY_SECONDS)

    async def try_to_look(self) -> None:
        """Once. Whatever is wrong is said once, and people are answered all the same."""
        try:
            await self.look()
            self._trouble = ""
        # The database or Google may be away for a minute.
        except Exception as error:
            self._say(error)

    async def look(self) -> None:
        """Once. Raises CloudRunError, and what the database raises."""
        async with self._read() as uow:
            backlog = await uow.backlogs.now()
        load = replace(load_of(backlog), cpu=self._processor.share())
        there = await self._service.instances()
        load, goal = self._steering.look(load, there)
        if goal == there:
            return
        await self._service.set_instances(goal)
        log.info(
            "workers: %d instead of %d; %d waiting, %d running, latency %.1f s, CPU %.0f %%",
            *(goal, there, load.depth, load.running, load.latency, 100 * load.cpu),
        )

    def _say(self, error: Exception) -> None:
        words = str(error) if isinstance(error, CloudRunError) else type(error).__name__
        if words != self._trouble:
            log.warning("the number of workers stays as it is: %s", words)
        self._trouble = words
