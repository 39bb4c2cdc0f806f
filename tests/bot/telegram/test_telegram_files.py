"""Files from Telegram, as getFile gives them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.play.counterparts import telegram as tg
from bot.play.counterparts.telegram import Telegram
from bot.telegram.client import open_bot
from bot.telegram.files import fetch
from scheduling.errors import LimitExceeded, NotFound
from scheduling.messages import LARGEST_FILE, FileRef

TOKEN = "42:files"


@pytest.fixture
async def telegram() -> AsyncIterator[tg.Telegram]:
    found = tg.Telegram(token=TOKEN)
    await found.start()
    yield found
    await found.stop()


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    found, _ = open_bot(TOKEN, telegram.base_url)
    async with found:
        yield found


def sent(telegram: Telegram, content: bytes) -> FileRef:
    anna = telegram.user("Anna")
    document = tg.Document("school.ics", "text/calendar", content, "f1")
    telegram.say(telegram.private(anna), anna, "", document=document)
    return FileRef("calendar", "f1", "school.ics", len(content))


async def test_a_file_comes_whole(telegram: Telegram, bot: Bot) -> None:
    assert await fetch(bot, sent(telegram, b"BEGIN:VCALENDAR")) == b"BEGIN:VCALENDAR"


async def test_one_that_is_gone(bot: Bot) -> None:
    with pytest.raises(NotFound, match="send it again"):
        await fetch(bot, FileRef("calendar", "f404"))


async def test_too_large_is_not_fetched(telegram: Telegram, bot: Bot) -> None:
    with pytest.raises(LimitExceeded):
        await fetch(bot, sent(telegram, b"x" * (LARGEST_FILE + 1)))
    assert [name for name, _ in telegram.state.calls if name == "getFile"] == ["getFile"]
