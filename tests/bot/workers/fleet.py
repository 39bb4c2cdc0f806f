"""An API process's half, real worker processes, a real Redis: as they run for many families."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from agents.actions.tokens import Holder, grant
from bot.clock import SystemClock
from bot.door import Door
from bot.http.platform import HttpPlatform
from bot.http.serving import http_app
from bot.play.counterparts.loopback import Loopback
from bot.play.redis import RedisServer
from bot.receiving import build_receiving
from bot.settings import Settings
from scheduling.access import Scope
from scheduling.family import Household, Member, Resource, ResourceType, Role

PATIENCE = 90
"""Seconds after which a test gives up; nothing is measured by it."""
ROOT = Path(__file__).resolve().parents[3]
CELERY = ("celery", "-A", "bot.worker", "worker", "--loglevel=info")


def family(name: str = "Rivera") -> Household:
    anna, ben = Member(uuid4(), "Anna", Role.PARENT), Member(uuid4(), "Ben", Role.PARENT)
    car = Resource(uuid4(), "car", ResourceType.VEHICLE)
    return Household(uuid4(), name, "America/New_York", members=(anna, ben), resources=(car,))


def program(name: str) -> str:
    """A command of this environment."""
    return str(Path(sys.executable).parent / name)


class Worker:
    """One worker process, started by the command its users type."""

    def __init__(self, settings: dict[str, str], command: tuple[str, ...]) -> None:
        self._process = subprocess.Popen(
            [program(command[0]), *command[1:]],
            env={**os.environ, **settings},
            cwd=ROOT,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        self.lines: list[str] = []
        self._loop = asyncio.get_running_loop()
        self._ready = asyncio.Event()
        self._heard = asyncio.Event()
        self._reading = asyncio.create_task(asyncio.to_thread(self._read))

    async def ready(self) -> None:
        """Until it takes from the broker, or is gone."""
        async with asyncio.timeout(PATIENCE):
            await self._ready.wait()

    async def says(self, words: str) -> None:
        """Until they are in its log."""
        async with asyncio.timeout(PATIENCE):
            while not any(words in line for line in self.lines):
                self._heard.clear()
                await self._heard.wait()

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.lines.append(line)
            self._loop.call_soon_threadsafe(self._heard.set)
            if " ready." in line:
                self._loop.call_soon_threadsafe(self._ready.set)
        self._loop.call_soon_threadsafe(self._ready.set)

    async def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Its exit code."""
        self._process.send_signal(how)
        code = await asyncio.to_thread(self._process.wait)
        await self._reading
        if self._process.stderr is not None:
            self._process.stderr.close()
        return code

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def runs(self) -> bool:
        return self._process.poll() is None


@dataclass
class Fleet:
    """door: the receiving half, in this process. client: speaks to its HTTP API."""

    door: Door
    redis: RedisServer
    client: httpx.AsyncClient
    settings: dict[str, str]
    workers: list[Worker] = field(default_factory=list)

    async def start_worker(self, command: tuple[str, ...] = CELERY, **more: str) -> Worker:
        worker = Worker({**self.settings, **more}, command)
        self.workers.append(worker)
        await worker.ready()
        assert worker.runs, "".join(worker.lines)
        return worker

    async def token(self, household: Household, name: str) -> dict[str, str]:
        member = household.named(name)
        assert member is not None
        words = f"fs_{uuid4().hex}"
        async with self.door.uow() as uow:
            await uow.households.add(household)
            holder = Holder(household.id, member.id, name, Scope.ADMIN)
            await grant(uow, holder, uuid4(), words, datetime.now(UTC))
            await uow.commit()
        return {"Authorization": f"Bearer {words}"}

    async def post(self, headers: dict[str, str], message: str, conversation: str = "") -> str:
        """Where the task is to be looked at."""
        body = {"message": message} | ({"conversation": conversation} if conversation else {})
        answer = await self.client.post("/events", json=body, headers=headers)
        assert answer.status_code == 202, answer.text
        url: str = answer.json()["status_url"]
        return url

    async def done(self, headers: dict[str, str], url: str) -> dict[str, Any]:
        """The task, once nothing more happens to it by itself."""
        async with asyncio.timeout(PATIENCE):
            while True:
                task: dict[str, Any] = (await self.client.get(url, headers=headers)).json()
                if task["status"] not in ("pending", "processing"):
                    return task

    async def ask(self, headers: dict[str, str], message: str) -> dict[str, Any]:
        return await self.done(headers, await self.post(headers, message))


@asynccontextmanager
async def fleet(database_url: str, **more: str) -> AsyncIterator[Fleet]:
    with RedisServer() as redis:
        chosen = {
            "DATABASE_URL": database_url,
            "CELERY_BROKER_URL": redis.url,
            "API_RATE_PER_MINUTE": "0",
            "WAKE_SECONDS": "1",
            "LEASE_SECONDS": "1",
            **more,
        }
        settings = Settings.model_validate({name.lower(): value for name, value in chosen.items()})
        door = await build_receiving(settings, clock=SystemClock(), platforms=[HttpPlatform()])
        await door.start()
        server = Loopback(http_app(door, None))
        await server.start()
        async with httpx.AsyncClient(
            base_url=server.base_url, trust_env=False, timeout=PATIENCE
        ) as client:
            found = Fleet(door, redis, client, chosen)
            try:
                yield found
            finally:
                for worker in found.workers:
                    if worker.runs:
                        await worker.end(signal.SIGKILL)
                await server.stop()
                await door.stop()
