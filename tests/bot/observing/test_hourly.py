"""The word to whoever runs it: in the chat that the settings name, once for each hour."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from bot.chores import Chore
from bot.console import codec
from bot.observing.hourly import look_for_anomalies
from storage.tables import inbox
from tests.bot.talk import Talk, chat_of, talking

NOW = datetime(2026, 3, 9, 12, 5, tzinfo=UTC)


@pytest.fixture
async def talk(database_url: str) -> AsyncIterator[Talk]:
    async with talking(database_url) as found:
        found.clock.set(NOW)
        yield found


async def fill(talk: Talk, last_seconds: float) -> None:
    """A day of hours with twelve turns of 0.2 s each, and a last one of its own."""
    async with talk.service.database.writing.begin() as connection:
        async with talk.service.database.reader() as uow:
            chat = await uow.chats.find(chat_of("Anna"))
        assert chat is not None
        rows = []
        for hour in range(24):
            seconds = last_seconds if hour == 0 else 0.2
            for number in range(12):
                at = NOW.replace(minute=0) - timedelta(hours=hour + 1) + timedelta(minutes=number)
                ref = f"{hour}-{number}"
                said = codec.message("hi", codec.account("Anna"), chat_of("Anna"), ref, at)
                rows.append(
                    {
                        "id": uuid4(),
                        "household_id": chat.household_id,
                        "chat_id": chat.id,
                        "platform": "console",
                        "key": ref,
                        "kind": "message",
                        "inbound": said,
                        "received_at": at,
                        "state": "done",
                        "attempts": 1,
                        "finished_at": at + timedelta(seconds=seconds),
                    }
                )
        await connection.execute(sa.insert(inbox), rows)


async def look(talk: Talk, chat: str = "console:home") -> list[str]:
    service = talk.service
    found = await look_for_anomalies(service.uow, service.database.reader, talk.clock, chat)
    await service.settle()
    return found


async def test_a_step_is_told_once_however_often_it_is_looked_for(talk: Talk) -> None:
    await fill(talk, last_seconds=3.0)
    await asyncio.gather(look(talk), look(talk))
    await look(talk)
    told = [heard.text for heard in talk.heard if "on average in the last hour" in heard.text]
    assert len(told) == 1
    assert "3.0 s" in told[0]
    assert "0.2 s is usual" in told[0]


async def test_a_usual_hour_is_not_worth_a_word(talk: Talk) -> None:
    await fill(talk, last_seconds=0.2)
    assert await look(talk) == []
    assert talk.heard == []


async def test_a_chat_that_nobody_has_spoken_in_is_named_in_the_log(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    await fill(talk, last_seconds=3.0)
    await look(talk, "telegram:99")
    assert talk.heard == []
    assert "ADMIN_CHAT" in caplog.text


async def test_a_chore_that_fails_ends_there(caplog: pytest.LogCaptureFixture) -> None:
    async def fails() -> None:
        raise RuntimeError("the disk is full")

    await Chore("backup", fails, minute=0).do()
    assert "the chore backup failed" in caplog.text
