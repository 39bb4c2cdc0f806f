"""PostgreSQL's own programs: found, told where the server is, and their complaints passed on."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from tempfile import TemporaryFile
from typing import IO

from psycopg.pq import Conninfo

from storage.backup.trouble import BackupTrouble
from storage.urls import libpq_url


class Programs:
    """folder: where they lie; "" = wherever the PATH finds them."""

    def __init__(self, folder: str = "") -> None:
        self._folder = folder

    def find(self, name: str) -> str:
        """Raises BackupTrouble where it is not to be had."""
        found = shutil.which(name, path=self._folder or None)
        if found is None:
            raise BackupTrouble(
                f"{name} is not here. Install PostgreSQL's client programs, of the server's "
                "version or newer, and set POSTGRES_BIN_DIR where they are not on the PATH."
            )
        return found

    def run(self, url: str | None, name: str, *arguments: str) -> None:
        """url: the server it is to speak to. Raises BackupTrouble with what it complains of."""
        with TemporaryFile() as said:
            done = subprocess.run(  # noqa: S603 - a program of PostgreSQL's with words of ours
                [self.find(name), *arguments],
                env=environment(url) if url else None,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                check=False,
            )
            if done.returncode:
                raise _complaint(name, said)

    def pipe(
        self, url: str, reader: Sequence[str], writer: Sequence[str], around: tuple[bytes, bytes]
    ) -> None:
        """What `reader` prints into `writer`, between the two. The second is said once all has been
        printed, so that half of it is never taken for the whole, whoever dies on the way. Raises
        BackupTrouble."""
        with (
            TemporaryFile() as asked,
            TemporaryFile() as answered,
            self._start(url, reader, asked, stdout=subprocess.PIPE) as source,
            self._start(url, writer, answered, stdin=subprocess.PIPE) as sink,
        ):
            assert source.stdout is not None
            assert sink.stdin is not None
            read = True
            # It has ended early, and has said why.
            with suppress(BrokenPipeError):
                sink.stdin.write(around[0])
                shutil.copyfileobj(source.stdout, sink.stdin)
                read = source.wait() == 0
                sink.stdin.write(around[1] if read else b"")
            with suppress(BrokenPipeError):
                sink.stdin.close()
            source.kill()
            if not read:
                raise _complaint(reader[0], asked)
            if sink.wait():
                raise _complaint(writer[0], answered)

    def _start(
        self,
        url: str,
        command: Sequence[str],
        said: IO[bytes],
        *,
        stdin: int = subprocess.DEVNULL,
        stdout: int = subprocess.DEVNULL,
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - as above
            [self.find(command[0]), *command[1:]],
            env=environment(url),
            stdin=stdin,
            stdout=stdout,
            stderr=said,
        )


def environment(url: str) -> dict[str, str]:
    """This process's, and where the server is: a password among a program's arguments could be
    read by everyone on the machine."""
    told = {
        option.envvar.decode(): option.val.decode()
        for option in Conninfo.parse(libpq_url(url).encode())
        if option.val and option.envvar
    }
    return {**os.environ, **told}


def _complaint(name: str, said: IO[bytes]) -> BackupTrouble:
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines() or ["it did not say why"]
    wrong = next((line for line in lines if "error" in line.lower()), lines[0])
    return BackupTrouble(f"{name} failed: {wrong.removeprefix(f'{name}: ')}")
