"""The whole product behind `uvicorn bot.http.app:app`: a post comes in, an answer goes out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import bot.http.app
from bot.http.serving import serve_http
from bot.play.counterparts.loopback import Loopback
from bot.play.counterparts.telegram import Telegram
from storage.migrate import upgrade


class Late:
    """An ASGI application whose address must be known before it can be built."""

    inner: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.inner(scope, receive, send)


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram() as counterpart:
        yield counterpart


@pytest.fixture
async def url(
    tmp_path: Path, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[str]:
    database = f"sqlite:///{tmp_path}/family.db"
    await asyncio.to_thread(upgrade, database)
    late = Late()
    server = Loopback(late)
    await server.start()
    settings = {
        "DATABASE_URL": database,
        "PUBLIC_BASE_URL": server.base_url,
        "TELEGRAM_BOT_TOKEN": telegram.state.token,
        "TELEGRAM_API_BASE_URL": telegram.base_url,
        "TELEGRAM_MODE": "webhook",
        "TELEGRAM_WEBHOOK_SECRET": "s3cret",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    late.inner = bot.http.app.app
    async with late.inner.router.lifespan_context(late.inner):
        yield server.base_url
    await server.stop()


async def test_a_calendar_link_asked_for_in_telegram_opens(telegram: Telegram, url: str) -> None:
    anna = telegram.user("Anna")
    chat = telegram.private(anna)
    telegram.say(chat, anna, "/calendar")
    link = None
    while link is None:
        await asyncio.wait_for(telegram.changed(), 30)
        link = re.search(r"http\S+\.ics", "\n".join(m.text for m in telegram.from_bot(chat)))
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(f"{url}/health")).json() == {"status": "ok"}
        feed = await client.get(link[0])
        assert feed.content.startswith(b"BEGIN:VCALENDAR")
        assert (await client.get(link[0].replace(".ics", "0.ics"))).status_code == 404


async def test_serving_ends_when_cancelled() -> None:
    started = asyncio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            started.set()
            await receive()
            await send({"type": "lifespan.shutdown.complete"})

    serving = asyncio.create_task(serve_http(app, "127.0.0.1", 0))
    await started.wait()
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
