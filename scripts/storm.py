"""Kill parts of a running installation at random while families write to it, and count.

An API, two workers, Redis and PostgreSQL run as processes of their own. Many chats send requests,
each delivered twice; meanwhile one part after the other is killed (PostgreSQL by an immediate
shutdown, everything else by SIGKILL) and started again. At the end each request must have had its
effect exactly once, in the order of its chat. `make storm` sends 2,000 over 40 chats.
"""

from __future__ import annotations

import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from sqlalchemy import create_engine, text

from agents.actions.tokens import Holder, grant
from bot.play.databases import PostgresDatabases
from bot.play.redis import RedisServer
from scheduling.access import Scope
from scheduling.family import Household, Member, Role
from scripts.servers import Postgres
from storage.engine import open_database
from storage.urls import engine_url

PAUSE_SECONDS = 1.0
"""Between two kills, on average."""
PATIENCE_SECONDS = 600.0
"""After the last request has been taken, for all of them to be done."""
FIRST_DAY = date(2027, 3, 1)


@dataclass(frozen=True, slots=True)
class Report:
    """What must be nothing: lost, doubled, disordered, failed (requests)."""

    requests: int
    chats: int
    kills: Counter[str]
    refused: int
    lost: int
    doubled: int
    disordered: int
    failed: int
    seconds: float

    @property
    def holds(self) -> bool:
        return not (self.lost or self.doubled or self.disordered or self.failed)

    def table(self) -> Table:
        rows = {
            "requests, each sent twice": self.requests,
            "chats": self.chats,
            **{f"killed: {name}": number for name, number in sorted(self.kills.items())},
            "deliveries refused meanwhile, and sent again": self.refused,
            "effects lost": self.lost,
            "effects doubled": self.doubled,
            "effects out of order": self.disordered,
            "requests given up": self.failed,
            "seconds": round(self.seconds),
        }
        table = Table("what", "number")
        for what, number in rows.items():
            table.add_row(what, str(number))
        return table


@dataclass
class Parts:
    """Everything that may be killed, by name."""

    redis: RedisServer
    postgres: Postgres
    settings: dict[str, str]
    port: int
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)

    def start(self, name: str) -> None:
        quiet = f"--port {self.port} --log-level error --timeout-keep-alive 300"
        words = (
            f"uvicorn bot.http.app:app {quiet}"
            if name == "API"
            else f"celery -A bot.worker worker -l error -n {name.replace(' ', '')}@%h"
        )
        command = [sys.executable, "-m", *words.split()]
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

    def revive(self) -> None:
        """As a supervisor does: one that was started while its database was not there has ended."""
        for name, process in list(self.running.items()):
            if process.poll() is not None:
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


async def run(requests: int, chats: int, seed: int, *, console: Console) -> Report:
    """requests: in all. seed: of who is killed when."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="storm") as folder, RedisServer() as redis:
        postgres = Postgres(Path(folder) / "pg")
        databases = PostgresDatabases(postgres.start())
        url = await databases.fresh()
        parts = Parts(redis, postgres, settings_for(url, redis.url), free_port())
        try:
            writers = [await writer_of(url, number) for number in range(chats)]
            for name in ("API", "worker 1", "worker 2"):
                parts.start(name)
            refused = await _storm(parts, url, writers, requests // chats, seed, console)
            found = _counted(url, writers, requests // chats)
        finally:
            await asyncio.to_thread(parts.stop)
            postgres.stop()
    lost, doubled, disordered, failed = found
    sent = requests // chats * chats
    took = time.monotonic() - began
    return Report(sent, chats, parts.kills, refused, lost, doubled, disordered, failed, took)


async def _storm(
    parts: Parts, url: str, writers: Sequence[Writer], each: int, seed: int, console: Console
) -> int:
    refused = Counter[str]()
    with Progress(console=console, transient=True) as shown:
        sent = shown.add_task("sent", total=each * len(writers))
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{parts.port}", trust_env=False, timeout=20
        ) as client:
            writing = asyncio.gather(
                *(_write(client, w, each, refused, lambda: shown.advance(sent)) for w in writers)
            )
            over = asyncio.Event()
            killing = asyncio.create_task(_kill(parts, random.Random(seed), over))  # noqa: S311
            await writing
            over.set()
            await killing
        done = shown.add_task("done", total=each * len(writers))
        total = each * len(writers)
        await until_done(parts, url, lambda left: shown.update(done, completed=total - left))
    return refused["refused"]


async def _kill(parts: Parts, chance: random.Random, over: asyncio.Event) -> None:
    victims = ["worker 1", "worker 2", "API", "Redis", "PostgreSQL"]
    while not over.is_set():
        await asyncio.sleep(chance.uniform(0.5, 1.5) * PAUSE_SECONDS)
        await asyncio.to_thread(parts.kill_and_start, chance.choice(victims))
        await asyncio.to_thread(parts.revive)


async def _write(
    client: httpx.AsyncClient, writer: Writer, each: int, refused: Counter[str], sent: Any
) -> None:
    for number in range(each):
        body = {"message": writer.words(number), "conversation": "storm"}
        headers = {
            "Authorization": f"Bearer {writer.token}",
            "Idempotency-Key": f"{writer.household}-{number}",
        }
        taken = 0
        while taken < 2:
            try:
                answer = await client.post("/events", json=body, headers=headers)
            except httpx.HTTPError:
                answer = None
            if answer is not None and answer.status_code == 202:
                taken += 1
            else:
                refused["refused"] += 1
                await asyncio.sleep(0.2)
        sent()


async def until_done(parts: Parts, url: str, left: Any) -> None:
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
        parts.revive()
        await asyncio.sleep(0.5)
    engine.dispose()


_DONE = text("SELECT summary FROM audit WHERE household_id = :family ORDER BY seq")
_BOOKED = text("SELECT title FROM events WHERE household_id = :family")


def _counted(url: str, writers: Sequence[Writer], each: int) -> tuple[int, int, int, int]:
    """Effects lost, doubled and out of order, and requests given up."""
    lost = doubled = disordered = 0
    engine = create_engine(engine_url(url, "sync"))
    with engine.connect() as connection:
        for writer in writers:
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
    return lost, doubled, disordered, failed


async def writer_of(url: str, number: int) -> Writer:
    anna = Member(uuid4(), "Anna", Role.PARENT)
    home = Household(uuid4(), f"Family {number}", "America/New_York", members=(anna,))
    token = f"fs_{uuid4().hex}"
    database = open_database(url, pool_size=1)
    async with database.uow() as uow:
        await uow.households.add(home)
        holder = Holder(home.id, anna.id, "storm", Scope.WRITE)
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


def main(requests: int = 2_000, chats: int = 40, seed: int = 7) -> int:
    console = Console()
    report = asyncio.run(run(requests, chats, seed, console=console))
    console.print(report.table())
    return 0 if report.holds else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
