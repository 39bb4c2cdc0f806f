"""The product as deploy/build.sh builds it, and its processes as an engine would start them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.settings import Settings
from tests.bot.workers.fleet import PATIENCE
from tests.deploy.reading import instructions
from tests.house.sources import ROOT

ENDED = (0, -signal.SIGTERM)
"""Uvicorn, once all is finished, raises the signal again."""


def of_the_image(name: str) -> str:
    """A value of the image's environment."""
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    told = [rest for stage, word, rest in instructions(dockerfile) if (stage, word) == (1, "ENV")]
    pairs = dict(pair.split("=", 1) for rest in told for pair in rest.split())
    return pairs[name]


@dataclass
class Image:
    """The product as it was built, and the settings of its containers."""

    folder: Path
    settings: dict[str, str]

    def _environment(self, more: dict[str, str]) -> dict[str, str]:
        ours = {name.upper() for name in Settings.model_fields}
        kept = {n: v for n, v in os.environ.items() if n not in ours and n != "PYTHONPATH"}
        told = {n: of_the_image(n) for n in ("HTTP_ENABLED", "HTTP_HOST", "PORT")}
        path = f"{self.folder}/opt/venv/bin:{os.environ['PATH']}"
        return {**kept, **told, "PATH": path, **self.settings, **more}

    def _words(self, command: tuple[str, ...]) -> list[str]:
        ours = self.folder / "opt/venv/bin" / command[0]
        return [str(ours) if ours.exists() else command[0], *command[1:]]

    def run(self, *command: str, **more: str) -> str:
        """What a container prints that does one thing and ends."""
        done = subprocess.run(
            self._words(command),
            cwd=self.folder / "app",
            env=self._environment(more),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def container(self, *command: str, port: int, **more: str) -> Iterator[str]:
        """Its address, once it is ready. Ended as a supervisor ends it; that is asked for here,
        too: a clean end, nothing that looks like a crash."""
        log = self.folder / f"log-{port}"
        with log.open("w") as told:
            process = subprocess.Popen(
                self._words(command),
                cwd=self.folder / "app",
                env=self._environment({"PORT": str(port), **more}),
                stdout=told,
                stderr=told,
            )
        try:
            wait_for(f"http://127.0.0.1:{port}/ready", process)
            yield f"http://127.0.0.1:{port}"
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) in ENDED, log.read_text()
        finally:
            process.kill()
            process.wait()
        assert "Traceback" not in log.read_text()


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until it answers 200, or the process is gone."""
    while process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
                assert answer.status == 200
                return
        except (urllib.error.URLError, ConnectionError):
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
    raise AssertionError("it ended instead of getting ready")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def ask(url: str, token: str = "", body: dict[str, str] | None = None) -> tuple[int, Any]:
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = json.dumps(body).encode() if body else None
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, data, headers), timeout=PATIENCE
        ) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.load(refused)
