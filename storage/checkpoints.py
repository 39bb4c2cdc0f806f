"""LangGraph's checkpoints, beside the domain's tables in the same database.

A thread is a disposable program counter. The tables are made by `storage.migrate` alone.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")  # read when LangGraph is imported

import aiosqlite
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import WRITES_IDX_MAP, BaseCheckpointSaver
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from psycopg import AsyncConnection
from psycopg.errors import DeadlockDetected, SerializationFailure
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from storage.sqlite import PRAGMAS
from storage.urls import engine_url, libpq_url, sqlite_path

Pool = AsyncConnectionPool[AsyncConnection[DictRow]]

# Ids of checkpoints grow with time.
_UNPRUNED = """SELECT thread_id, max(checkpoint_id) AS last FROM checkpoints
    GROUP BY thread_id HAVING count(*) > 1 AND max(checkpoint_id) < ? AND max(checkpoint_id) > ?
    ORDER BY last LIMIT ?"""
_IDLE = """SELECT thread_id, max(checkpoint_id) AS last FROM checkpoints
    GROUP BY thread_id HAVING max(checkpoint_id) < ? AND max(checkpoint_id) > ?
    ORDER BY last LIMIT ?"""
_UUID_EPOCH = datetime(1582, 10, 15, tzinfo=UTC)


class Checkpoints(Protocol):
    def saver(self) -> BaseCheckpointSaver[Any]:
        """The saver for one run of the graph."""

    async def exists(self, thread_id: str) -> bool: ...
    async def known(self, thread_ids: Sequence[str]) -> frozenset[str]:
        """Which of them there are."""

    async def prune(self, thread_id: str) -> None:
        """Keep only the last checkpoint. For finished threads: never for one that waits."""

    async def unpruned(
        self, before: datetime, beyond: str, limit: int
    ) -> Sequence[tuple[str, str]]:
        """Threads with more than one checkpoint, the last of them older than `before`: each with
        that one's id, the oldest first, beyond the id `beyond`."""

    async def idle(self, before: datetime, beyond: str, limit: int) -> Sequence[tuple[str, str]]:
        """The same of every thread, pruned or not."""

    async def delete(self, thread_id: str) -> None: ...


def open_checkpoints(url: str, *, pool_size: int = 5) -> AbstractAsyncContextManager[Checkpoints]:
    """The checkpoints of the database at that address (see `storage.engine.open_database`).

    pool_size: connections for PostgreSQL; they count beside those of the domain.
    """
    if engine_url(url, "sync").get_backend_name() == "sqlite":
        return _open_sqlite(sqlite_path(url))
    return _open_postgresql(libpq_url(url), pool_size)


Writes = Sequence[tuple[str, Any]]
"""What a node wrote: (channel, value)."""


def _marks(writes: Writes) -> bool:
    """Whether they say that a thread waits, was answered or failed. Others need not be stored
    ahead of the checkpoint that follows: a node that finished and has none runs again after a
    crash, as one that was cut short does, and its effects have keys."""
    return any(channel in WRITES_IDX_MAP for channel, _ in writes)


class _SqliteSaver(AsyncSqliteSaver):
    async def aput_writes(
        self, config: RunnableConfig, writes: Writes, task_id: str, task_path: str = ""
    ) -> None:
        if _marks(writes):
            await super().aput_writes(config, writes, task_id, task_path)


class _PostgresqlSaver(AsyncPostgresSaver):
    async def aput_writes(
        self, config: RunnableConfig, writes: Writes, task_id: str, task_path: str = ""
    ) -> None:
        if _marks(writes):
            await super().aput_writes(config, writes, task_id, task_path)


@asynccontextmanager
async def _open_sqlite(path: str) -> AsyncIterator[Checkpoints]:
    async with aiosqlite.connect(path, isolation_level="IMMEDIATE") as connection:
        for name, value in PRAGMAS.items():
            await connection.execute(f"PRAGMA {name} = {value}")
        yield SqliteCheckpoints(connection)


@asynccontextmanager
async def _open_postgresql(conninfo: str, pool_size: int) -> AsyncIterator[Checkpoints]:
    # What the saver's documentation asks of its connections; prepare_threshold 0 prepares at
    # first use.
    options = {"autocommit": True, "row_factory": dict_row, "prepare_threshold": 0}
    pool: Pool = AsyncConnectionPool(
        conninfo, min_size=1, max_size=pool_size, kwargs=options, open=False
    )
    async with pool:
        yield PostgresqlCheckpoints(pool)


