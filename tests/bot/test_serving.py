"""The end of a process: what has begun is finished, and it does not take long."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.clock import HandClock
from bot.console import codec
from bot.play.counterparts.telegram import Message, Telegram, User
from bot.serving import serve
from bot.settings import Settings
from bot.wiring import Service, build
from scheduling.messages import ChatAddress, Outgoing
from scheduling.messages import Platform as Name
from scheduling.ports import Receiver, TryLater
from scheduling.rows import OutboxRow
from storage.engine import open_database
from tests.bot.talk import MORNING

PATIENCE = 30
PROMPTLY = 7
"""Seconds; supervisors kill after ten."""


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram() as counterpart:
        yield counterpart


class Serving:
    """`family-scheduler serve` in this process, and Anna, who talks to it in private."""

    def __init__(self, telegram: Telegram, settings: Settings) -> None:
        self.telegram = telegram
        self.anna: User = telegram.user("Anna")
        self.chat = telegram.private(self.anna)
        self.ended = asyncio.create_task(serve(settings, console=False, speaker=""))

    async def said(self, words: str) -> Message:
        """The newest message of the bot, once it says that."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for message in reversed(self.telegram.from_bot(self.chat)):
                    if words in message.text:
                        return message
                await self.telegram.changed()

    async def terminate(self) -> float:
        """How many seconds it takes to end."""
        clock = asyncio.get_running_loop().time
        began = clock()
        os.kill(os.getpid(), signal.SIGTERM)
        assert await asyncio.wait_for(self.ended, PATIENCE) == 0
        return clock() - began


@asynccontextmanager
async def serving(telegram: Telegram, url: str) -> AsyncIterator[Serving]:
    settings = Settings(
        _env_file=None,
        database_url=url,
        telegram_bot_token=telegram.state.token,
        telegram_api_base_url=telegram.base_url,
    )
    opened = Serving(telegram, settings)
    telegram.say(opened.chat, opened.anna, "dentist Friday 3pm")
    await opened.said("dentist")
    yield opened
    opened.ended.cancel()
    await asyncio.gather(opened.ended, return_exceptions=True)


async def test_a_tap_just_before_the_end_is_carried_out(
    telegram: Telegram, sqlite_url: str
) -> None:
    async with serving(telegram, sqlite_url) as running:
        card = await running.said("dentist")
        tap = telegram.tap(running.anna, card, "Undo")
        await asyncio.wait_for(telegram.answered(tap), PATIENCE)
        assert await running.terminate() < PROMPTLY
        assert card.labels == []
        assert "dentist" in card.history[-1].text


async def test_a_platform_that_cannot_be_reached_does_not_hold_up_the_end(
    telegram: Telegram, sqlite_url: str
) -> None:
    async with serving(telegram, sqlite_url) as running:
        await telegram.stop()
        address = ChatAddress("telegram", str(running.chat.id), private=True)
        database = open_database(sqlite_url)
        async with database.uow() as uow:
            chat = await uow.chats.find(address)
            assert chat is not None
            await uow.outbox.add(chat.household_id, Outgoing("k", chat.id, "later"))
            await uow.commit()
        assert await running.terminate() < PROMPTLY
        async with database.reader() as uow:
            assert await uow.outbox.next_retry() is not None, "it goes out after the next start"
        await database.close()


class Recorded:
    """A platform that writes down what it is told, and by which rows are sent. slow: the first
    is under way until that is set. refuses: it cannot be reached."""

    name: Name = "console"

    def __init__(self, slow: asyncio.Event | None = None, *, refuses: bool = False) -> None:
        self.sender = self
        self.told: list[str] = []
        self.sending = asyncio.Event()
        self._slow = slow
        self._refuses = refuses

    def advice(self) -> str:
        return ""

    async def start(self, receiver: Receiver, *, listen: bool = True) -> None:
        self.told.append("start")

    async def stop_listening(self) -> None:
        self.told.append("stop listening")

    async def stop(self) -> None:
        self.told.append("stop")

    async def send(self, row: OutboxRow) -> str | None:
        self.sending.set()
        if self._refuses:
            raise TryLater(timedelta(seconds=5))
        if self._slow is not None:
            await self._slow.wait()
        self.told.append(row.outgoing.text)
        return None


@asynccontextmanager
async def with_platform(url: str, platform: Recorded) -> AsyncIterator[Service]:
    settings = Settings(_env_file=None, database_url=url)
    service = await build(settings, clock=HandClock(MORNING), platforms=[platform])
    await service.start()
    await service.receive(codec.message("/help", codec.account("Anna"), codec.chat(), "1", MORNING))
    yield service
    await service.stop()


async def test_what_is_pending_is_sent_after_listening_and_before_letting_go(
    sqlite_url: str,
) -> None:
    platform = Recorded()
    async with with_platform(sqlite_url, platform) as service:
        await service.finish(PATIENCE)
    assert (platform.told[:2], platform.told[-1]) == (["start", "stop listening"], "stop")
    assert len(platform.told) > 3, "the answer"


async def test_what_the_loop_is_sending_is_not_cut_off(sqlite_url: str) -> None:
    slow = asyncio.Event()
    platform = Recorded(slow)
    async with with_platform(sqlite_url, platform) as service:
        loop = asyncio.create_task(service.run())
        await asyncio.wait_for(platform.sending.wait(), PATIENCE)
        finishing = asyncio.create_task(service.finish(PATIENCE))
        asyncio.get_running_loop().call_soon(slow.set)
        await finishing
        await asyncio.wait_for(loop, PATIENCE)
    assert len(platform.told) == len(set(platform.told)) > 3


async def test_the_drain_time_is_kept(sqlite_url: str) -> None:
    platform = Recorded(asyncio.Event())
    async with with_platform(sqlite_url, platform) as service:
        await asyncio.wait_for(service.finish(0.1), PATIENCE)
    assert platform.told == ["start", "stop listening", "stop"]


async def test_nobody_waits_for_what_is_refused(sqlite_url: str) -> None:
    platform = Recorded(refuses=True)
    async with with_platform(sqlite_url, platform) as service:
        await asyncio.wait_for(service.finish(3600), PATIENCE)
    assert platform.told == ["start", "stop listening", "stop"]
