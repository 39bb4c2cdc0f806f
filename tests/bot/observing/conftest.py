from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

import bot.models
from agents.metering import Models
from agents.models.port import Read, ToRead
from scheduling.language.worded import Worded
from tests.bot.talk import Talk, talking

HARD = "pianoforte per mia domani alle 4"
"""What only a model reads."""


class Reader:
    """Answers with a piano lesson, for 400 tokens in and 100 out."""

    name = "gpt-5-mini"

    async def read(self, asked: ToRead) -> Read:
        piano = Worded("create", title="Pianoforte", people=("Mia",), time="tomorrow 4pm")
        return Read((piano,), 400, 100)


@pytest.fixture
async def talk(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Talk]:
    opened = Models({"": Reader()}, {"gpt-5-mini": (0.25, 2.0)}, 1_000_000)
    monkeypatch.setattr(bot.models, "open_models", lambda settings: opened)
    async with talking(sqlite_url, llm_provider="openai") as found:
        yield found
