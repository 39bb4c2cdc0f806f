"""An archive in a folder of this machine, or of one that is mounted here."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from errno import ENOTDIR
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

from scheduling.archive import ArchiveClash, ArchiveError

T = TypeVar("T")

_UNFINISHED = ".part"


class FolderArchive:
    """Implements `scheduling.archive.Archive`. The folder is made when first written to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, name: str, content: bytes) -> None:
        await _done(lambda: self._put(self._path(name), content))

    async def get(self, name: str) -> bytes | None:
        return await _done(lambda: _read(self._path(name)))

    async def names(self, prefix: str) -> Sequence[str]:
        return await _done(lambda: self._names(prefix))

    async def delete(self, name: str) -> None:
        await _done(lambda: self._path(name).unlink(missing_ok=True))

    def _path(self, name: str) -> Path:
        path = self._folder / name
        if not path.resolve().is_relative_to(self._folder.resolve()):
            raise ArchiveError("That name leads out of the archive's folder.")
        return path

    def _put(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Whole or not at all, whenever the process dies: it gets its name once it is on disk.
        with NamedTemporaryFile(dir=path.parent, suffix=_UNFINISHED) as unfinished:
            unfinished.write(content)
            unfinished.flush()
            os.fsync(unfinished.fileno())
            try:
                os.link(unfinished.name, path)
            except FileExistsError:
                if path.read_bytes() != content:
                    raise ArchiveClash(f"{path} holds something else already.") from None
        _sync_folder(path.parent)

    def _names(self, prefix: str) -> list[str]:
        # Only the folder that the prefix names in full has to be looked through.
        below = self._folder / prefix.rpartition("/")[0]
        if self._folder.exists() and not self._folder.is_dir():
            raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR))
        found = (path.relative_to(self._folder).as_posix() for path in below.rglob("*.json"))
        return sorted(name for name in found if name.startswith(prefix))


def _read(path: Path) -> bytes | None:
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return None


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


async def _done(work: Callable[[], T]) -> T:
    """On a thread of its own: a disk may take its time. Raises ArchiveError."""
    try:
        return await asyncio.to_thread(work)
    except OSError as error:
        raise ArchiveError(f"The archive's folder cannot be used: {error.strerror}.") from error
