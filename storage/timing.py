"""How long statements take, and how many connections are in use: for whoever watches a process."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import QueuePool

Queried = Callable[[float], None]
"""Called after each statement with the seconds it took."""

_BEGAN = "family_scheduler_began"


def time_statements(engine: AsyncEngine, queried: Queried) -> None:
    """From now on. An engine with options of its own tells of its statements through this one."""

    def begins(connection: Connection, *_: Any) -> None:
        connection.info[_BEGAN] = monotonic()

    def ended(connection: Connection, *_: Any) -> None:
        queried(monotonic() - connection.info.pop(_BEGAN, monotonic()))

    event.listen(engine.sync_engine, "before_cursor_execute", begins)
    event.listen(engine.sync_engine, "after_cursor_execute", ended)


def connections(engines: set[AsyncEngine]) -> tuple[int, int]:
    """In use, and idle, of the pools of these engines."""
    pools = {engine.pool for engine in engines if isinstance(engine.pool, QueuePool)}
    return sum(p.checkedout() for p in pools), sum(p.checkedin() for p in pools)
