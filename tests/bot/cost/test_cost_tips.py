"""The tips of the cost estimate as configuration: a model for each agent, and a lid on each day."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

import bot.models
from agents.metering import Models as Chosen
from agents.models.port import Read, Shown, ToRead
from agents.senses import HEARING, SEEING
from bot.models import open_models
from bot.play.counterparts.models import Models, Reply
from bot.settings import Settings
from scheduling.language.worded import Worded
from tests.bot.talk import MORNING, talking

ASKED = ToRead("fine", "Anna", ("Anna",), (), ())


@pytest.fixture
async def models() -> AsyncIterator[Models]:
    found = Models([Reply(re.compile("fine"), text="fine")])
    await found.start()
    yield found
    await found.stop()


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
async def test_each_agent_asks_the_model_that_is_set_for_it(models: Models, provider: str) -> None:
    key = SecretStr(models.key)
    settings = Settings(
        _env_file=None,
        llm_provider=provider,
        openai_api_key=key,
        openai_base_url=f"{models.base_url}/v1",
        anthropic_api_key=key,
        anthropic_base_url=models.base_url,
        voice_api_key=key,
        voice_base_url=f"{models.base_url}/v1",
        voice_model="one-that-hears",
        llm_models={"nl_parser": "a-cheap-one", SEEING: "one-that-sees", "": "any-other"},
        llm_timeout_seconds=60,
    )
    chosen = open_models(settings)
    for agent in ("nl_parser", SEEING, "another"):
        await chosen.of(agent).read(ASKED)
    assert [body["model"] for body in models.requests] == [
        "a-cheap-one",
        "one-that-sees",
        "any-other",
    ]
    assert HEARING not in chosen.by_agent
    assert chosen.transcriber is not None
    await chosen.transcriber.transcribe(Shown(b"OggS fine", "audio/ogg", "voice.ogg"), [])
    await chosen.transcriber.close()
    assert models.recordings[0].fields["model"] == "one-that-hears"


class Dear:
    """A model that costs three cents a call."""

    name = "dear"

    async def read(self, asked: ToRead) -> Read:
        return Read((Worded("create", title="Pianoforte", people=("Mia",), time="4pm"),), 1_000, 0)


async def test_thirty_days_stay_within_the_budget_of_development(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    budget = Settings(_env_file=None).llm_daily_budget_usd
    opened = Chosen({"": Dear()}, {"dear": (30.0, 0.0)}, round(budget * 1_000_000))
    monkeypatch.setattr(bot.models, "open_models", lambda settings: opened)
    async with talking(sqlite_url, llm_provider="openai") as talk:
        # A day that asks more than it may, and thirty of them.
        for number in range(9):
            await talk.say(f"pianoforte per mia fra {number} giorni alle 4")
        assert "budget" in " ".join(heard.text for heard in talk.heard)
        await talk.wait_until(MORNING + timedelta(days=1))
        await talk.say("pianoforte per mia domani alle 4")
        async with talk.service.database.reader() as uow:
            lines = await uow.usage.by_day(datetime(2026, 1, 1, tzinfo=UTC))
    today, first = lines
    assert (today.calls, first.calls) == (1, 7)
    most_a_day = first.cost / 1_000_000
    assert budget <= most_a_day < budget + 0.03
    assert 30 * most_a_day < 20
