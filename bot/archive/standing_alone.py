"""The archive and what it moves, for a command that runs without the rest of the product."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from agents.graph import build_graph
from agents.state import Tools
from agents.threads import Threads
from bot.archive.archiving import Archiving
from bot.clock import SystemClock
from scheduling.archive import Archive
from storage.checkpoints import Checkpoints, open_checkpoints
from storage.engine import Database, open_database


def archiving_over(database: Database, checkpoints: Checkpoints, archive: Archive) -> Archiving:
    """The graph is needed only to tell whether a thread waits."""
    tools = Tools(database.uow, database.reader, SystemClock())
    threads = Threads(build_graph(tools), checkpoints)
    return Archiving(archive, checkpoints, threads, database.reader)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[tuple[Database, Checkpoints]]:
    """Both halves of the database at that address."""
    database = open_database(url)
    try:
        async with open_checkpoints(url, pool_size=1) as checkpoints:
            yield database, checkpoints
    finally:
        await database.close()
