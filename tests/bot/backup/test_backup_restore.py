"""What is saved while the product runs is there again, all of it, and resumes (rows 60 and 136)."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.backup.folder import Folder
from bot.backup.manifest import Manifest
from bot.backup.taking import kind_of, put_back, take
from bot.settings import Settings
from storage.backup import postgresql
from storage.backup.programs import Programs, environment
from storage.backup.tables import compare, counted
from storage.backup.trouble import BackupTrouble, RestoreRefused, Unlike
from storage.counting import Counted, reading
from storage.tables import metadata
from storage.urls import engine_url, sqlite_path
from tests.bot.backup.conftest import Run
from tests.bot.http.api.api_home import Home, at_home
from tests.storage.samples import NOON, family
from tests.storage.test_copying import fill

SOCCER = "soccer practice Saturday 2pm, Mia, need the car"


def held(url: str) -> list[Counted]:
    with reading(url) as connection:
        return counted(connection)


def saved(url: str, folder: Folder, programs: Programs) -> Manifest:
    with folder.claimed():
        return take(Settings(database_url=url), kind_of(url), folder, programs, NOON)


def lose(url: str) -> None:
    """As a wrong command does: the file, or every table."""
    if url.startswith("sqlite"):
        for suffix in ("", "-wal", "-shm"):
            Path(sqlite_path(url) + suffix).unlink(missing_ok=True)
        return
    execute(url, *(f'DROP TABLE "{each.table}" CASCADE' for each in held(url)))


def execute(url: str, *statements: str) -> None:
    engine = create_engine(engine_url(url, "sync"))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


async def test_an_approval_that_waited_goes_on_after_the_loss(
    database_url: str, folder: Folder, run: Run
) -> None:
    async with at_home(database_url) as home:
        anna = await home.token()
        await home.ask(anna, message=SOCCER)
        task = await home.ask(anna, message="groceries Saturday 2:30pm, Ben, need the car")
        assert task["status"] == "awaiting_user"
        household = home.household
        # While the product runs.
        assert "rows of" in await asyncio.to_thread(run, database_url, "backup")
        await home.ask(anna, message="piano Sunday 4pm, Mia")
    before = folder.all()[0].tables
    lose(database_url)
    said = await asyncio.to_thread(run, database_url, "restore")
    assert "are there and the same" in said
    assert held(database_url) == list(before)
    async with at_home(database_url, empty=True) as again:
        again = Home(again.service, household, again.client, again.base)
        waiting = (await again.client.get(task["status_url"], headers=anna)).json()
        assert waiting == task
        url = f"{task['status_url']}/decision"
        decided = await again.client.post(url, json={"option": 0}, headers=anna)
        done = await again.done(anna, decided)
        assert done["result"]["message"].startswith("Event confirmed!")
        events = (await again.client.get("/events", headers=anna)).text
        # That was after the backup, and is the window that is lost.
        assert "piano" not in events
        assert "soccer" in events


def test_every_table_is_saved_and_what_comes_later_is_numbered_on(
    database_url: str, folder: Folder, programs: Programs
) -> None:
    fill(database_url, family("-1"), family("-2"))
    made = saved(database_url, folder, programs)
    rows = {each.table: each.rows for each in made.tables}
    assert set(rows) > set(metadata.tables) | {"checkpoints", "alembic_version"}
    assert all(rows[name] for name in metadata.tables)
    lose(database_url)
    put_back(Settings(database_url=database_url), folder, made, programs, replace=False, now=NOON)
    assert held(database_url) == list(made.tables)
    fill(database_url, family("-3"))


def test_a_database_with_something_in_it_is_replaced_only_when_told(
    database_url: str, folder: Folder, run: Run
) -> None:
    fill(database_url, family("-1"))
    run(database_url, "backup")
    fill(database_url, family("-2"))
    later = held(database_url)
    assert "--force" in run(database_url, "restore", code=1)
    assert held(database_url) == later
    run(database_url, "restore", "--force")
    assert held(database_url) == list(folder.all()[0].tables)


@contextmanager
def in_use(url: str) -> Iterator[None]:
    engine = create_engine(engine_url(url, "sync"))
    with engine.connect() as connection:
        connection.execute(text("SELECT count(*) FROM households"))
        connection.rollback()
        yield
    engine.dispose()


def test_a_database_in_use_is_left_alone(database_url: str, folder: Folder, run: Run) -> None:
    fill(database_url, family("-1"))
    run(database_url, "backup")
    fill(database_url, family("-2"))
    later = held(database_url)
    with in_use(database_url):
        assert "in use" in run(database_url, "restore", "--force", code=1)
    assert held(database_url) == later


def test_what_was_changed_or_has_no_manifest_is_not_restored(
    database_url: str, folder: Folder, run: Run
) -> None:
    fill(database_url, family("-1"))
    run(database_url, "backup")
    (made,) = folder.all()
    file = folder.path / made.name
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert "is damaged" in run(database_url, "restore", "--force", code=1)
    file.write_bytes(whole)
    manifest = folder.path / f"{made.name}.json"
    manifest.rename(folder.path / "elsewhere")
    assert "There is no backup" in run(database_url, "restore", "--force", code=1)
    assert "or no" in run(database_url, "restore", str(file), "--force", code=1)
    manifest.write_text("{}")
    assert "cannot be read" in run(database_url, "restore", str(file), "--force", code=1)


def test_a_dump_that_breaks_off_changes_nothing(
    postgresql_url: str, folder: Folder, programs: Programs
) -> None:
    fill(postgresql_url, family("-1"))
    made = saved(postgresql_url, folder, programs)
    fill(postgresql_url, family("-2"))
    later = held(postgresql_url)
    file = folder.path / made.name
    file.write_bytes(file.read_bytes()[: made.size * 3 // 4])
    with pytest.raises(BackupTrouble, match=r"pg_restore failed|psql failed"):
        postgresql.restore(postgresql_url, file, made.tables, programs, replace=True)
    assert held(postgresql_url) == later


def test_a_file_that_is_no_database_any_more_is_set_aside(
    sqlite_url: str, folder: Folder, run: Run
) -> None:
    fill(sqlite_url, family("-1"))
    run(sqlite_url, "backup")
    file = Path(sqlite_path(sqlite_url))
    file.write_bytes(b"no database at all" * 100)
    assert "now lies in" in run(sqlite_url, "restore", "--force")
    assert held(sqlite_url) == list(folder.all()[0].tables)
    (aside,) = file.parent.glob("family.db.damaged-*")
    assert aside.read_bytes().startswith(b"no database")


def test_a_backup_is_one_file_that_only_its_owner_reads(
    database_url: str, folder: Folder, programs: Programs
) -> None:
    made = saved(database_url, folder, programs)
    assert made.name.startswith("family-20260302T120000Z.")
    assert sorted(each.name for each in folder.path.iterdir()) == [
        ".lock",
        made.name,
        f"{made.name}.json",
    ]
    for each in folder.path.glob("family-*"):
        assert each.stat().st_mode & 0o077 == 0
    assert folder.path.stat().st_mode & 0o077 == 0
    if made.kind == "sqlite":
        with closing(sqlite3.connect(folder.path / made.name)) as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    # A second one of the same second has a name of its own.
    assert saved(database_url, folder, programs).name != made.name


def test_what_cannot_be_done_is_said(
    sqlite_url: str, postgresql_url: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = f"sqlite:///{tmp_path}/missing.db"
    assert "There is no file" in run(missing, "backup", code=1)
    assert not (tmp_path / "missing.db").exists()
    run(sqlite_url, "backup")
    name = next((tmp_path / "backups").glob("*.sqlite")).name
    assert "other kind" in run(postgresql_url, "restore", name, code=1)
    assert "There is no backup of this kind" in run(postgresql_url, "restore", code=1)
    unreachable = "postgresql://me:secret@127.0.0.1:1/none"
    said = run(unreachable, "backup", code=1)
    assert "cannot be reached" in said
    assert "secret" not in said
    monkeypatch.setenv("POSTGRES_BIN_DIR", str(tmp_path))
    assert "set POSTGRES_BIN_DIR" in run(postgresql_url, "backup", code=1)
    assert list((tmp_path / "backups").glob("*.dump")) == []
    monkeypatch.setenv("BACKUP_DIR", "")
    assert "Which folder?" in run(sqlite_url, "backup", code=1)
    (tmp_path / "file").touch()
    assert "Nothing can be written" in run(
        sqlite_url, "backup", "--to", str(tmp_path / "file" / "x"), code=1
    )


def test_a_password_goes_by_the_environment() -> None:
    told = environment("postgresql://me:pa%40ss@db.example:5433/family?sslmode=require")
    assert told["PGPASSWORD"] == "pa@ss"
    assert (told["PGHOST"], told["PGPORT"], told["PGUSER"]) == ("db.example", "5433", "me")
    assert (told["PGDATABASE"], told["PGSSLMODE"]) == ("family", "require")
    assert told["PATH"] == os.environ["PATH"]


def test_a_backup_of_a_newer_program_is_refused(
    sqlite_url: str, folder: Folder, programs: Programs
) -> None:
    execute(sqlite_url, "UPDATE alembic_version SET version_num = '9999'")
    made = saved(sqlite_url, folder, programs)
    with pytest.raises(RestoreRefused, match="newer program"):
        put_back(Settings(database_url=sqlite_url), folder, made, programs, replace=True, now=NOON)


def test_a_difference_is_told_by_table() -> None:
    with pytest.raises(Unlike, match=r"events, outbox\."):
        compare(
            [Counted("events", 1, "a"), Counted("inbox", 2, "b")],
            [Counted("events", 1, "c"), Counted("inbox", 2, "b"), Counted("outbox", 0, "")],
        )
