"""A model beside the grammar, in the running product: who is asked, once, and who waits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

import bot.models
from agents.metering import Models
from agents.models.port import ModelFailed, Read, ToRead
from bot.console import codec
from bot.wiring import Service
from scheduling.language.worded import Worded
from scheduling.usage import UsageLine
from tests.bot.talk import Talk, chat_of, talking

HARD = "pianoforte per mia domani alle 4"
PIANO = Worded("create", title="Pianoforte", people=("Mia",), time="tomorrow 4pm")


class Scripted:
    """Answers with a piano lesson. held: until it is set, it thinks. breaks: what it raises."""

    name = "gpt-5-mini"

    def __init__(self) -> None:
        self.asked: list[ToRead] = []
        self.begun = asyncio.Event()
        self.held = asyncio.Event()
        self.held.set()
        self.breaks: Exception | None = None

    async def read(self, asked: ToRead) -> Read:
        self.asked.append(asked)
        self.begun.set()
        await self.held.wait()
        if self.breaks is not None:
            raise self.breaks
        return Read((PIANO,), 400, 100)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Scripted:
    scripted = Scripted()
    opened = Models({"": scripted}, {"gpt-5-mini": (0.25, 2.0)}, 1_000_000)
    monkeypatch.setattr(bot.models, "open_models", lambda settings: opened)
    return scripted


@pytest.fixture
async def talk(sqlite_url: str, model: Scripted) -> AsyncIterator[Talk]:
    async with talking(sqlite_url, llm_provider="openai") as opened:
        yield opened


async def test_a_model_that_thinks_holds_up_no_other_family(talk: Talk, model: Scripted) -> None:
    model.held.clear()
    running = asyncio.create_task(talk.service.run())
    await tell(talk.service, HARD, "Anna")
    await model.begun.wait()
    await tell(talk.service, "piano tomorrow 4pm", "Li")
    await talk.hears("piano")
    assert not model.held.is_set()
    model.held.set()
    await talk.hears("Pianoforte")
    await talk.service.finish(within=10)
    await running


async def tell(service: Service, text: str, who: str) -> None:
    sender, where = codec.account(who), chat_of(who)
    await service.receive(codec.message(text, sender, where, f"{who}-1", service.clock.now()))


async def test_cut_short_while_it_thinks_it_is_not_asked_again(talk: Talk, model: Scripted) -> None:
    model.breaks = RuntimeError("the power goes")
    await talk.say(HARD)
    assert len(model.asked) == 1
    assert "English" in talk.heard[-1].text
    assert [line.failed for line in await used(talk)] == [1]


async def test_what_it_cost_is_kept(talk: Talk, model: Scripted) -> None:
    await talk.say(HARD)
    assert "Pianoforte" in talk.heard[-1].text
    model.breaks = ModelFailed("refused", 400, 0)
    await talk.say("pianoforte per leo domani alle 5")
    (line,) = await used(talk)
    assert (line.agent, line.model, line.calls, line.failed) == ("nl_parser", "gpt-5-mini", 2, 1)
    assert (line.tokens_in, line.tokens_out, line.cost) == (800, 100, 400)


async def used(talk: Talk) -> list[UsageLine]:
    async with talk.service.database.reader() as uow:
        found = await uow.usage.by_day(talk.clock.now().replace(year=2020))
    return list(found)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("soccer Saturday 2pm, Mia", id="what the grammar reads"),
        pytest.param("thanks!", id="small talk"),
        pytest.param("/week", id="a command"),
        pytest.param("don't use AI", id="about itself"),
    ],
)
async def test_it_is_not_asked_about(talk: Talk, model: Scripted, text: str) -> None:
    await talk.say(text)
    assert model.asked == []


async def test_it_is_not_shown_what_was_not_for_us(talk: Talk, model: Scripted) -> None:
    await talk.say("/settings listen on")
    await talk.say(HARD, addressed=False)
    assert model.asked == []


async def test_it_sees_names_and_no_other_family(talk: Talk, model: Scripted) -> None:
    await talk.say("secret surgery tomorrow 9am", who="Li")
    await talk.say("soccer Saturday 2pm, Mia")
    await talk.say(HARD)
    (asked,) = model.asked
    assert asked == ToRead(HARD, "Anna", ("Anna", "Ben", "Mia", "Leo"), ("car",), ("soccer",))
