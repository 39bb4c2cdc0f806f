"""What a transaction promises: all or nothing, and few words."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from scheduling.errors import NotFound
from scheduling.events import Participant
from storage.engine import Database, open_database
from storage.urls import engine_url, libpq_url
from tests.conftest import Statements
from tests.storage.samples import (
    HORIZON,
    LEASE,
    NOON,
    family,
    message,
    outgoing,
    single,
    store_family,
    weeks,
)


async def test_without_commit_nothing_happened(database: Database) -> None:
    of = family()
    async with database.uow() as uow:
        await uow.households.add(of.household)
    async with database.reader() as uow:
        with pytest.raises(NotFound):
            await uow.households.get(of.id)


async def test_an_error_takes_everything_back(database: Database) -> None:
    of = family()

    async def fail() -> None:
        async with database.uow() as uow:
            await uow.households.add(of.household)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with database.reader() as uow:
        assert await uow.households.all_ids() == []


async def test_nothing_is_seen_before_commit(database: Database) -> None:
    of = family()
    async with database.uow() as uow:
        await uow.households.add(of.household)
        async with database.reader() as other:
            assert await other.households.all_ids() == []
        await uow.commit()
    async with database.reader() as other:
        assert await other.households.all_ids() == [of.id]


async def test_a_reader_cannot_write(database: Database) -> None:
    async with database.reader() as uow:
        with pytest.raises(DBAPIError):
            await uow.households.add(family().household)


async def test_a_stranger_cannot_take_part(database: Database) -> None:
    of = family()
    async with database.uow() as uow:
        await store_family(uow, of)
        odd = replace(single(of.household), participants=(Participant(uuid4()),))
        with pytest.raises(IntegrityError):
            await uow.events.save(odd, [], HORIZON)


async def test_sqlite_is_set_up_to_keep_what_it_was_told(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    for engine in (database.writing, database.reading):
        async with engine.connect() as connection:
            for pragma, value in expected.items():
                assert (await connection.execute(text(f"PRAGMA {pragma}"))).scalar() == value
            waits = (await connection.execute(text("PRAGMA busy_timeout"))).scalar()
            assert waits is not None
            assert waits >= 5000
    await database.close()


async def test_how_many_statements(database: Database, statements: Statements) -> None:
    of = family()
    new, bare = single(of.household), replace(single(of.household), participants=())
    said, told = message(of.chat, 1), outgoing(of.chat, "1")
    async with database.uow() as uow:
        await store_family(uow, of)
        steps: dict[str, tuple[int, Callable[[], Awaitable[object]]]] = {
            "households.get": (1, lambda: uow.households.get(of.id)),
            "events.get": (1, lambda: uow.events.get(of.id, of.event.id)),
            "events.save, new, one person": (
                3,
                lambda: uow.events.save(new, list(weeks(new, 1)), HORIZON),
            ),
            "events.save, new, nobody": (
                2,
                lambda: uow.events.save(bare, list(weeks(bare, 1)), HORIZON),
            ),
            "events.save, moved": (
                3,
                lambda: uow.events.save(replace(new, version=1), list(weeks(new, 1)), HORIZON),
            ),
            "inbox.add": (
                1,
                lambda: uow.inbox.add(of.id, of.chat.id, None, uuid4(), said, NOON),
            ),
            "inbox.next_of_chat": (1, lambda: uow.inbox.next_of_chat(of.chat.id, "a")),
            "outbox.add": (1, lambda: uow.outbox.add(of.id, told)),
            "outbox.claim": (2, lambda: uow.outbox.claim("a", LEASE, 100)),
            "outbox.claim, nothing": (1, lambda: uow.outbox.claim("a", LEASE, 100)),
            "outbox.claim, of some platforms": (
                1,
                lambda: uow.outbox.claim("a", LEASE, 100, ("console", "slack")),
            ),
            "notices.claim_due": (1, lambda: uow.notices.claim_due(NOON, "a", LEASE, 100)),
        }
        for name, (count, step) in steps.items():
            with statements(database) as sent:
                await step()
            assert len(sent) == count, (name, sent)


def test_addresses_people_write_find_their_driver() -> None:
    assert engine_url("sqlite:///data/f.db", "async").drivername == "sqlite+aiosqlite"
    assert engine_url("postgresql://u:p@h/d", "async").drivername == "postgresql+asyncpg"
    assert engine_url("postgres://u@h/d", "sync").drivername == "postgresql+psycopg"
    assert libpq_url("postgresql+asyncpg://u:p@h/d") == "postgresql://u:p@h/d"


@pytest.mark.parametrize("url", ["mysql://h/d", "nonsense", "", "sqlite://", "sqlite:///:memory:"])
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"[Dd]atabase|SQLite"):
        engine_url(url, "async")


def test_opening_a_database_does_not_import_langgraph() -> None:
    heavy = "{'langgraph', 'langchain_core', 'psycopg', 'alembic'} & set(sys.modules)"
    code = f"import sys, storage, storage.engine, storage.tables; print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
