"""The first minutes of a family that nobody has set up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.console import codec
from scheduling.ports import Chat
from tests.bot.talk import Talk, talking

NEW_HOME = codec.chat("home:Zoe")
INDIA = ZoneInfo("Asia/Kolkata")


@pytest.fixture
async def talk(database_url: str) -> AsyncIterator[Talk]:
    async with talking(database_url) as opened:
        yield opened


async def write(talk: Talk, text: str, ref: str) -> None:
    """Zoe, whom nobody knows yet, in a chat of her own family."""
    now = talk.clock.now()
    await talk.receive(codec.message(text, codec.account("Zoe"), NEW_HOME, ref, now))


async def chat(talk: Talk) -> Chat:
    async with talk.service.database.reader() as uow:
        found = await uow.chats.find(NEW_HOME)
        assert found is not None
        return found


async def test_what_was_booked_before_the_zone_was_chosen_is_at_that_hour_there(
    talk: Talk,
) -> None:
    await write(talk, "dentist on 20 March at 3pm", "901")
    await write(talk, "/settings timezone Asia/Kolkata", "902")
    home = (await chat(talk)).household_id
    async with talk.service.database.reader() as uow:
        (dentist,) = await uow.events.all(home)
        (only,) = await uow.occurrences.of_event(home, dentist.id, talk.clock.now(), 9)
        (notice,) = await uow.notices.of_event(home, dentist.id)
    there = datetime(2026, 3, 20, 15, tzinfo=INDIA)
    assert (dentist.timezone, only.span.start) == (INDIA.key, there)
    assert notice.due == there - timedelta(hours=1)
