"""Saving a PostgreSQL database by pg_dump, and putting it back, all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import text

from storage.backup.programs import Programs
from storage.backup.tables import compare, counted, present
from storage.backup.trouble import BackupTrouble, RestoreRefused
from storage.counting import Counted, reading

_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
_PLAIN = ("--no-owner", "--no-privileges")
"""Its roles are the server's affair: what is restored belongs to whoever restores it."""


def save(url: str, file: Path, programs: Programs) -> list[Counted]:
    """Our tables as they are at one moment: what is counted is what is dumped, by one snapshot.
    Raises BackupTrouble."""
    with reading(url) as connection:
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        found = counted(connection)
        if not found:
            raise BackupTrouble("The database is empty: there is nothing to save.")
        tables = [f"--table={each.table}" for each in found]
        programs.run(
            url,
            "pg_dump",
            "--format=custom",
            f"--snapshot={snapshot}",
            f"--file={file}",
            *_PLAIN,
            *tables,
        )
    return found


def restore(
    url: str, file: Path, saved: Sequence[Counted], programs: Programs, *, replace: bool
) -> None:
    """In one transaction. replace: what is in our tables may be lost. Raises RestoreRefused and
    other BackupTrouble, after which all is as it was, or Unlike."""
    with reading(url) as connection:
        if connection.execute(_OTHERS).scalar_one():
            raise RestoreRefused("The database is in use. Stop what runs on it first.")
        there = present(connection)
    if there and not replace:
        raise RestoreRefused(
            "The database is not empty. Add --force to replace what is in it; it is lost then."
        )
    dropped = "".join(f'DROP TABLE "{name}" CASCADE;\n' for name in there)
    before = f"BEGIN;\nSET LOCAL client_min_messages = warning;\n{dropped}"
    programs.pipe(
        url,
        ("pg_restore", "--file=-", *_PLAIN, str(file)),
        ("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"),
        (before.encode(), b"COMMIT;\n"),
    )
    with reading(url) as connection:
        compare(saved, counted(connection))
