"""Services in processes of their own: forked, killed, buried."""

import asyncio
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.console import codec
from bot.play.console_chats import ConsoleChats
from bot.play.nursery import Nursery
from bot.play.process import Crashed, ServiceSpec
from bot.play.remote import RemoteProcess

NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as opened:
        yield opened


def remote(nursery: Nursery, url: str, crash_at: int | None = None) -> RemoteProcess:
    settings = {"database_url": url, "lease_seconds": 0.2}
    return RemoteProcess(ServiceSpec(settings, "console", crash_at), ConsoleChats().screen, nursery)


async def test_a_service_lives_and_dies(nursery: Nursery, sqlite_url: str) -> None:
    process = remote(nursery, sqlite_url)
    await process.start(NOW)
    await process.settle()
    assert await process.next_due() is None
    await process.kill()
    await process.start(NOW)
    await process.settle()
    await process.stop()


async def test_a_crash_is_told_with_its_point(nursery: Nursery, sqlite_url: str) -> None:
    hello = codec.message("/start", codec.account("Anna"), codec.chat(), "1", NOW)
    process = remote(nursery, sqlite_url, crash_at=1)

    async def greet() -> None:
        await process.start(NOW)
        await process.receive(hello)
        await process.settle()

    with pytest.raises(Crashed) as crashed:
        await greet()
    assert crashed.value.point == "before commit"
    await process.start_unarmed(NOW)
    await process.receive(hello)
    await process.settle()
    await process.stop()


async def test_whoever_watches_learns_of_a_death(nursery: Nursery, sqlite_url: str) -> None:
    hello = codec.message("/start", codec.account("Anna"), codec.chat(), "1", NOW)
    process = remote(nursery, sqlite_url, crash_at=1)
    await process.start(NOW)
    watching = asyncio.create_task(process.watch())
    with pytest.raises(Crashed):
        await process.receive(hello)
    with pytest.raises(Crashed):
        await watching
    await process.kill()


async def test_what_the_service_complains_of_comes_back(nursery: Nursery, tmp_path: Path) -> None:
    process = remote(nursery, f"sqlite:///{tmp_path / 'empty.db'}")

    async def live() -> None:
        await process.start(NOW)
        await process.settle()

    with pytest.raises((RuntimeError, Crashed)):
        await live()
    await process.kill()


def test_closing_the_nursery_leaves_no_process() -> None:
    nursery = Nursery()
    spec = {"spec": {"settings": {}, "platform": "nowhere", "crash_at": None}, "now": "x"}
    pid, line = nursery.fork(spec)
    line.close()
    assert pid != os.getpid()
    nursery.close()
    assert not alive(pid)
