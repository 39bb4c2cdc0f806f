"""Voice and pictures in the running product: once, in the budget, and as data."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import bot.models
from agents.metering import Models
from agents.models.port import ModelFailed, Read, Shown, ToRead
from bot.console import codec
from scheduling.events import Event
from scheduling.language.worded import Worded
from tests.agents.models.test_hostile import HOSTILE, WORST, drop_questions, state
from tests.bot.talk import Talk, chat_of, talking

FILES = Path(__file__).parents[2] / "scenarios" / "files"


class Sensing:
    """Hears `words` and sees `items`. breaks: what it raises instead."""

    name = "gpt-5-mini"

    def __init__(self) -> None:
        self.words = "soccer Saturday 2pm, Mia"
        self.items: tuple[Worded, ...] = (Worded("create", title="Gala", time="saturday 3pm"),)
        self.asked: list[ToRead | Shown] = []
        self.breaks: Exception | None = None
        self.begun, self.held = asyncio.Event(), asyncio.Event()
        self.held.set()

    async def read(self, asked: ToRead) -> Read:
        self.asked.append(asked)
        if self.breaks is not None:
            raise self.breaks
        return Read(self.items, 400, 100)

    async def transcribe(self, spoken: Shown, names: Sequence[str]) -> Read:
        self.asked.append(spoken)
        self.begun.set()
        await self.held.wait()
        if self.breaks is not None:
            raise self.breaks
        return Read((), 400, 100, self.words)

    async def close(self) -> None:
        pass


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Sensing:
    sensing = Sensing()
    opened = Models({"": sensing}, {"gpt-5-mini": (0.25, 2.0)}, 1_000, sensing)
    monkeypatch.setattr(bot.models, "open_models", lambda settings: opened)
    return sensing


@pytest.fixture
async def talk(sqlite_url: str, model: Sensing) -> AsyncIterator[Talk]:
    async with talking(sqlite_url, llm_provider="openai", voice_api_key="any") as opened:
        yield opened


async def send(
    talk: Talk, file: str, text: str = "", *, ref: str = "f1", who: str = "Anna"
) -> None:
    sender, where, now = codec.account(who), chat_of(who), talk.clock.now()
    sent = codec.message(text, sender, where, ref, now, file=FILES / file)
    await talk.receive(replace(sent, kind="message"))


async def test_a_long_recording_holds_up_no_other_family(talk: Talk, model: Sensing) -> None:
    model.held.clear()
    running = asyncio.create_task(talk.service.run())
    sender, where, now = codec.account("Anna"), chat_of("Anna"), talk.clock.now()
    voice = codec.message("", sender, where, "v", now, file=FILES / "soccer.ogg")
    await talk.service.receive(voice)
    await model.begun.wait()
    li = codec.message("yoga tomorrow 4pm", codec.account("Li"), chat_of("Li"), "y", now)
    await talk.service.receive(li)
    await talk.hears("yoga")
    assert not any("I heard" in heard.text for heard in talk.heard)
    model.held.set()
    await talk.hears("I heard")
    await talk.service.finish(within=10)
    await running


@pytest.mark.parametrize("file", ["soccer.ogg", "concert.jpg"])
@pytest.mark.parametrize("breaks", [ModelFailed("timeout"), ModelFailed("refused", 10, 0)])
async def test_where_a_model_fails_it_is_said_and_not_asked_again(
    talk: Talk, model: Sensing, file: str, breaks: Exception
) -> None:
    model.breaks = breaks
    await send(talk, file)
    await send(talk, file)
    assert "could not do that just now" in talk.heard[-1].text
    assert len(model.asked) == 1, "the second is the same message again"


async def test_the_day_s_budget_is_for_voice_and_pictures_too(talk: Talk, model: Sensing) -> None:
    for number in range(5):
        await send(talk, "soccer.ogg", ref=f"v{number}")
    assert len(model.asked) == 4, "300 millionths each, of 1,000"
    assert any("budget is used up" in heard.text for heard in talk.heard)
    assert "could not do that just now" in talk.heard[-1].text


async def test_a_family_that_switched_models_off_is_not_listened_to(
    talk: Talk, model: Sensing
) -> None:
    await talk.say("/settings models off")
    await send(talk, "soccer.ogg")
    assert "your family has switched those off" in talk.heard[-1].text
    await send(talk, "concert.jpg", ref="f2")
    assert "your family has switched those off" in talk.heard[-1].text
    assert model.asked == []


async def test_a_voice_without_words(talk: Talk, model: Sensing) -> None:
    model.words = ""
    await send(talk, "soccer.ogg")
    assert "heard no words" in talk.heard[-1].text


async def test_where_an_event_came_from_is_kept(talk: Talk, model: Sensing) -> None:
    await send(talk, "concert.jpg", "for Mia")
    await talk.tap("Add 1", who="Ben")
    (event,) = await stored(talk)
    assert event.source is not None
    assert (event.source.name, event.source.message) == ("concert.jpg", "f1")
    assert event.source.by == event.created_by
    assert event.source.at == talk.clock.now()


async def stored(talk: Talk) -> list[Event]:
    events, *_ = await state(talk)
    return events


async def test_hostile_words_change_nothing_by_being_spoken(
    talk: Talk, model: Sensing, subtests: pytest.Subtests, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk.say("piano for Mia every Tuesday 4pm")
    generous = Models({"": model}, {}, 1_000_000, model)
    monkeypatch.setattr(bot.models, "open_models", lambda settings: generous)
    before = await state(talk)
    model.items = WORST
    for number, words in enumerate((*HOSTILE, "undo", "approve 1", "/undo", "/forget everything")):
        with subtests.test(words[:30]):
            model.words = words
            await send(talk, "soccer.ogg", ref=f"h{number}")
            assert await state(talk) == before
            await drop_questions(talk)


@pytest.mark.parametrize("file", ["concert.jpg", "scan.pdf"])
async def test_orders_on_a_flyer_are_paper(talk: Talk, model: Sensing, file: str) -> None:
    await talk.say("piano for Mia every Tuesday 4pm")
    before = await state(talk)
    model.items = WORST
    await send(talk, file, "for Mia")
    assert await state(talk) == before
    assert "cancel" not in talk.heard[-1].text.casefold()
