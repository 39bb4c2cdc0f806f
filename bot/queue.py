"""The broker: "chat X has work", from those who receive to those who do the work.

A message of it that is lost loses nothing: what is to be done is a row of the inbox, and workers
look for rows that nobody has taken.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

import redis.asyncio
from celery import Celery
from redis.exceptions import RedisError

from bot.broker import Transport

log = logging.getLogger(__name__)

PROCESS_EVENT = "process_event"
QUEUE = "family_scheduler"
LONGEST_TURN_SECONDS = 3600
"""A task that is not acknowledged for so long is given to another worker. No turn takes as long."""

CONNECT_SECONDS = 1.0


def celery_app(broker_url: str) -> Celery:
    """The application that receivers and workers share."""
    app = Celery("family_scheduler", broker=broker_url, set_as_current=False)
    app.conf.update(
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        task_default_queue=QUEUE,
        task_serializer="json",
        accept_content=["json"],
        worker_prefetch_multiplier=1,
        # A worker's turns wait on models and databases, on one event loop: threads only wait.
        worker_pool="threads",
        worker_concurrency=16,
        worker_hijack_root_logger=False,
        worker_send_task_events=False,
        broker_transport=Transport,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        # Nothing is cut off when the broker goes: rows and leases see to it that all is done once.
        worker_cancel_long_running_tasks_on_connection_loss=False,
        broker_transport_options={
            "visibility_timeout": LONGEST_TURN_SECONDS,
            "socket_connect_timeout": CONNECT_SECONDS,
            "socket_timeout": 5.0,
            "max_retries": 0,
        },
    )
    return app


def listen(app: Celery, carry: Callable[[str], None]) -> None:
    """Have `carry` do what waits in a chat, whenever the broker names one. Acknowledged once it
    is done; done once, however often it comes."""

    def process_event(chat_id: str) -> None:
        carry(chat_id)

    app.task(process_event, name=PROCESS_EVENT, shared=False)


def publisher(broker_url: str) -> Callable[[str], None]:
    """Sends a chat's id to the workers; blocks for no longer than a connection may take."""
    app = celery_app(broker_url)

    def publish(chat_id: str) -> None:
        app.send_task(PROCESS_EVENT, args=[chat_id], retry=False)

    return publish


async def depth(broker_url: str) -> int | None:
    """How many messages wait; None where there is no broker, or where it is away."""
    if not broker_url:
        return None
    queue = redis.asyncio.from_url(
        broker_url, socket_connect_timeout=CONNECT_SECONDS, socket_timeout=CONNECT_SECONDS
    )
    try:
        return await queue.llen(QUEUE)
    except RedisError:
        return None
    finally:
        await queue.aclose()


class Hints:
    """Tells the workers, in the background: nobody who writes to us waits for the broker."""

    def __init__(self, publish: Callable[[str], None]) -> None:
        self._publish = publish
        self._waiting: dict[UUID, None] = {}
        self._telling: asyncio.Task[None] | None = None

    def send(self, chat_id: UUID) -> None:
        """Soon, and once however often it is said until then."""
        self._waiting[chat_id] = None
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell())

    async def _tell(self) -> None:
        while self._waiting:
            chat_id = next(iter(self._waiting))
            del self._waiting[chat_id]
            try:
                await asyncio.to_thread(self._publish, str(chat_id))
            # Whatever the broker's client raises: the workers find the row by themselves.
            except Exception as error:
                log.warning("the broker cannot be reached (%s)", type(error).__name__)

    async def stop(self, within: float) -> None:
        """Tell what is left, if that takes no longer. within: seconds."""
        if self._telling is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._telling), within)
