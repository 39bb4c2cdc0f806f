"""The schema: up, down and up again, without drift, on both engines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from storage import migrate
from storage.checkpoint_tables import CHECKPOINT_TABLES
from storage.tables import metadata
from storage.urls import engine_url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new folder' / 'family.db'}"
    url: str = request.getfixturevalue("empty_postgresql_url")
    return url


def tables(url: str) -> set[str]:
    engine = create_engine(engine_url(url, "sync"))
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found - {"alembic_version"}


def run(url: str, statement: str) -> None:
    engine = create_engine(engine_url(url, "sync"))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_up_down_and_up_again(empty_url: str) -> None:
    migrate.upgrade(empty_url)
    assert migrate.current(empty_url) == migrate.head()
    assert migrate.check(empty_url) == []
    assert tables(empty_url) - CHECKPOINT_TABLES == set(metadata.tables)
    migrate.downgrade(empty_url, "base")
    assert migrate.current(empty_url) is None
    assert tables(empty_url) <= CHECKPOINT_TABLES
    migrate.upgrade(empty_url)
    migrate.upgrade(empty_url)
    assert migrate.check(empty_url) == []


def test_two_that_migrate_at_once_do_it_once(empty_url: str) -> None:
    code = f"from storage import migrate; migrate.upgrade({empty_url!r})"
    both = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert migrate.check(empty_url) == []


def test_a_migration_that_fails_leaves_nothing_behind(empty_url: str) -> None:
    migrate.upgrade(empty_url)
    migrate.downgrade(empty_url, "base")
    run(empty_url, "CREATE TABLE outbox (id INTEGER)")  # in the way of the first migration
    with pytest.raises(DBAPIError):
        migrate.upgrade(empty_url)
    assert tables(empty_url) <= CHECKPOINT_TABLES | {"outbox"}
    run(empty_url, "DROP TABLE outbox")
    migrate.upgrade(empty_url)
    assert migrate.check(empty_url) == []


def test_the_migrated_schema_holds_every_check_and_key(database_url: str) -> None:
    engine = create_engine(engine_url(database_url, "sync"))
    inspector = inspect(engine)
    for table in metadata.sorted_tables:
        checked = table.constraints - {table.primary_key}  # SQLite names not all of these
        named = {str(constraint.name) for constraint in checked}
        found = {c["name"] for c in inspector.get_check_constraints(table.name)}
        found |= {c["name"] for c in inspector.get_foreign_keys(table.name)}
        found |= {c["name"] for c in inspector.get_unique_constraints(table.name)}
        assert found == named, table.name
    engine.dispose()


def test_a_database_never_migrated_is_named(tmp_path: Path) -> None:
    (problem,) = migrate.check(f"sqlite:///{tmp_path / 'empty.db'}")
    assert "empty" in problem


def test_drift_is_named(sqlite_url: str) -> None:
    run(sqlite_url, "DROP INDEX ix_occurrences_short")
    assert any("ix_occurrences_short" in problem for problem in migrate.check(sqlite_url))


def test_missing_checkpoint_tables_are_named(sqlite_url: str) -> None:
    for table in ("checkpoints", "writes"):
        run(sqlite_url, f"DROP TABLE {table}")
    (problem,) = migrate.check(sqlite_url)
    assert "checkpoint" in problem


@pytest.mark.parametrize(
    "url",
    ["sqlite:////proc/no such folder/family.db", "postgresql://nobody@127.0.0.1:1/none"],
    ids=["sqlite", "postgresql"],
)
def test_a_database_out_of_reach_is_named(url: str) -> None:
    (problem,) = migrate.check(url)
    assert "cannot be reached" in problem


def test_an_older_revision_is_behind(database_url: str) -> None:
    """What a rollback asks: by which direction a revision is reached."""
    newest = migrate.head()
    assert newest is not None
    assert migrate.is_older(database_url, "0001")
    assert not migrate.is_older(database_url, newest)
    migrate.downgrade(database_url, "0001")
    assert not migrate.is_older(database_url, "0001")
    assert not migrate.is_older(database_url, newest)
