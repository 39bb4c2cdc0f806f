"""What is known of a backup, written beside it once it is whole: one without this is none."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from storage.backup.trouble import BackupTrouble
from storage.counting import Counted

Kind = Literal["sqlite", "dump", "base"]
FORMAT = 1
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """kind: a SQLite file, pg_dump's, or a folder to roll forward from. taken_at: UTC; for a base,
    when it was whole. revision: of the schema. sha256: of the file; of a base, of the list of sums
    that PostgreSQL keeps in it. wal: the first log file that a base needs."""

    name: str
    kind: Kind
    taken_at: datetime
    revision: str
    size: int
    sha256: str
    tables: tuple[Counted, ...] = ()
    wal: str = ""

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.tables)

    def as_json(self) -> str:
        values = {"format": FORMAT, **asdict(self), "taken_at": self.taken_at.isoformat()}
        return json.dumps(values, indent=1)


def parse(words: str) -> Manifest:
    """Raises BackupTrouble for what no program of ours has written."""
    try:
        values: dict[str, Any] = json.loads(words)
        if values.pop("format") != FORMAT:
            raise BackupTrouble("A newer program made that backup: restore it with that one.")
        values["taken_at"] = datetime.fromisoformat(values["taken_at"])
        values["tables"] = tuple(Counted(**each) for each in values["tables"])
        return Manifest(**values)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BackupTrouble("What is known of that backup cannot be read.") from None


def sha256(file: Path) -> str:
    summed = hashlib.sha256()
    with file.open("rb") as opened:
        while block := opened.read(_BLOCK):
            summed.update(block)
    return summed.hexdigest()


def write_down(file: Path, words: str) -> None:
    """All of it or nothing, also through a power cut."""
    new = file.with_name(f"{file.name}.partial")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(words)
        opened.flush()
        os.fsync(opened.fileno())
    new.rename(file)
    flush(file.parent)


def flush(path: Path) -> None:
    """To the disk itself, a file's contents or a folder's names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
