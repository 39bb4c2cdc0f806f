"""OpenAI's real client against the loopback audio endpoint: what is sent, what goes wrong how."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pydantic import SecretStr

from agents.models.port import ModelFailed, Shown
from agents.models.prices import USUAL, cost
from agents.models.transcriber import OpenAITranscriber
from bot.play.counterparts.models import Models, Reply

SPOKEN = Shown(b"OggS fine", "audio/ogg", "voice.ogg")
FAULTS = ("timeout", "rate_limited", "unavailable", "unauthorised")


@pytest.fixture
async def models() -> AsyncIterator[Models]:
    replies = [Reply(re.compile(name), fault=name) for name in FAULTS]
    found = Models([*replies, Reply(re.compile("fine"), text=" Soccer on Saturday. ")])
    await found.start()
    yield found
    await found.stop()


@asynccontextmanager
async def made(
    models: Models, *, name: str = "gpt-4o-mini-transcribe", seconds: float = 60
) -> AsyncIterator[OpenAITranscriber]:
    key = SecretStr(models.key)
    transcriber = OpenAITranscriber(name, key, f"{models.base_url}/v1", seconds)
    yield transcriber
    await transcriber.close()


@pytest.mark.parametrize(
    ("name", "tokens", "price"),
    [("gpt-4o-mini-transcribe", (90, 20), 370), ("whisper-1", (9, 0), 900)],
)
async def test_what_is_said_comes_back_with_what_it_cost(
    models: Models, name: str, tokens: tuple[int, int], price: int
) -> None:
    async with made(models, name=name) as transcriber:
        read = await transcriber.transcribe(SPOKEN, ["Mia", "the car"])
    assert read.text == "Soccer on Saturday."
    assert (read.tokens_in, read.tokens_out) == tokens
    assert cost(USUAL, name, *tokens) == price
    (sent,) = models.recordings
    assert (sent.name, sent.content) == ("voice.ogg", SPOKEN.content)
    assert sent.fields == {"model": name, "prompt": "Mia, the car"}


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_goes_wrong_has_a_name(models: Models, fault: str) -> None:
    seconds = 0.3 if fault == "timeout" else 60
    spoken = Shown(fault.encode(), "audio/ogg", "voice.ogg")
    async with made(models, seconds=seconds) as transcriber:
        with pytest.raises(ModelFailed) as failed:
            await transcriber.transcribe(spoken, [])
    assert failed.value.trouble == fault


async def test_a_format_it_does_not_take_is_malformed(models: Models) -> None:
    async with made(models) as transcriber:
        with pytest.raises(ModelFailed) as failed:
            await transcriber.transcribe(Shown(b"fine", "audio/amr", "voice.amr"), [])
    assert failed.value.trouble == "malformed"
