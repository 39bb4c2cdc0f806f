"""A counterpart, the real adapter against it, a receiver that remembers, and the whole product."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from bot.pacing import UNPACED
from bot.play.counterparts.slack import Slack
from bot.slack.app import SlackOptions, SlackPlatform
from scheduling.forms import FormSheet
from scheduling.messages import ChatAddress, Inbound, TapAnswer
from tests.bot.slack.workspace import Workspace, counterpart, workspace_at


@dataclass
class Store:
    """A receiver with an inbox in memory: unique by key, as the real one. failing: how many of
    the next `receive` calls raise. away: every call for a space or its words raises."""

    inbox: list[Inbound] = field(default_factory=list)
    calls: int = 0
    failing: int = 0
    away: bool = False
    answer: TapAnswer | None = None
    sheet: FormSheet | None = None
    vault: dict[str, str] = field(default_factory=dict)
    spaces: list[tuple[str, str]] = field(default_factory=list)

    async def receive(self, inbound: Inbound) -> TapAnswer | None:
        self.calls += 1
        if self.failing > 0:
            self.failing -= 1
            raise ConnectionError("the database is away")
        if all(inbound.key != known.key for known in self.inbox):
            self.inbox.append(inbound)
        return self.answer if inbound.kind == "tap" else None

    async def form(self, chat: ChatAddress, account: str, entry: UUID | None) -> FormSheet | None:
        self._there()
        return self.sheet

    async def space_gone(self, platform: str, space: str) -> None:
        self._there()
        self.spaces.append(("gone", space))

    async def space_back(self, platform: str, space: str) -> None:
        self.spaces.append(("back", space))

    async def sealed(self, platform: str, space: str) -> str | None:
        self._there()
        return self.vault.get(space)

    async def seal(self, platform: str, space: str, words: str | None) -> None:
        self.vault.pop(space, None) if words is None else self.vault.update({space: words})

    def _there(self) -> None:
        if self.away:
            raise ConnectionError("the database is away")

    @property
    def texts(self) -> list[str]:
        return [inbound.text for inbound in self.inbox]


async def no_sleep(seconds: float) -> None:
    """Pauses of the adapter, in no time, though others get their turn."""
    await asyncio.sleep(0)


class Machine:
    """A machine's clock, moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with counterpart() as found:
        yield found


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def machine() -> Machine:
    return Machine()


MakePlatform = Callable[..., SlackPlatform]


@pytest.fixture
async def make(slack: Slack, machine: Machine) -> AsyncIterator[MakePlatform]:
    """Builds adapters against the counterpart; they are stopped at the end."""
    made: list[SlackPlatform] = []

    def build(**options: Any) -> SlackPlatform:
        given = {
            "base_url": slack.base_url,
            "bot_token": slack.token(),
            "app_token": slack.settings.app_token,
            "pace": UNPACED,
            "ping": 0.05,
        }
        built = SlackPlatform(
            SlackOptions(**{**given, **options}), monotonic=machine, sleep=no_sleep
        )
        made.append(built)
        return built

    yield build
    for platform in made:
        await platform.stop()


@pytest.fixture
async def platform(make: MakePlatform, store: Store, slack: Slack) -> SlackPlatform:
    """The adapter, connected."""
    built = make()
    await built.start(store)
    await built.ready()
    await slack.connected()
    return built


@pytest.fixture
async def home(sqlite_url: str) -> AsyncIterator[Workspace]:
    """The whole product in a workspace where Anna and Ben have begun."""
    async with workspace_at(sqlite_url) as found:
        await found.begin()
        yield found
