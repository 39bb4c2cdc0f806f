"""Webhook mode: the counterpart posts to the real HTTP application, which hands to the adapter."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.http.app import create_app
from bot.play.counterparts.loopback import Loopback
from bot.play.counterparts.telegram import Button, Telegram
from bot.telegram.app import TelegramOptions, TelegramPlatform
from scheduling.messages import TapAnswer
from tests.bot.telegram.conftest import Store

SECRET = "s3cret_-A"


async def no_feed(token: str) -> bytes | None:
    return None


class Site:
    """Our HTTP server, whose adapter is known only after it listens."""

    def __init__(self) -> None:
        self.platform: TelegramPlatform | None = None
        self.statuses: list[int] = []
        self.refused = asyncio.Event()
        self.server = Loopback(create_app(feed=no_feed, telegram=self._receive))

    async def _receive(self, body: bytes, secret: str | None) -> int:
        status = await self.platform.handle_webhook(body, secret) if self.platform else 503
        self.statuses.append(int(status))
        if self.statuses.count(403) > 1:
            self.refused.set()
        return status

    @property
    def url(self) -> str:
        return f"{self.server.base_url}/telegram/webhook"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    await site.server.start()
    yield site
    await site.server.stop()


@pytest.fixture
async def hooked(site: Site, make: Callable[..., Any], store: Store) -> TelegramPlatform:
    site.platform = make(mode="webhook", webhook_url=site.url, webhook_secret=SECRET)
    await site.platform.start(store)
    await site.platform.ready()
    return site.platform


async def test_updates_are_posted_in_order(
    telegram: Telegram, site: Site, hooked: TelegramPlatform, store: Store
) -> None:
    anna = telegram.user("Anna")
    for n in range(5):
        telegram.say(telegram.private(anna), anna, f"message {n}")
    await telegram.drained()
    assert store.texts == [f"message {n}" for n in range(5)]
    assert site.statuses == [200] * 5
    assert telegram.calls("getUpdates") == []


async def test_what_was_said_before_the_webhook_comes_too(
    telegram: Telegram, site: Site, make: Callable[..., Any], store: Store
) -> None:
    anna = telegram.user("Anna")
    telegram.say(telegram.private(anna), anna, "early")
    site.platform = make(mode="webhook", webhook_url=site.url, webhook_secret=SECRET)
    await site.platform.start(store)
    await telegram.drained()
    assert store.texts == ["early"]


async def test_503_until_the_inbox_has_it(
    telegram: Telegram,
    site: Site,
    hooked: TelegramPlatform,
    store: Store,
    caplog: pytest.LogCaptureFixture,
) -> None:
    anna = telegram.user("Anna")
    store.failing = 3
    telegram.say(telegram.private(anna), anna, "first, private words")
    telegram.say(telegram.private(anna), anna, "second")
    await telegram.drained()
    assert site.statuses == [503, 503, 503, 200, 200]
    assert store.texts == ["first, private words", "second"]
    assert telegram.state.webhook.info()["last_error_message"].endswith("503 Service Unavailable")
    assert "private words" not in caplog.text


async def test_a_storm_of_redeliveries_is_recorded_once(
    telegram: Telegram, hooked: TelegramPlatform, store: Store
) -> None:
    anna = telegram.user("Anna")
    chat = telegram.private(anna)
    for _ in range(25):
        telegram.say(chat, anna, "swim Friday 5pm", update_id=1)
        await telegram.drained()
    assert store.calls == 25
    assert store.texts == ["swim Friday 5pm"]


async def test_a_wrong_secret_changes_nothing(
    telegram: Telegram, site: Site, hooked: TelegramPlatform, store: Store
) -> None:
    await telegram.state.webhook.set(site.url, "not-the-secret")
    anna = telegram.user("Anna")
    telegram.say(telegram.private(anna), anna, "forged")
    await site.refused.wait()
    assert set(site.statuses) == {403}
    assert store.calls == 0


UPDATE = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1772636400,
        "chat": {"id": 7, "type": "private", "first_name": "A"},
        "from": {"id": 7, "is_bot": False, "first_name": "A"},
        "text": "hello",
    },
}


@pytest.mark.parametrize(
    ("body", "secret", "status"),
    [
        pytest.param(json.dumps(UPDATE).encode(), SECRET, 200, id="good"),
        pytest.param(json.dumps(UPDATE).encode(), None, 403, id="no secret"),
        pytest.param(json.dumps(UPDATE).encode(), "", 403, id="empty secret"),
        pytest.param(json.dumps(UPDATE).encode(), SECRET + "x", 403, id="longer secret"),
        pytest.param(json.dumps(UPDATE).encode(), "sécret", 403, id="not ASCII"),
        pytest.param(b"not json", None, 403, id="garbage without secret"),
        pytest.param(b"not json", SECRET, 400, id="garbage"),
        pytest.param(b"[1]", SECRET, 400, id="no object"),
        pytest.param(b"\xff\xfe", SECRET, 400, id="no text"),
        pytest.param(b'{"update_id": 1, "message": {}}', SECRET, 200, id="never readable"),
        pytest.param(b'{"update_id": 1, "poll": {"id": "1"}}', SECRET, 200, id="not asked for"),
    ],
)
async def test_statuses(
    hooked: TelegramPlatform, store: Store, body: bytes, secret: str | None, status: int
) -> None:
    assert await hooked.handle_webhook(body, secret) == status
    assert store.calls == (1 if status == 200 and b"hello" in body else 0)


async def test_before_telegram_knows_us_it_must_wait(
    telegram: Telegram, make: Callable[..., Any]
) -> None:
    platform = make(mode="webhook", webhook_url="http://127.0.0.1:9", webhook_secret=SECRET)
    assert await platform.handle_webhook(json.dumps(UPDATE).encode(), SECRET) == 503


async def test_polling_mode_takes_no_posts(platform: TelegramPlatform) -> None:
    assert await platform.handle_webhook(json.dumps(UPDATE).encode(), "") == 403


async def test_polling_after_webhook_takes_the_webhook_away(
    telegram: Telegram, site: Site, hooked: TelegramPlatform, make: Callable[..., Any], store: Store
) -> None:
    await hooked.stop()
    site.platform = None
    anna = telegram.user("Anna")
    telegram.say(telegram.private(anna), anna, "kept")
    await make().start(store)
    await telegram.drained()
    assert telegram.state.webhook.url == ""
    assert store.texts == ["kept"]


async def test_taps_are_answered(
    telegram: Telegram, hooked: TelegramPlatform, store: Store
) -> None:
    anna = telegram.user("Anna")
    chat = telegram.private(anna)
    card = telegram.state.put(chat, telegram.me, text="Clash")
    store.answer = TapAnswer("Only a parent may decide.", alert=True)
    tap = telegram.tap(anna, card, Button("Approve 1", "opt:1:0"))
    assert await telegram.answered(tap) == "Only a parent may decide."
    assert tap.alert


def test_webhook_mode_without_a_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="secret"):
        TelegramPlatform(TelegramOptions("1:x", mode="webhook", webhook_url="https://x.example"))
