"""An installation to practise on: API, worker, Redis and PostgreSQL as processes of their own."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from sqlalchemy import create_engine, make_url, text

from bot.backup.folder import Folder
from bot.play.databases import PostgresDatabases
from bot.play.redis import RedisServer
from bot.settings import Settings
from scripts.installation import (
    Parts,
    Writer,
    free_port,
    settings_for,
    until_done,
    writer_of,
)
from scripts.servers import Postgres, programs_folder
from storage.backup.programs import Programs
from storage.urls import engine_url

PATIENCE_SECONDS = 120.0
LOOK_SECONDS = 0.1


@dataclass
class Installation:
    """url: of the database in use. written: how many requests have been sent so far."""

    place: Path
    parts: Parts
    postgres: Postgres
    url: str
    writer: Writer
    written: int = 0

    @property
    def settings(self) -> Settings:
        values = {
            "database_url": self.url,
            "backup_dir": str(self.place / "backups"),
            "postgres_bin_dir": programs_folder(),
            "wal_archive_dir": str(self.place / "wal"),
        }
        return Settings.model_validate(values)

    @property
    def folder(self) -> Folder:
        return Folder(self.place / "backups")

    @property
    def programs(self) -> Programs:
        return Programs(programs_folder())

    def start(self, **more: str) -> None:
        """API and worker, on the database in use. more: settings of the worker."""
        self.parts.settings["DATABASE_URL"] = self.url
        if "API" not in self.parts.running:
            self.parts.start("API")
        plain = dict(self.parts.settings)
        self.parts.settings.update(more)
        self.parts.start("worker")
        self.parts.settings.clear()
        self.parts.settings.update(plain)

    def use(self, postgres: Postgres) -> None:
        """The same database on another server."""
        name = make_url(self.url).database
        there = make_url(postgres.url).set(database=name)
        self.postgres, self.url = postgres, there.render_as_string(hide_password=False)

    async def write(self, number: int) -> None:
        """Send so many requests; each is taken before the next is sent."""
        headers = {"Authorization": f"Bearer {self.writer.token}"}
        base = f"http://127.0.0.1:{self.parts.port}"
        async with httpx.AsyncClient(base_url=base, trust_env=False, timeout=20) as client:
            for each in range(self.written, self.written + number):
                body = {"message": self.writer.words(each), "conversation": "drill"}
                await _send(client, body, {**headers, "Idempotency-Key": f"drill-{each}"})
        self.written += number

    async def done(self) -> None:
        """Returns once nothing waits; what has died meanwhile is started again."""
        await until_done(self.url, self.parts.revive)

    def booked(self) -> Counter[str]:
        """How often each title is in the calendar."""
        return Counter(str(title) for title in rows(self.url, "SELECT title FROM events"))

    def missing(self, numbers: range) -> int:
        booked = self.booked()
        return sum(booked[self.writer.title(each)] == 0 for each in numbers)

    def doubled(self) -> int:
        return sum(number - 1 for number in self.booked().values())


@asynccontextmanager
async def installed() -> AsyncIterator[Installation]:
    """Running, with one family; everything is gone afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="fs-drill-", ignore_cleanup_errors=True) as folder,
        RedisServer() as redis,
    ):
        place = Path(folder)
        postgres = Postgres(place / "pg")
        postgres.start()
        postgres.archive_into(place / "wal")
        url = await PostgresDatabases(postgres.url).fresh()
        parts = Parts(redis, postgres, settings_for(url, redis.url), free_port())
        made = Installation(place, parts, postgres, url, await writer_of(url, 0))
        try:
            made.start()
            yield made
        finally:
            await asyncio.to_thread(parts.stop)
            for each in {id(p): p for p in (postgres, made.postgres)}.values():
                each.stop()


def rows(url: str, statement: str) -> list[object]:
    """The first column."""
    engine = create_engine(engine_url(url, "sync"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        result = connection.execute(text(statement))
        found = [row[0] for row in result] if result.returns_rows else []
    engine.dispose()
    return found


async def ended(made: Installation, name: str) -> None:
    """Returns once that process has died by itself."""
    until = time.monotonic() + PATIENCE_SECONDS
    while made.parts.running[name].poll() is None:
        if time.monotonic() > until:
            raise TimeoutError(f"{name} did not die")
        await asyncio.sleep(LOOK_SECONDS)


async def _send(client: httpx.AsyncClient, body: dict[str, str], headers: dict[str, str]) -> None:
    """Again and again until it is taken."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            answer = await client.post("/events", json=body, headers=headers)
        except httpx.HTTPError:
            answer = None
        if answer is not None and answer.status_code == 202:
            return
        await asyncio.sleep(LOOK_SECONDS)
    raise TimeoutError("the API takes no request")
