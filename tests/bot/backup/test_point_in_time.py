"""Any moment of the last seven days, by the archived log (rows 62, 134 and 138)."""

from __future__ import annotations

import asyncio
import shlex
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.backup.folder import Folder
from bot.backup.taking import prune
from bot.play.databases import PostgresDatabases
from bot.settings import Settings
from scripts.servers import Postgres
from storage.backup.base import prune_log
from storage.urls import engine_url
from tests.bot.backup.conftest import Run
from tests.house.sources import shell_blocks
from tests.storage.samples import family
from tests.storage.test_copying import fill

WEEK = timedelta(days=7)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder into which a server may go that runs as another user. Not below pytest's own, which
    each new run of pytest closes to others."""
    with tempfile.TemporaryDirectory(prefix="fs-pitr-", ignore_cleanup_errors=True) as path:
        yield Path(path)


@pytest.fixture
def server(place: Path) -> Iterator[Postgres]:
    """One that archives its log into `wal` beside it."""
    postgres = Postgres(place / "first")
    postgres.start()
    postgres.archive_into(place / "wal")
    yield postgres
    postgres.stop()


@pytest.fixture
def url(server: Postgres, monkeypatch: pytest.MonkeyPatch) -> str:
    """Its database, migrated."""
    monkeypatch.setenv("WAL_ARCHIVE_DIR", str(server.folder.parent / "wal"))
    return asyncio.run(PostgresDatabases(server.url).fresh())


def told(url: str, statement: str) -> list[object]:
    engine = create_engine(engine_url(url, "sync"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        result = connection.execute(text(statement))
        rows = [row[0] for row in result] if result.returns_rows else []
    engine.dispose()
    return rows


def now(url: str) -> datetime:
    """By the server's clock."""
    (moment,) = told(url, "SELECT clock_timestamp()")
    assert isinstance(moment, datetime)
    return moment.astimezone(UTC)


def at(moment: datetime) -> str:
    return moment.isoformat()


def started(folder: Path, of: str) -> tuple[Postgres, str]:
    """A server of that data, and the address of the database that `of` names on another one."""
    postgres = Postgres(folder)
    here = engine_url(postgres.start(), "sync").set(database=engine_url(of, "sync").database)
    postgres.promoted()
    return postgres, here.set(drivername="postgresql").render_as_string(hide_password=False)


def households(url: str) -> list[object]:
    return told(url, "SELECT count(*) FROM households")


def page_s_commands() -> tuple[list[str], list[str]]:
    """docs/recovery.md's two for a point in time; the folder of backups is the tests'."""
    words = [shlex.split(line) for line in shell_blocks(Path("docs/recovery.md"))]
    base, back = (each[1:] for each in words if {"--base", "--at"} & set(each))
    for each, option in ((base, "--to"), (back, "--from")):
        del each[each.index(option) : each.index(option) + 2]
    return base, back


def test_between_two_writes_there_is_the_first_and_not_the_second(
    server: Postgres, url: str, folder: Folder, run: Run, place: Path
) -> None:
    base, back = page_s_commands()
    assert ".base: " in run(url, *base)
    fill(url, family("-1"))
    between = now(url)
    fill(url, family("-2"))
    told(url, "DELETE FROM installations")
    server.archive_now()
    into = place / "second"
    # Its own words in another zone.
    moment = between.astimezone(timezone(timedelta(hours=-5)))
    back[back.index("--at") + 1] = at(moment)
    back[back.index("--into") + 1] = str(into)
    assert f"pg_ctl -D {into}" in run(url, *back)
    second, there = started(into, url)
    try:
        assert households(there) == [1]
        assert told(there, "SELECT count(*) FROM installations") == [1]
        # It is a server like any other, and writes no other future into the archive.
        fill(there, family("-3"))
        assert told(there, "SHOW archive_mode") == ["off"]
        assert households(url) == [2]
    finally:
        second.stop()
    assert "is not empty" in run(url, "restore", "--at", at(between), "--into", str(into), code=1)


