"""The folder of backups: their names, which are whole, and which are old enough to go.

Only what bears a name of ours and has a manifest, or is an unfinished beginning, is ever removed.
"""

from __future__ import annotations

import fcntl
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.backup.manifest import Kind, Manifest, flush, parse, sha256, write_down
from storage.backup.trouble import BackupTrouble

_NAME = re.compile(r"family-\d{8}T\d{6}Z(-\d+)?\.(sqlite|dump|base)")
PARTIAL = ".partial"
BASE_SUMS = "backup_manifest"


class Busy(BackupTrouble):
    """Another process is at it."""


class Folder:
    """Made where it is missing, for nobody but its owner: everything families wrote is in it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def claimed(self) -> Iterator[None]:
        """Raises Busy while another process takes or removes backups here; BackupTrouble where
        there can be no such folder. Let go of by itself when a process dies."""
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            opened = (self.path / ".lock").open("a")
        except OSError as error:
            raise BackupTrouble(
                f"Nothing can be written to {self.path}: {error.strerror}."
            ) from None
        with opened:
            try:
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy(f"Another process is making a backup in {self.path}.") from None
            yield

    def begin(self, kind: Kind, now: datetime) -> Path:
        """Where the next one is to be written, under a name that says it is unfinished. Removes
        what others began and did not finish: by the claim, nobody is at it any more."""
        for left in self.path.glob(f"family-*{PARTIAL}*"):
            _remove(left)
        stem = f"family-{now:%Y%m%dT%H%M%SZ}"
        names = (f"{stem}{f'-{n}' if n else ''}.{kind}" for n in range(1000))
        name = next(name for name in names if not (self.path / name).exists())
        partial = self.path / f"{name}{PARTIAL}"
        if kind != "base":
            partial.touch(0o600)
        return partial

    def finish(self, partial: Path, manifest: Manifest) -> None:
        """It is whole. The manifest comes last."""
        flush(partial)
        partial.rename(self.path / manifest.name)
        flush(self.path)
        write_down(self.path / f"{manifest.name}.json", manifest.as_json())

    def all(self) -> list[Manifest]:
        """Whole backups, the oldest first. What cannot be read is not one."""
        found = []
        for file in self.path.glob("family-*.json"):
            name = file.name.removesuffix(".json")
            if _NAME.fullmatch(name) and (self.path / name).exists():
                try:
                    found.append(parse(file.read_text("utf-8")))
                except (BackupTrouble, OSError, UnicodeDecodeError):
                    continue
        return sorted(found, key=lambda each: (each.taken_at, each.name))

    def newest(self, *kinds: Kind) -> Manifest | None:
        return next((each for each in reversed(self.all()) if each.kind in kinds), None)

    def find(self, name: str) -> Manifest:
        """Raises BackupTrouble where there is no such backup."""
        try:
            words = (self.path / f"{name}.json").read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            raise BackupTrouble(
                f"There is no backup {name} in {self.path}, or no {name}.json beside it, "
                "without which it is not known to be whole."
            ) from None
        return replace(parse(words), name=name)

    def sound(self, manifest: Manifest) -> Path:
        """Where it is. Raises BackupTrouble where it is not what was written down."""
        file = self.path / manifest.name
        # A base has a list of every file's sum.
        summed = file / BASE_SUMS if manifest.kind == "base" else file
        try:
            same = sha256(summed) == manifest.sha256
        except OSError:
            same = False
        if not same:
            raise BackupTrouble(f"{file} is damaged or was changed. Take an older one.")
        return file

    def remove(self, manifest: Manifest) -> None:
        file = self.path / manifest.name
        gone = self.path / f"{manifest.name}{PARTIAL}"
        # At no moment does half of one pass for a whole.
        file.rename(gone)
        (self.path / f"{manifest.name}.json").unlink(missing_ok=True)
        _remove(gone)

    def prune(self, before: datetime) -> list[Manifest]:
        """Remove those taken before then, but never the last of its kind: where no new one could
        be made, an old one is what there is. A base goes once a later one reaches back so far."""
        removed = []
        for kind in ("sqlite", "dump", "base"):
            kept = [each for each in self.all() if each.kind == kind]
            old = [each for each in kept if each.taken_at < before]
            if kind == "base" or len(old) == len(kept):
                old = old[:-1]
            for each in old:
                self.remove(each)
            removed += old
        return removed


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
