"""What must never be read by someone who reads a log, a repr or an error."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.logs import configure
from bot.settings import Settings
from bot.telegram.app import TelegramOptions
from tests.bot.talk import talking


@pytest.fixture
def debug(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Everything logged at LOG_LEVEL=DEBUG."""
    configure("DEBUG")
    logging.getLogger().addHandler(caplog.handler)
    return caplog


async def test_a_log_shows_nothing_that_was_said(
    sqlite_url: str, debug: pytest.LogCaptureFixture
) -> None:
    async with talking(sqlite_url) as talk:
        await talk.say("hushdentist Friday 4pm, Mia")
        await talk.say("lunch Friday 4pm, Mia", "Ben")
        await talk.tap("Approve 1")
    assert "hushdentist" not in debug.text


@pytest.mark.parametrize(
    "name",
    [
        *("aiosqlite", "sqlalchemy.engine.Engine", "psycopg.pool", "asyncpg", "langgraph"),
        *("slack_bolt.AsyncApp", "slack_sdk.web.async_client", "aiohttp.access", "httpx"),
    ],
)
def test_libraries_stay_quiet_whatever_our_own_level(name: str, debug: object) -> None:
    assert not logging.getLogger(name).isEnabledFor(logging.INFO)
    assert logging.getLogger("bot").isEnabledFor(logging.DEBUG)


def test_settings_show_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    url = "postgresql://family:hushword@db/family"
    settings = Settings(_env_file=None, database_url=url, telegram_bot_token="1:hushtoken")
    assert "hush" not in f"{settings!r} {settings}"
    with pytest.raises(ValidationError) as raised:
        Settings(_env_file=None, database_url=["hushword"])
    assert "hush" not in str(raised.value)
    assert "hush" not in repr(TelegramOptions("1:hushtoken", webhook_secret="hush"))
