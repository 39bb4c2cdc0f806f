"""Taking a backup of a database, of whichever kind it is, and putting it back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.backup.folder import Folder
from bot.backup.manifest import Kind, Manifest, sha256
from storage.backup import postgresql, sqlite
from storage.backup.programs import Programs
from storage.backup.trouble import BackupTrouble, RestoreRefused
from storage.migrate import current, knows
from storage.urls import engine_url


def take(url: str, folder: Folder, programs: Programs, now: datetime) -> Manifest:
    """Of everything, as it is at one moment; the product may run meanwhile. Raises BackupTrouble,
    of which nothing is left behind that could be taken for a backup."""
    kind = kind_of(url)
    with folder.claimed():
        partial = folder.begin(kind, now)
        revision = _revision(url)
        if kind == "sqlite":
            tables = sqlite.save(url, partial)
        else:
            tables = postgresql.save(url, partial, programs)
        manifest = Manifest(
            name=partial.name.removesuffix(".partial"),
            kind=kind,
            taken_at=now,
            revision=revision,
            size=partial.stat().st_size,
            sha256=sha256(partial),
            tables=tuple(tables),
        )
        folder.finish(partial, manifest)
    return manifest


def put_back(
    url: str,
    folder: Folder,
    manifest: Manifest,
    programs: Programs,
    *,
    replace: bool,
    now: datetime,
) -> Path | None:
    """replace: see there. Returns where a damaged file was set aside. Raises BackupTrouble."""
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


def kind_of(url: str) -> Kind:
    return "sqlite" if engine_url(url, "sync").get_backend_name() == "sqlite" else "dump"


def _revision(url: str) -> str:
    if kind_of(url) == "sqlite":
        sqlite.there(url)  # opened, a file that is not there would come to be
    revision = current(url)
    if revision is None:
        raise BackupTrouble("The database is empty: there is nothing to save.")
    return revision