def test_six_days_and_23_hours_back_is_there_and_what_is_older_goes(
    server: Postgres, url: str, folder: Folder, run: Run, place: Path
) -> None:
    settings = Settings(database_url=url, wal_archive_dir=str(place / "wal"))
    archive = place / "wal"
    run(url, "backup", "--base")
    fill(url, family("-1"))
    wanted = now(url)
    fill(url, family("-2"))
    server.archive_now()
    run(url, "backup", "--base")
    fill(url, family("-3"))
    server.archive_now()
    first, second = folder.all()
    assert first.taken_at < wanted < second.taken_at

    # Six days and 23 hours later nothing of it may be missing.
    before = sorted(each.name for each in archive.iterdir())
    with folder.claimed():
        assert prune(settings, folder, wanted + WEEK - timedelta(hours=1)) == []
    gone = set(before) - {each.name for each in archive.iterdir()}
    assert all(name[8:24] < first.wal[8:] for name in gone), "only what lies before the first base"
    into = place / "second"
    run(url, "restore", "--at", at(wanted), "--into", str(into))
    rolled, there = started(into, url)
    try:
        assert households(there) == [1]
    finally:
        rolled.stop()

    # Once the second reaches back a week by itself, the first and its log go.
    with folder.claimed():
        removed = prune(settings, folder, second.taken_at + WEEK + timedelta(seconds=1))
    assert removed == [first]
    left = [each.name for each in archive.iterdir() if len(each.name) == 24]
    assert left
    assert min(name[8:] for name in left) >= second.wal[8:]
    said = run(url, "restore", "--at", at(wanted), "--into", str(place / "third"), code=1)
    assert "no base from before that time" in said
    assert f"since {second.taken_at:%Y-%m-%d %H:%M:%S} UTC" in said
    # What is left is enough for what is promised.
    into = place / "fourth"
    run(url, "restore", "--at", "latest", "--into", str(into))
    rolled, there = started(into, url)
    try:
        assert households(there) == [3]
    finally:
        rolled.stop()


def test_a_base_that_was_changed_is_refused(
    server: Postgres, url: str, folder: Folder, run: Run, place: Path
) -> None:
    run(url, "backup", "--base")
    assert "roll forward" in run(url, "restore", folder.all()[0].name, code=1)
    version = folder.path / folder.all()[0].name / "PG_VERSION"
    version.write_text(f"{version.read_text()} ")
    into = str(place / "second")
    said = run(url, "restore", "--at", "latest", "--into", into, code=1)
    assert "pg_verifybackup failed" in said
    assert not (place / "second").exists()


def test_what_does_not_go_is_said(
    sqlite_url: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = str(tmp_path / "second")
    assert "Only PostgreSQL" in run(sqlite_url, "backup", "--base", code=1)
    assert "go together" in run(sqlite_url, "restore", "--at", "latest", code=2)
    assert "Set WAL_ARCHIVE_DIR" in run(
        sqlite_url, "restore", "--at", "latest", "--into", into, code=1
    )
    assert "Which time?" in run(sqlite_url, "restore", "--at", "noon", "--into", into, code=1)
    monkeypatch.setenv("WAL_ARCHIVE_DIR", str(tmp_path))
    assert "no base" in run(sqlite_url, "restore", "--at", "latest", "--into", into, code=1)


def test_of_the_archive_only_the_log_before_the_base_is_removed(tmp_path: Path) -> None:
    names = [
        "000000010000000000000001",
        "000000010000000000000002.00000028.backup",
        "000000010000000000000003",
        "000000020000000000000003",
        "000000020000000000000004",
        "00000002.history",
        "letter to grandmother",
    ]
    for name in names:
        (tmp_path / name).touch()
    assert prune_log(tmp_path, "000000020000000000000003") == names[:2]
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(names[2:])
    assert prune_log(tmp_path / "not there", names[0]) == []
