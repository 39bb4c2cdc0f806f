"""Saving a SQLite file while it is written to, and putting it back, by SQLite's backup API.

A copy with `cp` could catch half of a transaction, and would lack what is still in the log.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from storage.backup.tables import compare, counted
from storage.backup.trouble import BackupTrouble, RestoreRefused
from storage.counting import Counted, reading
from storage.sqlite import BUSY_MS
from storage.urls import sqlite_path

BESIDE = ("", "-wal", "-shm", "-journal")
"""What a database file may have beside it, and that is part of it."""


def save(url: str, file: Path) -> list[Counted]:
    """All of it as it is at one moment, into one file. Those who write do not wait meanwhile.
    Raises BackupTrouble."""
    source = there(url)
    try:
        with closing(_open(source)) as here, closing(_open(file)) as copy:
            # In one step: a copy in several begins again whenever somebody has written.
            here.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE").fetchall()
            _sound(copy)
    except sqlite3.Error as error:
        raise BackupTrouble(f"The database could not be saved: {error}.") from None
    return _counts(file)


def restore(
    url: str, file: Path, saved: Sequence[Counted], *, replace: bool, now: datetime
) -> Path | None:
    """Put it back. replace: what is there may be lost. Returns where a file that is no longer a
    database was set aside. Raises RestoreRefused, or Unlike."""
    compare(saved, _counts(file))
    target = Path(sqlite_path(url))
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = None
    if target.exists() and target.stat().st_size:
        if not replace:
            raise RestoreRefused(
                f"{target} is not empty. Add --force to replace what is in it; it is lost then."
            )
        if not _usable(target):
            aside = _set_aside(target, now)
    with closing(_open(file)) as source, closing(_open(target)) as written:
        _alone(written, target)
        # One transaction: killed half-way, the next who opens the file finds what was in it.
        source.backup(written)
    compare(saved, _counts(target))
    return aside


def there(url: str) -> Path:
    """The file. Raises BackupTrouble where there is none."""
    file = Path(sqlite_path(url))
    if not file.exists():
        raise BackupTrouble(f"There is no file {file}.")
    return file


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=BUSY_MS / 1000)


def _counts(file: Path) -> list[Counted]:
    # Not the product's own journal mode: a backup is one file, and stays one.
    with reading(f"sqlite:///{file}", journal_mode="DELETE") as connection:
        return counted(connection)


def _sound(connection: sqlite3.Connection) -> None:
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise BackupTrouble(f"The database is damaged: {found}. Restore the last good backup.")


def _alone(connection: sqlite3.Connection, target: Path) -> None:
    """Whoever has a database open whose journal is WAL keeps its mode from being changed."""
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError:
        raise RestoreRefused(f"{target} is in use. Stop what runs on it first.") from None


def _usable(target: Path) -> bool:
    with closing(_open(target)) as connection, suppress(sqlite3.DatabaseError):
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
        except sqlite3.OperationalError:
            return True  # busy, which `_alone` says in words
    return False


def _set_aside(target: Path, now: datetime) -> Path:
    """A damaged file may still tell something; nothing of it is thrown away."""
    aside = target.with_name(f"{target.name}.damaged-{now:%Y%m%dT%H%M%SZ}")
    for suffix in BESIDE:
        part = target.with_name(target.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return aside
