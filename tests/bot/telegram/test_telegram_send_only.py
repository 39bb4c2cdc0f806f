"""A process that only sends on Telegram takes nobody's updates away."""

from __future__ import annotations

import pytest

from bot.play.counterparts.telegram import Telegram
from tests.bot.telegram.conftest import MakePlatform, Store


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_it_neither_polls_nor_moves_the_webhook(
    telegram: Telegram, make: MakePlatform, store: Store, mode: str
) -> None:
    address = {"webhook_url": "https://ours.example/telegram/webhook", "webhook_secret": "s3cret"}
    sender = make(mode=mode, **(address if mode == "webhook" else {}))
    await sender.start(store, listen=False)
    await sender.ready()
    assert sender.identity is not None
    for method in ("getUpdates", "setWebhook", "deleteWebhook", "setMyCommands"):
        assert telegram.calls(method) == [], method
    listener = make()
    await listener.start(store)
    await listener.ready()
    anna = telegram.user("Anna")
    telegram.say(telegram.private(anna), anna, "piano Friday 4pm")
    await telegram.drained()
    assert store.texts == ["piano Friday 4pm"]
