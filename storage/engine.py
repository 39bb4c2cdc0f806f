"""Opening a database, and what each engine needs to be told about transactions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from scheduling.access import Bearer
from scheduling.query_cache import NoCache, QueryCache
from storage import sqlite
from storage.timing import Queried, connections, time_statements
from storage.unit_of_work import Announce, SqlUnitOfWork
from storage.urls import engine_url


def machine_time() -> datetime:
    return datetime.now(UTC)


class Database:
    """`uow()` opens a transaction that may write, `reader()` one that only reads.

    announce: told which families each committed transaction has changed; set by whoever listens.
    cache: what their `known` remembers. The two differ because SQLite has one writer at a time:
    a transaction that writes takes that place at its first word, so it never finds out half-way
    that it cannot have it.
    """

    def __init__(
        self,
        writing: AsyncEngine,
        reading: AsyncEngine,
        now: Callable[[], datetime],
        cache: QueryCache,
    ) -> None:
        self.writing = writing
        self.reading = reading
        self._asking = reading
        if writing.dialect.name == "postgresql":
            self._asking = reading.execution_options(isolation_level="AUTOCOMMIT")
        self.dialect = writing.dialect.name
        self._now = now
        self._cache = cache
        self.announce: Announce | None = None

    def uow(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.writing, self._now, self.announce, self._cache)

    def reader(self) -> SqlUnitOfWork:
        """Anything written through it is refused by the database."""
        return SqlUnitOfWork(self.reading, self._now, cache=self._cache)

    async def bearer(self, digest: str) -> Bearer | None:
        """As `Tokens.find`. What is one statement needs no transaction around it, which on
        PostgreSQL is two round trips more."""
        async with SqlUnitOfWork(self._asking, self._now) as uow:
            return await uow.tokens.find(digest)

    def time_statements(self, queried: Queried) -> None:
        """queried: called after each statement with the seconds it took."""
        time_statements(self.writing, queried)
        if self.reading.sync_engine.pool is not self.writing.sync_engine.pool:
            time_statements(self.reading, queried)

    @property
    def connections(self) -> tuple[int, int]:
        """How many are in use, and how many are idle."""
        return connections({self.writing, self.reading})

    async def close(self) -> None:
        await self._cache.close()
        await self.reading.dispose()
        await self.writing.dispose()


def open_database(
    url: str,
    *,
    now: Callable[[], datetime] = machine_time,
    pool_size: int = 5,
    cache: QueryCache | None = None,
) -> Database:
    """Open `sqlite:///path` or `postgresql://user@host/db`; connects at first use.

    now: machine time. pool_size: connections kept, for PostgreSQL all, for SQLite readers.
    cache: of what is asked again and again; closed with the database.
    """
    cache = cache or NoCache()
    address = engine_url(url, "async")
    if address.get_backend_name() == "postgresql":
        # A plan made for the values of each call costs more than these small queries take.
        plans = {"server_settings": {"plan_cache_mode": "force_generic_plan"}}
        engine = create_async_engine(
            address,
            hide_parameters=True,
            pool_size=pool_size,
            max_overflow=0,
            # The one used last has its statements prepared, and a quiet hour leaves the others be.
            pool_use_lifo=True,
            connect_args=plans,
        )
        return Database(engine, engine.execution_options(postgresql_readonly=True), now, cache)
    # One connection that writes: waiting for it in the pool is first come, first served,
    # which SQLite's own waiting is not.
    writing = create_async_engine(
        address, hide_parameters=True, pool_size=1, max_overflow=0, pool_timeout=30
    )
    reading = create_async_engine(
        address, hide_parameters=True, pool_size=pool_size, max_overflow=0
    )
    sqlite.prepare(writing.sync_engine, begin="BEGIN IMMEDIATE")
    sqlite.prepare(reading.sync_engine, begin="BEGIN", query_only="ON")
    return Database(writing, reading, now, cache)
