"""Workers on Cloud Run: their number follows what waits."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from pydantic import ValidationError

from bot.scaling.autoscale import Limits
from bot.scaling.cloud_run import CloudRun, CloudRunError
from bot.scaling.scaler import OwnProcessor, Scaler
from bot.settings import Settings
from storage.engine import Database, machine_time
from tests.bot.scaling.cloud_run_server import SERVICE, CloudRunServer, cloud_run
from tests.bot.workers.fleet import fleet
from tests.storage.samples import family, message, store_family

COOL = Limits().cool_down
IDLE = OwnProcessor(used=lambda: 0.0)


@asynccontextmanager
async def spoken_to(
    server: CloudRunServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[CloudRun]:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(server.key_file))
    client = CloudRun(SERVICE, server.base_url)
    yield client
    await client.close()


class Time:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


async def waiting(database: Database, chats: int) -> None:
    """One message in each of so many chats."""
    async with database.uow() as uow:
        for number in range(chats):
            home = family(f"-{number + 1}")
            await store_family(uow, home)
            said = message(home.chat, number)
            await uow.inbox.add(home.id, home.chat.id, None, uuid4(), said, machine_time())
        await uow.commit()


async def test_more_wait_and_there_are_more_workers(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await waiting(database, chats=5)
    async with cloud_run(tmp_path) as server, spoken_to(server, monkeypatch) as service:
        assert await service.instances() == 1
        await Scaler(service, database.reader, processor=IDLE).look()
        assert server.set == [4]
        assert await service.instances() == 4
    assert server.scopes == ["https://www.googleapis.com/auth/cloud-platform"]


async def test_fewer_only_after_the_cool_down_and_one_by_one(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers look after the number, and it goes down no faster than with one."""
    async with (
        cloud_run(tmp_path, minInstanceCount=4) as server,
        spoken_to(server, monkeypatch) as service,
    ):
        time = Time()
        both = [Scaler(service, database.reader, now=time, processor=IDLE) for _ in range(2)]
        passed = {}
        for time.seconds in range(0, 3 * int(COOL) + 60, 10):
            for one in both:
                await one.look()
            passed[server.service["scaling"]["minInstanceCount"]] = time.seconds
    assert server.set == [3, 2, 1]
    assert all(last >= COOL for last in (passed[4] + 10, passed[3] - passed[4]))


async def test_what_is_right_is_left_alone(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with cloud_run(tmp_path) as server, spoken_to(server, monkeypatch) as service:
        await Scaler(service, database.reader, processor=IDLE).look()
    assert server.set == []


@pytest.mark.parametrize("status", [401, 403, 404, 409, 429, 503])
async def test_where_google_refuses_a_sentence_says_so(
    status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with cloud_run(tmp_path) as server, spoken_to(server, monkeypatch) as service:
        server.refuses = status
        with pytest.raises(CloudRunError, match=str(status)):
            await service.instances()
        with pytest.raises(CloudRunError, match=str(status)):
            await service.set_instances(2)


async def test_without_credentials_a_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with cloud_run(tmp_path) as server, spoken_to(server, monkeypatch) as service:
        server.key_file.unlink()
        with pytest.raises(CloudRunError, match="cannot be asked"):
            await service.instances()


def test_a_hot_processor_asks_for_company() -> None:
    used = iter([0.0, 9.0, 9.0])
    now = iter([0.0, 10.0, 20.0])
    processor = OwnProcessor(lambda: next(used), lambda: next(now))
    assert [processor.share() for _ in range(3)] == [0.0, 0.9, 0.0]


async def test_a_worker_looks_after_the_number(postgresql_url: str, tmp_path: Path) -> None:
    async with (
        cloud_run(tmp_path, minInstanceCount=0) as server,
        fleet(postgresql_url, **server.settings) as found,
    ):
        server.service["template"]["scaling"] = {}
        worker = await found.start_worker()
        await worker.says("workers: 1 instead of 0")
    assert server.set == [1]


@pytest.mark.parametrize("name", ["agent-workers", "projects/a/services/b", f"{SERVICE}/more"])
def test_a_service_is_named_in_full(name: str) -> None:
    with pytest.raises(ValidationError, match="scale_cloud_run"):
        Settings(scale_cloud_run=name, _env_file=None)


async def test_trouble_is_said_once(
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with cloud_run(tmp_path) as server, spoken_to(server, monkeypatch) as service:
        scaler = Scaler(service, database.reader, processor=IDLE)
        server.refuses = 503
        with caplog.at_level(logging.WARNING, "bot.scaling.scaler"):
            for _ in range(3):
                await scaler.try_to_look()
        assert caplog.messages == [
            "the number of workers stays as it is: Cloud Run answers 503 to GET."
        ]
        server.refuses = 0
        await waiting(database, chats=2)
        await scaler.try_to_look()
        assert server.set == [2]
