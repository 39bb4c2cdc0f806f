"""A counterpart, the real adapter against it, and a receiver that remembers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest

from bot.pacing import UNPACED
from bot.play.counterparts.telegram import Telegram
from bot.telegram.app import TelegramOptions, TelegramPlatform
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
        made.append(TelegramPlatform(TelegramOptions(**merged), sleep=no_sleep))  # type: ignore[arg-type]
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
