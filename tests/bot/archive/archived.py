"""What the tests of the archive look at: the rows of threads, and archives that die."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.archive.archiving import Archiving
from bot.archive.folder import FolderArchive
from scheduling.archive import Archive
from tests.agents.home import checkpoints_of, threads_on
from tests.bot.talk import Talk

DAY = timedelta(days=1)
KEPT = 30 * DAY
TABLES = {
    "sqlite": ("checkpoints", "writes"),
    "postgresql": ("checkpoints", "checkpoint_blobs", "checkpoint_writes"),
}


class Killed(Exception):
    """Stands for the death of the process."""


class Dying:
    """An archive whose process is killed once the object is written."""

    def __init__(self, inner: Archive) -> None:
        self._inner = inner

    async def put(self, name: str, content: bytes) -> None:
        await self._inner.put(name, content)
        raise Killed

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def archiving(talk: Talk, archive: Archive) -> Archiving:
    checkpoints = checkpoints_of(talk)
    threads = threads_on(talk.service, checkpoints)
    return Archiving(archive, checkpoints, threads, talk.service.database.reader)


def folder(path: Path) -> FolderArchive:
    return FolderArchive(path / "archive")


def after(days: int) -> datetime:
    """Whose checkpoints are old enough on that day from now."""
    return datetime.now(UTC) + days * DAY - KEPT


async def rows(talk: Talk) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every thread, byte for byte."""
    database = talk.service.database
    found = {}
    async with database.reading.connect() as connection:
        for table in TABLES[database.dialect]:
            read = await connection.execute(sa.text(f"SELECT * FROM {table}"))
            found[table] = sorted((tuple(row) for row in read), key=repr)
    return found


def of_thread(
    found: dict[str, list[tuple[Any, ...]]], thread_ids: Sequence[str]
) -> dict[str, list[tuple[Any, ...]]]:
    """Each table's rows begin with the thread's id."""
    return {table: [row for row in each if row[0] in thread_ids] for table, each in found.items()}
