"""A worker's half of the product: one event loop in a thread of its own, one database pool.

Celery's threads hand what they are given to that loop and wait, so that one worker carries as many
requests as it has threads, while each of them waits for a model.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import Any, TypeVar
from uuid import UUID

from bot.announcing import Channel
from bot.clock import SystemClock
from bot.health import Page, no_page
from bot.observing.start import Observing
from bot.platforms import ChatPlatform
from bot.scaling.cloud_run import CloudRun
from bot.scaling.scaler import Scaler
from bot.settings import Settings
from bot.wiring import Service, build
from scheduling.ports import Clock, UnitOfWorkFactory

log = logging.getLogger(__name__)

T = TypeVar("T")

DRAIN_SECONDS = 8
"""For what has begun: with what stopping takes besides, less than the ten seconds after which
Cloud Run kills a process."""

ANSWER_SECONDS = 3.0

Platforms = Callable[[], list[ChatPlatform]]


class Working:
    """All of it is called from other threads than the loop's."""

    def __init__(
        self, settings: Settings, platforms: Platforms, clock: Clock | None = None
    ) -> None:
        self._settings = settings
        self._platforms = platforms
        self._clock = clock or SystemClock()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="event loop")
        self._running: list[asyncio.Task[None]] = []
        self._finished: Future[None] | None = None
        self._channel: Channel | None = None
        self._cloud: CloudRun | None = None
        self.service: Service | None = None

    def start(self) -> None:
        """Returns once it works. Raises what keeps it from working."""
        self._thread.start()
        self._hand(self._start()).result()

    def carry(self, chat_id: str) -> None:
        """Do what waits in that chat, if nobody else is at it; then there is nothing left."""
        waiting = self._hand(self._carry(UUID(chat_id)))
        with suppress(CancelledError):
            waiting.result()

    def finish_soon(self) -> None:
        """Take nothing more, and finish what has begun. Returns at once: `stop` waits for it."""
        self._finished = self._hand(self._finish())

    @property
    def reader(self) -> UnitOfWorkFactory:
        """Transactions that only read, once it has started."""
        assert self.service is not None
        return self.service.reader

    def answers(self) -> bool:
        """Whether its loop runs and its database answers."""
        assert self.service is not None
        asked = self._hand(self.service.answers())
        try:
            return asked.result(ANSWER_SECONDS)
        # Each driver has errors of its own; readiness is what is asked for.
        except Exception:
            return False

    def page_of(self, observing: Observing) -> Page:
        """What /metrics answers, once it has started."""
        assert self.service is not None
        page = observing.page(self._settings, self.service.database, self._clock)
        if page is None:
            return no_page
        known = page

        def read(authorization: str) -> tuple[int, bytes]:
            if not known.allows(authorization):
                return 401, b""
            try:
                return 200, self._hand(known.text()).result(ANSWER_SECONDS)
            # As for readiness: whatever keeps the database from answering.
            except Exception as error:
                log.warning("the metrics cannot be read (%s)", type(error).__name__)
                return 503, b""

        return read

    def stop(self) -> None:
        """Let go of everything; what is unfinished is in its rows."""
        if self._finished is not None:
            self._finished.result()
        self._hand(self._stop()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def look(self) -> None:
        """There may be something to do."""
        assert self.service is not None
        self._loop.call_soon_threadsafe(self.service.look)

    def settled(self) -> None:
        """Returns when nothing is left to do, by whichever worker."""
        assert self.service is not None
        self._hand(self.service.settled()).result()

    def _hand(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Have it done on the loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _start(self) -> None:
        self.service = await build(
            self._settings, clock=self._clock, platforms=self._platforms(), listens=False
        )
        self._channel = Channel(self._settings.celery_broker_url)
        self.service.database.announce = self._channel.announce
        await self.service.start()
        self._running.append(asyncio.create_task(self.service.run()))
        if service := self._settings.scale_cloud_run:
            self._cloud = CloudRun(service, self._settings.cloud_run_base_url)
            scaler = Scaler(self._cloud, self.service.reader)
            self._running.append(asyncio.create_task(scaler.run()))

    async def _carry(self, chat_id: UUID) -> None:
        assert self.service is not None
        try:
            await self.service.runner.drain(chat_id)
        # The database may be away for a minute; the row stays, and the loop looks for it.
        except Exception as error:
            log.warning("chat %s has to wait (%s)", chat_id, type(error).__name__)
        # What a receiver has done at once is still to be sent.
        self.service.look()

    async def _finish(self) -> None:
        if self.service is not None:
            await self.service.finish(DRAIN_SECONDS)

    async def _stop(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        if self._cloud is not None:
            await self._cloud.close()
        if self._channel is not None:
            await self._channel.close()
        if self.service is not None:
            await self.service.stop()
