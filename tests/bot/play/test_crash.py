"""Crash points: silent unless armed, deadly at the right one."""

import multiprocessing
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest

from bot import crash
from bot.clock import HandClock, SystemClock
from bot.console import codec
from scheduling.messages import Outgoing
from scheduling.ports import Chat, OutboxRow

CHAT = Chat(UUID(int=7), UUID(int=8), codec.chat())
ROW = OutboxRow(UUID(int=5), 1, Outgoing("k", CHAT.id, "hi"), CHAT, None, 0)


@pytest.fixture(autouse=True)
def _disarmed() -> Iterator[None]:
    yield
    crash.arm(None)


def _die_at(number: int) -> None:
    crash.arm(number)
    for _ in range(3):
        crash.crash_point("here")


@pytest.mark.parametrize(("at", "code"), [(1, -signal.SIGKILL), (3, -signal.SIGKILL), (4, 0)])
def test_the_nth_point_kills(at: int, code: int) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_die_at, args=(at,))
    process.start()
    process.join()
    assert process.exitcode == code


class Told(Exception):
    """Raised in place of dying."""


def passed(at: int) -> None:
    """Arm so that the point's name is told, and the test lives on."""

    def last_words(point: str) -> None:
        raise Told(point)

    crash.arm(at, last_words)


class Work:
    def __init__(self) -> None:
        self.done: list[str] = []
        self.chats = "the inner one's"

    async def __aenter__(self) -> "Work":
        return self

    async def __aexit__(self, *exc: object) -> None:
        self.done.append("left")

    async def commit(self) -> None:
        self.done.append("committed")


@pytest.mark.parametrize(
    ("at", "point", "done"),
    [(1, "before commit", ["left"]), (2, "after commit", ["committed", "left"])],
)
async def test_around_a_commit(at: int, point: str, done: list[str]) -> None:
    work: Any = Work()
    passed(at)

    async def commit() -> None:
        async with crash.CrashingUnitOfWorkFactory(lambda: work)() as uow:
            assert uow.chats == work.chats
            await uow.commit()

    with pytest.raises(Told, match=point):
        await commit()
    assert work.done == done


class Screen:
    def __init__(self) -> None:
        self.sent: list[OutboxRow] = []

    async def send(self, row: OutboxRow) -> str:
        self.sent.append(row)
        return "ref"


@pytest.mark.parametrize(("at", "point", "sent"), [(1, "before send", 0), (2, "after send", 1)])
async def test_around_a_delivery(at: int, point: str, sent: int) -> None:
    screen = Screen()
    passed(at)
    with pytest.raises(Told, match=point):
        await crash.CrashingSender(screen).send(ROW)
    assert len(screen.sent) == sent


async def test_disarmed_it_only_delivers() -> None:
    screen = Screen()
    assert await crash.CrashingSender(screen).send(ROW) == "ref"


class Saver:
    def __init__(self) -> None:
        self.saved: list[str] = []

    async def aput(self, what: str) -> str:
        self.saved.append(what)
        return "config"

    async def aput_writes(self, what: str) -> None:
        self.saved.append(what)


@pytest.mark.parametrize(
    ("at", "point", "saved"),
    [
        (1, "before checkpoint aput", []),
        (2, "after checkpoint aput", ["a"]),
        (3, "before checkpoint aput_writes", ["a"]),
        (4, "after checkpoint aput_writes", ["a", "b"]),
    ],
)
async def test_around_a_checkpoint(at: int, point: str, saved: list[str]) -> None:
    saver = crash.crashing_saver(crash.crashing_saver(Saver()))
    passed(at)

    async def save() -> None:
        assert await saver.aput("a") == "config"
        await saver.aput_writes("b")

    with pytest.raises(Told, match=point):
        await save()
    assert saver.saved == saved


def test_hand_moved_time_stands_still_and_never_goes_back() -> None:
    clock = HandClock(datetime(2026, 3, 4, 10, tzinfo=timezone(timedelta(hours=-5))))
    assert clock.now() == clock.now() == datetime(2026, 3, 4, 15, tzinfo=UTC)
    clock.set(datetime(2026, 3, 4, 16, tzinfo=UTC))
    assert clock.now().hour == 16
    with pytest.raises(ValueError, match="go back"):
        clock.set(datetime(2026, 3, 4, 15, tzinfo=UTC))
    with pytest.raises(ValueError, match="aware"):
        clock.set(datetime(2026, 3, 5))
    assert SystemClock().now().tzinfo is UTC