class SqliteCheckpoints:
    """One connection and one saver for all runs: the saver's lock guards the connection."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._saver = _SqliteSaver(connection)
        # Otherwise its first use would create the tables.
        self._saver.is_setup = True

    def saver(self) -> BaseCheckpointSaver[Any]:
        return self._saver

    async def exists(self, thread_id: str) -> bool:
        found = "SELECT 1 FROM checkpoints WHERE thread_id = ? LIMIT 1"
        async with self._saver.lock, self._connection.execute(found, (thread_id,)) as cursor:
            return await cursor.fetchone() is not None

    async def known(self, thread_ids: Sequence[str]) -> frozenset[str]:
        listed = ", ".join("?" * len(thread_ids))
        found = f"SELECT DISTINCT thread_id FROM checkpoints WHERE thread_id IN ({listed})"  # noqa: S608
        async with self._saver.lock, self._connection.execute(found, thread_ids) as cursor:
            return frozenset(row[0] for row in await cursor.fetchall())

    async def prune(self, thread_id: str) -> None:
        # Ids of checkpoints grow with time.
        last = """(SELECT max(c.checkpoint_id) FROM checkpoints AS c
            WHERE c.thread_id = t.thread_id AND c.checkpoint_ns = t.checkpoint_ns)"""
        async with self._saver.lock:
            for table in ("writes", "checkpoints"):
                older = f"DELETE FROM {table} AS t WHERE thread_id = ? AND checkpoint_id < {last}"  # noqa: S608
                await self._connection.execute(older, (thread_id,))
            await self._connection.commit()

    async def unpruned(
        self, before: datetime, beyond: str, limit: int
    ) -> Sequence[tuple[str, str]]:
        return await self._page(_UNPRUNED, (_id_at(before), beyond, limit))

    async def idle(self, before: datetime, beyond: str, limit: int) -> Sequence[tuple[str, str]]:
        return await self._page(_IDLE, (_id_at(before), beyond, limit))

    async def _page(self, query: str, wanted: tuple[str, str, int]) -> Sequence[tuple[str, str]]:
        async with self._saver.lock, self._connection.execute(query, wanted) as cursor:
            return [(row[0], row[1]) for row in await cursor.fetchall()]

    async def delete(self, thread_id: str) -> None:
        await self._saver.adelete_thread(thread_id)


class PostgresqlCheckpoints:
    """A saver for each run, since one does a single thing at a time; they share the pool."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def saver(self) -> AsyncPostgresSaver:
        return _PostgresqlSaver(self._pool)

    async def exists(self, thread_id: str) -> bool:
        found = "SELECT 1 FROM checkpoints WHERE thread_id = %s LIMIT 1"
        async with self._pool.connection() as connection:
            return await (await connection.execute(found, (thread_id,))).fetchone() is not None

    async def known(self, thread_ids: Sequence[str]) -> frozenset[str]:
        found = "SELECT DISTINCT thread_id FROM checkpoints WHERE thread_id = ANY(%s)"
        async with self._pool.connection() as connection:
            cursor = await connection.execute(found, (list(thread_ids),))
            return frozenset(row["thread_id"] for row in await cursor.fetchall())

    async def prune(self, thread_id: str) -> None:
        # Another process is at it; what it leaves behind is what is wanted here.
        with suppress(SerializationFailure, DeadlockDetected):
            await self.saver().aprune([thread_id])

    async def unpruned(
        self, before: datetime, beyond: str, limit: int
    ) -> Sequence[tuple[str, str]]:
        return await self._page(_UNPRUNED, (_id_at(before), beyond, limit))

    async def idle(self, before: datetime, beyond: str, limit: int) -> Sequence[tuple[str, str]]:
        return await self._page(_IDLE, (_id_at(before), beyond, limit))

    async def _page(self, query: str, wanted: tuple[str, str, int]) -> Sequence[tuple[str, str]]:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(query.replace("?", "%s"), wanted)
            return [(row["thread_id"], row["last"]) for row in await cursor.fetchall()]

    async def delete(self, thread_id: str) -> None:
        await self.saver().adelete_thread(thread_id)


def _id_at(moment: datetime) -> str:
    """The smallest id of a checkpoint written then: a UUID of version 6 (RFC 9562), whose first
    60 bits count tenths of microseconds."""
    ticks = (moment - _UUID_EPOCH) // timedelta(microseconds=1) * 10
    return f"{ticks >> 28:08x}-{ticks >> 12 & 0xFFFF:04x}-6{ticks & 0xFFF:03x}-0000-000000000000"
