"""Attack the HTTP API with what its own description allows and forbids (schemathesis).

`make fuzz` sends 10,000 requests and more; the suite sends a few of each kind. The product runs in
a process of its own, on a fresh SQLite file, as its users would start it.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from agents.actions.tokens import Holder, grant
from scheduling.access import Scope
from scheduling.family import Household, Member, Resource, ResourceType, Role
from storage.engine import open_database
from storage.migrate import upgrade

PATIENCE_SECONDS = 60
NOT_THESE = "/changes/stream"
"""It ends when its reader goes, which a fuzzer does not."""


def run(examples: int) -> int:
    """examples: requests of each operation and phase. Returns schemathesis' exit code."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/family.db"
        upgrade(database)
        token = asyncio.run(_family(database))
        port = _free_port()
        settings = {
            "DATABASE_URL": database,
            "API_RATE_PER_MINUTE": "0",
            "WEBHOOK_SIGNING_KEY": "a word for fuzzing",
            "LOG_LEVEL": "ERROR",
        }
        serve = [sys.executable, "-m", "uvicorn", "bot.http.app:app", "--port", str(port)]
        quiet = ["--log-level", "error", "--no-access-log"]
        server = subprocess.Popen(  # noqa: S603 - our own command line
            [*serve, *quiet], env={**os.environ, **settings}, cwd=_home()
        )
        try:
            _until_ready(port)
            return _attack(port, token, examples)
        finally:
            server.terminate()
            server.wait()


def _attack(port: int, token: str, examples: int) -> int:
    url = f"http://127.0.0.1:{port}/openapi.json"
    command = [
        str(Path(sys.executable).parent / "schemathesis"),
        "run",
        url,
        "--header",
        f"Authorization: Bearer {token}",
        "--max-examples",
        str(examples),
        "--exclude-path",
        NOT_THESE,
        "--checks",
        "all",
        # What is well-formed may still name nobody of the family, or a day that is past.
        "--exclude-checks",
        "positive_data_acceptance",
        "--generation-database",
        "none",
        "--seed",
        "7",
    ]
    done = subprocess.run(  # noqa: S603 - our own command line
        command, check=False, cwd=tempfile.gettempdir()
    )
    return done.returncode


async def _family(database: str) -> str:
    anna, mia = Member(uuid4(), "Anna", Role.PARENT), Member(uuid4(), "Mia", Role.CHILD)
    car = Resource(uuid4(), "car", ResourceType.VEHICLE)
    home = Household(uuid4(), "Rivera", "America/New_York", members=(anna, mia), resources=(car,))
    token = f"fs_{uuid4().hex}"
    opened = open_database(database)
    async with opened.uow() as uow:
        await uow.households.add(home)
        holder = Holder(home.id, anna.id, "fuzz", Scope.ADMIN)
        await grant(uow, holder, uuid4(), token, datetime.now(UTC))
        await uow.commit()
    await opened.close()
    return token


def _home() -> Path:
    return Path(__file__).resolve().parent.parent


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


def _until_ready(port: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=5).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(run(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
