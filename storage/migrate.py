"""Changing the schema, and telling whether it is as it should be.

Nothing else in the product creates or alters a table. All functions are synchronous and open
their own short connection; they take the same addresses as `open_database`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

import psycopg
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from storage import sqlite
from storage.checkpoint_tables import CHECKPOINT_TABLES
from storage.tables import metadata
from storage.trouble import is_absent
from storage.urls import engine_url, sqlite_path

_LOCK = 7_365_001  # the advisory lock of migrating: any number of our own
_TRIES, _PAUSE = 240, 0.25  # a minute, in seconds

TROUBLE = (DBAPIError, psycopg.Error, CommandError, OSError)
"""What the functions here raise where the database, or the revision, is not to be had."""

_SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the schema up, and make the tables of the checkpoints. Safe to repeat."""
    if engine_url(url, "sync").get_backend_name() == "sqlite":
        Path(sqlite_path(url)).parent.mkdir(parents=True, exist_ok=True)
    # LangGraph is slow to import, and only those who migrate need it here.
    from storage.checkpoint_setup import create_checkpoint_tables

    with _alone(url):
        with _connected(url) as connection:
            command.upgrade(_config(connection), revision)
        create_checkpoint_tables(url)


def downgrade(url: str, revision: str) -> None:
    """Take the schema back to that revision; "base" leaves no table of ours."""
    with _connected(url) as connection:
        command.downgrade(_config(connection), revision)


def is_older(url: str, revision: str) -> bool:
    """Whether that revision lies behind the one the database is at: going there is going back."""
    here = current(url)
    if here is None or here == revision:
        return False
    earlier = ScriptDirectory(str(_SCRIPTS)).iterate_revisions(here, "base")
    return any(script.revision == revision for script in earlier)


def current(url: str) -> str | None:
    """The revision the database is at; None before the first migration."""
    address = engine_url(url, "sync")
    if address.get_backend_name() == "sqlite" and not Path(sqlite_path(url)).exists():
        return None
    with _connected(url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The newest revision this program knows."""
    return ScriptDirectory(str(_SCRIPTS)).get_current_head()


def knows(revision: str) -> bool:
    """Whether it is one of this program's, and not of a newer one."""
    try:
        return ScriptDirectory(str(_SCRIPTS)).get_revision(revision) is not None
    except CommandError:
        return False


def check(url: str) -> list[str]:
    """What is wrong with the database, in plain words; empty when nothing is."""
    try:
        with _connected(url) as connection:
            return _problems(connection)
    except (*TROUBLE, ValueError) as error:
        return [in_words(error)]


def check_once_there(url: str, away: Callable[[str], None], pause: float = 1.0) -> list[str]:
    """The same, but a database that is not there is waited for, as long as it takes: whoever
    starts everything at once need not care about the order. away: told once, in a sentence. pause:
    seconds between two looks."""
    told = False
    while True:
        try:
            with _connected(url) as connection:
                return _problems(connection)
        except (*TROUBLE, ValueError) as error:
            if not is_absent(error):
                return [in_words(error)]
            if not told:
                away(in_words(error))
                told = True
        sleep(pause)


def in_words(error: Exception) -> str:
    """What went wrong with a database, in one sentence."""
    if isinstance(error, (ValueError, CommandError)):
        return str(error)
    return f"The database cannot be reached: {_first_line(error)}"


def _problems(connection: Connection) -> list[str]:
    here, newest = MigrationContext.configure(connection).get_current_revision(), head()
    if here != newest:
        was = f"at revision {here}" if here else "empty"
        return [f"The database is {was}, this program needs {newest}: run the migrations."]
    problems = [f"The schema has drifted: {change}" for change in _drift(connection)]
    if not CHECKPOINT_TABLES & set(inspect(connection).get_table_names()):
        problems.append("The checkpoint tables are missing: run the migrations.")
    return problems


def _drift(connection: Connection) -> list[str]:
    context = MigrationContext.configure(
        connection,
        opts={"compare_type": True, "include_name": _ours, "target_metadata": metadata},
    )
    return [str(change) for change in compare_metadata(context, metadata)]


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or name not in CHECKPOINT_TABLES


def _first_line(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else getattr(error, "orig", error)
    lines = str(reason or error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _alone(url: str) -> Iterator[None]:
    """On PostgreSQL, one process migrates at a time. Asked for again and again rather than
    waited for: LangGraph builds indexes CONCURRENTLY, which wait for every waiting statement.
    Raises TimeoutError when another takes longer than a minute."""
    address = engine_url(url, "sync")
    if address.get_backend_name() == "sqlite":
        yield
        return
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            for _ in range(_TRIES):
                if connection.execute(text(f"SELECT pg_try_advisory_lock({_LOCK})")).scalar():
                    yield
                    return
                sleep(_PAUSE)
            raise TimeoutError("Another process is still migrating this database.")
    finally:
        engine.dispose()


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = create_engine(engine_url(url, "sync"))
    if engine.dialect.name == "sqlite":
        # Batch migrations copy and drop tables, which foreign keys would not let them.
        sqlite.prepare(engine, begin="BEGIN IMMEDIATE", foreign_keys="OFF")
    try:
        with engine.connect() as connection:
            yield connection
            connection.commit()
    finally:
        engine.dispose()
