"""Point in time, for PostgreSQL: a base, and the log that its server archives, rolled forward.

The server copies each finished piece of its log into a folder (`archive_library = basic_archive`,
its own). A copy of its data folder and the log since then give every moment after that copy.
"""

from __future__ import annotations

import re
import shlex
import shutil
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from storage.backup.programs import Programs
from storage.backup.trouble import BackupTrouble, RestoreRefused
from storage.counting import reading

_STARTS_IN = re.compile(r"^START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)", re.MULTILINE)
_SEGMENT = re.compile(r"[0-9A-F]{24}(\.partial|\.[0-9A-F]{8}\.backup)?")
_TIMELINE = 8
"""So many letters of a log file's name say which timeline it is of; the rest grows with time."""


def save_base(url: str, folder: Path, programs: Programs) -> tuple[datetime, str]:
    """Copy the server's data into the folder. Returns when that was whole, by the server's clock,
    and the first log file it needs. The user of the address needs REPLICATION. Raises
    BackupTrouble."""
    programs.run(
        url,
        "pg_basebackup",
        f"--pgdata={folder}",
        "--checkpoint=fast",
        "--wal-method=stream",
        "--manifest-checksums=SHA256",
        "--no-password",
    )
    with reading(url) as connection:
        whole: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    found = _STARTS_IN.search((folder / "backup_label").read_text("utf-8"))
    if found is None:
        raise BackupTrouble("What pg_basebackup has made says not where its log begins.")
    return whole.astimezone(UTC), found[1]


def lay_out(base: Path, archive: Path, into: Path, programs: Programs, at: datetime | None) -> None:
    """A data folder whose server, once started, goes as far as `at` and no further; None = as far
    as the archive does. Raises RestoreRefused and other BackupTrouble."""
    if into.exists() and any(into.iterdir()):
        raise RestoreRefused(f"{into} is not empty. Name a folder that is not there yet.")
    programs.run(None, "pg_verifybackup", "--exit-on-error", "--no-parse-wal", str(base))
    shutil.copytree(base, into, dirs_exist_ok=True)
    into.chmod(0o700)
    # Of a server whose socket lies among its data: they say that it runs there.
    for lock in into.glob(".s.PGSQL.*"):
        lock.unlink()
    wished = {
        "restore_command": f"cp {_quoted(archive)}/%f %p",
        "recovery_target_action": "promote",
        # Whoever takes over archives again once told to; one that only looks into the past must
        # not write another future beside the real one.
        "archive_mode": "off",
    }
    if at is not None:
        wished["recovery_target_time"] = f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}+00"
    lines = [f"{name} = {_literal(value)}\n" for name, value in wished.items()]
    with (into / "postgresql.auto.conf").open("a", encoding="utf-8") as conf:
        conf.writelines(lines)
    (into / "recovery.signal").touch(0o600)


def prune_log(archive: Path, first: str) -> list[str]:
    """Remove the log before the file `first`, by name. Returns their names."""
    if not archive.is_dir():
        return []
    old = sorted(
        file
        for file in archive.iterdir()
        if _SEGMENT.fullmatch(file.name) and file.name[_TIMELINE:24] < first[_TIMELINE:]
    )
    for file in old:
        file.unlink()
    return [file.name for file in old]


def _quoted(path: Path) -> str:
    """For the shell, within a command in which "%" means something."""
    return shlex.quote(str(path.absolute())).replace("%", "%%")


def _literal(value: str) -> str:
    """As PostgreSQL's configuration files have it."""
    escaped = value.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
