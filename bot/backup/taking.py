"""Taking a backup of a database, of whichever kind it is, and putting it back."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from bot.backup.folder import BASE_SUMS, PARTIAL, Folder
from bot.backup.manifest import Kind, Manifest, sha256
from bot.settings import Settings
from storage.backup import base, postgresql, sqlite
from storage.backup.programs import Programs
from storage.backup.trouble import BackupTrouble, RestoreRefused
from storage.counting import Counted
from storage.migrate import current, knows
from storage.urls import engine_url


def kind_of(url: str) -> Kind:
    """Of the backup that is taken of that database."""
    return "sqlite" if engine_url(url, "sync").get_backend_name() == "sqlite" else "dump"


def take(
    settings: Settings, kind: Kind, folder: Folder, programs: Programs, now: datetime
) -> Manifest:
    """Of everything, as it is at one moment; the product may run meanwhile. The folder has to be
    claimed. Raises BackupTrouble; what is left behind then is never taken for a backup."""
    url = settings.database_url
    if (kind == "sqlite") != (kind_of(url) == "sqlite"):
        raise BackupTrouble("Only PostgreSQL has a log to roll forward by; a file is saved whole.")
    revision = _revision(url)
    partial = folder.begin(kind, now)
    tables: list[Counted] = []
    wal = ""
    if kind == "sqlite":
        tables = sqlite.save(url, partial)
    elif kind == "dump":
        tables = postgresql.save(url, partial, programs)
    else:
        now, wal = base.save_base(url, partial, programs)
    manifest = Manifest(
        name=partial.name.removesuffix(PARTIAL),
        kind=kind,
        taken_at=now,
        revision=revision,
        size=_size(partial),
        sha256=sha256(partial / BASE_SUMS if kind == "base" else partial),
        tables=tuple(tables),
        wal=wal,
    )
    folder.finish(partial, manifest)
    return manifest


def prune(settings: Settings, folder: Folder, now: datetime) -> list[Manifest]:
    """Remove what is older than BACKUP_KEEP_DAYS, with the log that no base needs any more. The
    folder has to be claimed."""
    removed = folder.prune(now - timedelta(days=settings.backup_keep_days))
    bases = [each for each in folder.all() if each.kind == "base"]
    if settings.wal_archive_dir and bases:
        base.prune_log(Path(settings.wal_archive_dir), bases[0].wal)
    return removed


def put_back(
    settings: Settings,
    folder: Folder,
    manifest: Manifest,
    programs: Programs,
    *,
    replace: bool,
    now: datetime,
) -> Path | None:
    """replace: see there. Returns where a damaged file was set aside. Raises BackupTrouble."""
    url = settings.database_url
    if manifest.kind == "base":
        raise RestoreRefused("That is a base to roll forward from: add --at TIME --into FOLDER.")
    if manifest.kind != kind_of(url):
        raise RestoreRefused(
            "That backup is of the other kind of database. Restore it to its own kind, then move "
            "it with `family-scheduler copy`."
        )
    if not knows(manifest.revision):
        raise RestoreRefused("A newer program made that backup: restore it with that one.")
    file = folder.sound(manifest)
    if manifest.kind == "sqlite":
        return sqlite.restore(url, file, manifest.tables, replace=replace, now=now)
    postgresql.restore(url, file, manifest.tables, programs, replace=replace)
    return None


def roll_forward(
    settings: Settings, folder: Folder, programs: Programs, at: datetime | None, into: Path
) -> Manifest:
    """Lay out a data folder as of that time, from the last base before it; None = the last moment
    that was archived. Raises BackupTrouble."""
    if not settings.wal_archive_dir:
        raise BackupTrouble("Where is the log? Set WAL_ARCHIVE_DIR.")
    bases = [each for each in folder.all() if each.kind == "base"]
    before = [each for each in bases if at is None or each.taken_at <= at]
    if not before:
        since = (
            f" Kept is what was since {bases[0].taken_at:%Y-%m-%d %H:%M:%S} UTC." if bases else ""
        )
        raise RestoreRefused(f"There is no base from before that time in {folder.path}.{since}")
    file = folder.sound(before[-1])
    base.lay_out(file, Path(settings.wal_archive_dir), into, programs, at)
    return before[-1]


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
    return path.stat().st_size


def _revision(url: str) -> str:
    if kind_of(url) == "sqlite":
        sqlite.there(url)  # opened, a file that is not there would come to be
    revision = current(url)
    if revision is None:
        raise BackupTrouble("The database is empty: there is nothing to save.")
    return revision
