"""A running installation in processes of its own, families that write to it, and what became of it.

For trials: an API, workers, Redis and PostgreSQL, of which one part or another is taken away.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

import httpx
from sqlalchemy import create_engine, text

from agents.actions.tokens import Holder, grant
from bot.play.redis import RedisServer
from scheduling.access import Scope
from scheduling.family import Household, Member, Role
from scripts.servers import Postgres
from storage.engine import open_database
from storage.urls import engine_url

PATIENCE_SECONDS = 600.0
"""After the last request has been taken, for all of them to be done."""
FIRST_DAY = date(2027, 3, 1)


@dataclass(frozen=True, slots=True)
class Harm:
    """What must be nothing: effects lost, doubled, out of their chat's order; requests given up."""

    lost: int
    doubled: int
    disordered: int
    failed: int

    @property
    def none(self) -> bool:
        return not (self.lost or self.doubled or self.disordered or self.failed)

    def rows(self) -> dict[str, int]:
        return {
            "effects lost": self.lost,
            "effects doubled": self.doubled,
            "effects out of order": self.disordered,
            "requests given up": self.failed,
        }


@dataclass
class Parts:
    """Everything that may be killed, by name."""

    redis: RedisServer
    postgres: Postgres
    settings: dict[str, str]
    port: int
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)

    def start(self, name: str, port: int | None = None) -> None:
        """name: API, floor (`scripts.floor`), reminders, or a worker's. port: another than the
        installation's."""
        quiet = f"--port {port or self.port} --log-level error --timeout-keep-alive 300"
        words = {
            "API": ["-m", *f"uvicorn bot.http.app:app {quiet}".split()],
            "floor": ["-m", *f"uvicorn scripts.floor:app {quiet}".split()],
            "reminders": ["-c", "from bot.cli import main; main()", "reminders"],
        }
        worker = f"-m celery -A bot.worker worker -l error -n {name.replace(' ', '')}@%h".split()
        command = [sys.executable, *words.get(name, worker)]
        self.running[name] = subprocess.Popen(  # noqa: S603 - our own command line
            command,
            env={**os.environ, **self.settings},
            cwd=Path(__file__).resolve().parent.parent,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill_and_start(self, name: str) -> None:
        """Down and up again. Takes a moment, so not on the event loop."""
        self.kills[name.partition(" ")[0]] += 1
        if name == "Redis":
            self.redis.stop(kill=True)
            self.redis.start()
        elif name == "PostgreSQL":
            self.postgres.crash()
            self.postgres.restart()
        else:
            self.running[name].kill()
            self.running[name].wait()
            self.start(name)

    def ended(self) -> list[str]:
        """Who has died without being killed here."""
        return [name for name, process in self.running.items() if process.poll() is not None]

    def revive(self) -> None:
        """As a supervisor does: one that was started while its database was not there has ended."""
        for name in self.ended():
            self.start(name)

    def stop(self, kind: str = "") -> None:
        """kind: only those whose names begin so."""
        for name in [name for name in self.running if name.startswith(kind)]:
            process = self.running.pop(name)
            process.kill()
            process.wait()


_SYLLABLES = ("ba", "bel", "bim", "dob", "dun", "fal", "fek", "gim", "gol", "kub")


@dataclass(frozen=True, slots=True)
class Writer:
    """One chat: a family, and the token that writes in its name."""

    household: UUID
    token: str

    @staticmethod
    def title(number: int) -> str:
        """A word that means nothing else."""
        return "errand " + "".join(_SYLLABLES[int(digit)] for digit in str(number))

    def words(self, number: int) -> str:
        day, slot = FIRST_DAY + timedelta(days=number // 20), number % 20
        clock = f"{slot // 2 + 7}:{slot % 2 * 3}0"
        return f"{self.title(number)} on {day:%B} {day.day} {day.year} at {clock} for 30 minutes"


async def send_twice(client: httpx.AsyncClient, writer: Writer, number: int) -> int:
    """Returns once the API has taken it both times; how often it did not."""
    body = {"message": writer.words(number), "conversation": "trial"}
    headers = {
        "Authorization": f"Bearer {writer.token}",
        "Idempotency-Key": f"{writer.household}-{number}",
    }
    taken = refused = 0
    while taken < 2:
        try:
            answer = await client.post("/events", json=body, headers=headers)
        except httpx.HTTPError:
            answer = None
        if answer is not None and answer.status_code == 202:
            taken += 1
        else:
            refused += 1
            await asyncio.sleep(0.2)
    return refused


async def until_done(
    url: str, meanwhile: Callable[[], None], left: Callable[[int], None] = lambda number: None
) -> None:
    """Returns once nothing waits. left: is told how much does."""
    until = time.monotonic() + PATIENCE_SECONDS
    engine = create_engine(engine_url(url, "sync"), pool_pre_ping=True)
    while time.monotonic() < until:
        with engine.connect() as connection:
            waiting = connection.execute(
                text("SELECT count(*) FROM inbox WHERE state = 'waiting'")
            ).scalar_one()
        left(waiting)
        if not waiting:
            break
        meanwhile()
        await asyncio.sleep(0.5)
    engine.dispose()


_DONE = text("SELECT summary FROM audit WHERE household_id = :family ORDER BY seq")
_BOOKED = text("SELECT title FROM events WHERE household_id = :family")


def harm_done(url: str, sent: Mapping[Writer, int]) -> Harm:
    """sent: how many requests each has sent."""
    lost = doubled = disordered = 0
    engine = create_engine(engine_url(url, "sync"))
    with engine.connect() as connection:
        for writer, each in sent.items():
            family = {"family": writer.household}
            done = [row.summary for row in connection.execute(_DONE, family)]
            booked = Counter(row.title for row in connection.execute(_BOOKED, family))
            order = {writer.title(n): n for n in range(each)}
            lost += sum(booked[title] == 0 for title in order)
            doubled += sum(max(0, number - 1) for number in booked.values())
            numbers = [order[title] for title in done]
            disordered += sum(a > b for a, b in pairwise(numbers))
        failed = connection.execute(
            text("SELECT count(*) FROM inbox WHERE state = 'failed'")
        ).scalar_one()
    engine.dispose()
    return Harm(lost, doubled, disordered, failed)


async def writer_of(url: str, number: int) -> Writer:
    anna = Member(uuid4(), "Anna", Role.PARENT)
    home = Household(uuid4(), f"Family {number}", "America/New_York", members=(anna,))
    token = f"fs_{uuid4().hex}"
    database = open_database(url, pool_size=1)
    async with database.uow() as uow:
        await uow.households.add(home)
        holder = Holder(home.id, anna.id, "trial", Scope.WRITE)
        await grant(uow, holder, uuid4(), token, datetime.now(UTC))
        await uow.commit()
    await database.close()
    return Writer(home.id, token)


def settings_for(database: str, broker: str) -> dict[str, str]:
    return {
        "DATABASE_URL": database,
        "CELERY_BROKER_URL": broker,
        "API_RATE_PER_MINUTE": "0",
        "LEASE_SECONDS": "2",
        "WAKE_SECONDS": "2",
        "LOG_LEVEL": "ERROR",
    }


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
