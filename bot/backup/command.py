"""`family-scheduler backup` and `restore`."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from bot.backup.folder import Folder
from bot.backup.manifest import Manifest
from bot.backup.taking import kind_of, prune, put_back, roll_forward, take
from bot.settings import Settings
from storage.backup.programs import Programs
from storage.backup.trouble import BackupTrouble
from storage.migrate import TROUBLE, head, in_words

T = TypeVar("T")

NOWHERE = "Which folder? Set BACKUP_DIR, or name it with {}."
_KINDS = {"sqlite": "SQLite", "dump": "PostgreSQL", "base": "PostgreSQL, base"}


def run_backup(settings: Settings, to: Path | None, *, base: bool) -> int:
    """base: one to roll forward from. 0 when it is whole and on the disk."""
    return _said(lambda: _backup(settings, _folder(settings, to, "--to"), base))


def run_list(settings: Settings, of: Path | None) -> int:
    return _said(lambda: _console().print(_table(_folder(settings, of, "--to").all())))


def run_restore(settings: Settings, backup: str, source: Path | None, *, force: bool) -> int:
    """0 when everything is there and the same as it was saved."""
    return _said(lambda: _restore(settings, backup, source, force))


def run_roll_forward(settings: Settings, at: str, source: Path | None, into: Path) -> int:
    """at: an ISO time, UTC unless it says otherwise, or "latest". 0 when the folder is laid out."""
    return _said(lambda: _roll_forward(settings, at, _folder(settings, source, "--from"), into))


def _backup(settings: Settings, folder: Folder, base: bool) -> None:
    now = datetime.now(UTC)
    programs = Programs(settings.postgres_bin_dir)
    kind = "base" if base else kind_of(settings.database_url)
    with folder.claimed():
        made, seconds = _shown("saving …", lambda: take(settings, kind, folder, programs, now))
        removed = prune(settings, folder, now)
    held = f"{made.rows} rows of {len(made.tables)} tables, " if made.tables else ""
    said = [f"{folder.path / made.name}: {held}{_size(made.size)}, in {seconds:.1f} s."]
    days = settings.backup_keep_days
    said += [f"Removed {old.name}: it is not needed to go back {days} days." for old in removed]
    _console().print("\n".join(said))


def _restore(settings: Settings, backup: str, source: Path | None, force: bool) -> None:
    if "/" in backup:
        source, backup = Path(backup).parent, Path(backup).name
    folder = _folder(settings, source, "--from")
    newest = None if backup else folder.newest(kind_of(settings.database_url))
    if not backup and newest is None:
        raise BackupTrouble(f"There is no backup of this kind of database in {folder.path}.")
    chosen = newest or folder.find(backup)
    programs, now = Programs(settings.postgres_bin_dir), datetime.now(UTC)
    aside, seconds = _shown(
        "restoring …",
        lambda: put_back(settings, folder, chosen, programs, replace=force, now=now),
    )
    console = _console()
    if aside is not None:
        console.print(f"What was there is no database any more; it now lies in {aside}.")
    console.print(
        f"All {chosen.rows} rows are there and the same as at "
        f"{chosen.taken_at:%Y-%m-%d %H:%M:%S} UTC ({chosen.name}), in {seconds:.1f} s. "
        "What was written since then is not in it."
    )
    if chosen.revision != head():
        console.print("Now run `family-scheduler migrate`: the program is newer than the backup.")


def _roll_forward(settings: Settings, at: str, folder: Folder, into: Path) -> None:
    moment = None if at == "latest" else _moment(at)
    programs = Programs(settings.postgres_bin_dir)
    base, seconds = _shown(
        "laying out …", lambda: roll_forward(settings, folder, programs, moment, into)
    )
    until = f"{moment:%Y-%m-%d %H:%M:%S} UTC" if moment else "the end of the archive"
    _console().print(
        f"{into} begins at {base.taken_at:%Y-%m-%d %H:%M:%S} UTC ({base.name}), "
        f"in {seconds:.1f} s. Started, its server goes on to {until}:\n  pg_ctl -D {into} -w start"
    )


def _moment(words: str) -> datetime:
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        raise BackupTrouble(
            'Which time? Write it as "2026-03-04 10:30" (UTC), with "+01:00" behind it for another '
            "zone, or latest."
        ) from None
    return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)


def _folder(settings: Settings, given: Path | None, option: str) -> Folder:
    if given is None and not settings.backup_dir:
        raise BackupTrouble(NOWHERE.format(option))
    return Folder(given or Path(settings.backup_dir))


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True)


def _shown(what: str, work: Callable[[], T]) -> tuple[T, float]:
    """What comes of it, and how many seconds it took."""
    began = time.monotonic()
    with Console(stderr=True).status(what):
        done = work()
    return done, time.monotonic() - began


def _said(work: Callable[[], None]) -> int:
    complaints = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
    try:
        work()
    except BackupTrouble as error:
        complaints.print(str(error))
    except (*TROUBLE, ValueError) as error:
        complaints.print(in_words(error))
    else:
        return 0
    return 1


def _table(backups: list[Manifest]) -> Table:
    table = Table("taken at (UTC)", "of", "rows", "size")
    table.add_column("backup", no_wrap=True)
    for each in backups:
        taken = f"{each.taken_at:%Y-%m-%d %H:%M:%S}"
        rows = str(each.rows) if each.tables else ""
        table.add_row(taken, _KINDS[each.kind], rows, _size(each.size), each.name)
    return table


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
