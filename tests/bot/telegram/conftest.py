"""A counterpart, the real adapter against it, and a receiver that remembers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.clock import HandClock
from bot.pacing import UNPACED
from bot.play.counterparts.telegram import Chat, Message, Telegram, User
from bot.settings import Settings
from bot.telegram.app import TelegramOptions, TelegramPlatform
from bot.wiring import Service, build
from scheduling.messages import Inbound, TapAnswer


@dataclass
class Store:
    """A receiver with an inbox in memory: unique by key, as the real one. failing: how many of
    the next `receive` calls raise; refused: a text that can never be stored."""

    inbox: list[Inbound] = field(default_factory=list)
    calls: int = 0
    failing: int = 0
    refused: str | None = None
    answer: TapAnswer | None = None

    async def receive(self, inbound: Inbound) -> TapAnswer | None:
        self.calls += 1
        if self.failing > 0:
            self.failing -= 1
            raise ConnectionError("the database is away")
        if self.refused is not None and inbound.text == self.refused:
            raise ValueError("the database does not take this")
        if all(inbound.key != known.key for known in self.inbox):
            self.inbox.append(inbound)
        return self.answer if inbound.kind == "tap" else None

    @property
    def texts(self) -> list[str]:
        return [inbound.text for inbound in self.inbox]


async def no_sleep(seconds: float) -> None:
    """Pauses of the adapter, in no time, though others get their turn."""
    await asyncio.sleep(0)


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram() as counterpart:
        yield counterpart


@pytest.fixture
def store() -> Store:
    return Store()


MakePlatform = Callable[..., TelegramPlatform]


@pytest.fixture
async def make(telegram: Telegram) -> AsyncIterator[MakePlatform]:
    """Builds adapters against the counterpart; they are stopped at the end."""
    made: list[TelegramPlatform] = []

    def build(**options: object) -> TelegramPlatform:
        given = {"token": telegram.state.token, "base_url": telegram.base_url}
        merged = {**given, "pace": UNPACED, **options}
        made.append(TelegramPlatform(TelegramOptions(**merged), sleep=no_sleep))
        return made[-1]

    yield build
    for platform in made:
        await platform.stop()


@pytest.fixture
async def platform(make: MakePlatform, store: Store) -> TelegramPlatform:
    """The adapter, polling."""
    built = make()
    await built.start(store)
    await built.ready()
    return built


MORNING = datetime(2026, 3, 4, 15, tzinfo=UTC)
"""A Wednesday, ten o'clock in New York."""


@dataclass
class Product:
    """The whole product, on Telegram and SQLite."""

    telegram: Telegram
    service: Service
    clock: HandClock

    async def settle(self) -> None:
        """Until everything people did is heard and answered."""
        for _ in range(2):
            await self.telegram.drained()
            await self.service.settle()

    async def say(self, chat: Chat, who: User, text: str, topic: int | None = None) -> Message:
        """To the bot, and answered when this returns."""
        message = self.telegram.say(chat, who, f"@family_bot {text}", topic=topic)
        await self.settle()
        return message

    async def tap(self, chat: Chat, who: User, label: str) -> str:
        """The newest button of that label; the toast."""
        for message in reversed(self.telegram.from_bot(chat)):
            if label in message.labels:
                tap = self.telegram.tap(who, message, label)
                await self.settle()
                return tap.answer or ""
        raise LookupError(label)

    async def family(self, *, supergroup: bool = False) -> tuple[Chat, User, User]:
        """A group with Anna and Ben in it, at home in New York, with a car."""
        anna, ben = self.telegram.user("Anna"), self.telegram.user("Ben")
        group = self.telegram.group("Riveras", [anna, ben], supergroup=supergroup)
        self.telegram.say(group, anna, "/start@family_bot")
        await self.settle()
        await self.tap(group, anna, "New York")
        await self.tap(group, anna, "No digest")
        self.telegram.say(group, anna, "/resources@family_bot add car")
        await self.settle()
        return group, anna, ben

    async def clash(self, chat: Chat, who: User) -> Message:
        """Two want the car at the same hour; the card that asks what to do."""
        await self.say(chat, who, "market Friday at 10am for 1 hour, car")
        await self.say(chat, who, "library Friday at 10am for 1 hour, car")
        return self.telegram.from_bot(chat)[-1]


@pytest.fixture
async def product(sqlite_url: str) -> AsyncIterator[Product]:
    clock = HandClock(MORNING)
    async with Telegram(now=clock.now) as counterpart:
        options = TelegramOptions(counterpart.state.token, counterpart.base_url, pace=UNPACED)
        platform = TelegramPlatform(options, now=clock.now, sleep=no_sleep)
        settings = Settings(_env_file=None, database_url=sqlite_url)
        service = await build(settings, clock=clock, platforms=[platform])
        await service.start()
        await platform.ready()
        yield Product(counterpart, service, clock)
        await service.stop()
