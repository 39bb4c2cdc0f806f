"""What is away comes back, and nobody is started again for it."""

from __future__ import annotations

import asyncio
import re
import signal
from pathlib import Path

import pytest
from rich.console import Console

from bot.play.counterparts.models import Models, Reply
from bot.play.databases import PostgresDatabases
from bot.play.redis import RedisServer
from scripts import outage
from scripts.servers import Postgres
from tests.bot.workers.fleet import PATIENCE, Fleet, Worker, family, fleet

NEVER = "3600"
"""Seconds until a worker looks by itself: then it does only what the broker tells it to."""


async def test_a_worker_takes_from_a_broker_that_has_come_back(postgresql_url: str) -> None:
    async with fleet(postgresql_url, WAKE_SECONDS=NEVER) as found:
        anna = await found.token(family(), "Anna")
        worker = await found.start_worker()
        await found.ask(anna, "piano on March 1 2027 at 8am")
        found.redis.stop(kill=True)
        found.redis.start()
        assert (await found.ask(anna, "chess on March 2 2027 at 8am"))["status"] == "complete"
        assert await worker.end() == 0


async def test_a_database_that_is_away_stops_nobody(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path / "pg")
    databases = PostgresDatabases(postgres.start())
    try:
        async with fleet(await databases.fresh()) as found:
            anna = await found.token(family(), "Anna")
            worker = await found.start_worker()
            await found.ask(anna, "piano on March 1 2027 at 8am")
            await asyncio.to_thread(postgres.crash)
            refused = await found.client.post("/events", json={"message": "hi"}, headers=anna)
            assert refused.status_code == 503
            await worker.says("the database is away")
            await asyncio.to_thread(postgres.restart)
            assert (await found.ask(anna, "chess on March 2 2027 at 8am"))["status"] == "complete"
            assert await worker.end() == 0
            assert "Traceback" not in "".join(worker.lines)
    finally:
        postgres.stop()


async def test_both_are_away_while_families_write_and_reminders_fall_due() -> None:
    """`make outage`, short."""
    report = await outage.run(2, console=Console(quiet=True))
    assert report.holds, report
    assert [each.part for each in report.outages] == ["Redis", "PostgreSQL"]
    assert report.outages[1].refused > 0


async def test_what_has_begun_is_finished_at_the_end(postgresql_url: str) -> None:
    item = {"kind": "create", "title": "piano", "time": "friday 4pm"}
    models = Models([Reply(to=re.compile("."), items=(item,), seconds=2.0)])
    await models.start()
    settings = {
        "LLM_PROVIDER": "openai",
        "OPENAI_API_KEY": models.key,
        "OPENAI_BASE_URL": f"{models.base_url}/v1",
    }
    async with fleet(postgresql_url, **settings) as found:
        anna = await found.token(family(), "Anna")
        worker = await found.start_worker()
        url = await found.post(anna, "zzzz qqqq blorp")
        await _asked(found, models)
        assert await worker.end() == 0
        task = (await found.client.get(url, headers=anna)).json()
    await models.stop()
    # Such words are asked about before anything is booked.
    assert task["status"] == "awaiting_user"
    assert len(models.asked) == 1


async def _asked(found: Fleet, models: Models) -> None:
    async with asyncio.timeout(PATIENCE):
        while not models.asked:
            await found.client.get("/health")


ROLES = {
    "API": ("uvicorn", "bot.http.app:app", "--port", "0", "--log-level", "info"),
    "worker": ("family-scheduler", "worker"),
    "reminders": ("family-scheduler", "reminders"),
}
WORKING = {"API": "startup complete", "worker": " ready.", "reminders": "reminding"}


@pytest.mark.parametrize("role", ROLES)
async def test_who_starts_before_the_database_waits_for_it(tmp_path: Path, role: str) -> None:
    postgres = Postgres(tmp_path / "pg")
    url = await PostgresDatabases(postgres.start()).fresh()
    await asyncio.to_thread(postgres.crash)
    try:
        with RedisServer() as redis:
            settings = {"DATABASE_URL": url, "CELERY_BROKER_URL": redis.url}
            ended, early = (Worker(settings, ROLES[role]) for _ in range(2))
            await ended.says("Waiting for it.")
            await early.says("Waiting for it.")
            assert await ended.end() == -signal.SIGTERM, "at once: there is nothing to finish"
            await asyncio.to_thread(postgres.restart)
            await early.says(WORKING[role])
            await early.end()
            assert "Traceback" not in "".join(early.lines)
    finally:
        postgres.stop()
