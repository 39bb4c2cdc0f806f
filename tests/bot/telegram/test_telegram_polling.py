"""The real adapter polls the counterpart over HTTP: nothing is lost, nothing comes twice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest

from bot.play.counterparts.telegram import ApiError, Telegram
from bot.telegram.app import TelegramPlatform
from scheduling.messages import Inbound
from tests.bot.telegram.conftest import Store


async def test_what_is_written_reaches_the_inbox(
    telegram: Telegram, platform: TelegramPlatform, store: Store
) -> None:
    anna = telegram.user("Anna Rivera", username="anna", language_code="en-GB")
    telegram.say(telegram.private(anna), anna, "soccer Saturday 2pm")
    await telegram.drained()
    (got,) = store.inbox
    assert (got.kind, got.text, got.addressed) == ("message", "soccer Saturday 2pm", True)
    assert (got.sender.name, got.sender.locale) == ("Anna Rivera", "en-GB")
    assert got.chat.private
    assert got.chat.external_id == str(anna.id)


async def test_a_held_poll_ends_with_the_update(
    telegram: Telegram, platform: TelegramPlatform, store: Store
) -> None:
    anna = telegram.user("Anna")
    for n in range(30):
        telegram.say(telegram.private(anna), anna, f"message {n}")
        await telegram.drained()
    assert store.texts == [f"message {n}" for n in range(30)]
    assert len(telegram.calls("getUpdates")) <= 32


async def test_killed_between_recording_and_the_next_poll(
    telegram: Telegram, make: Callable[..., Any], store: Store
) -> None:
    """The update comes again to the next process, which knows it already."""
    anna = telegram.user("Anna")
    first = make()
    recorded = asyncio.Event()
    receive = store.receive

    async def receive_and_hang(inbound: Inbound) -> None:
        await receive(inbound)
        recorded.set()
        await asyncio.Event().wait()

    store.receive = receive_and_hang
    await first.start(store)
    telegram.say(telegram.private(anna), anna, "dentist Monday 9")
    await recorded.wait()
    await first.stop()
    assert telegram.state.updates.pending, "the update must not be confirmed yet"
    store.receive = receive
    await make_and_start(make, store)
    await telegram.drained()
    assert store.calls == 2
    assert store.texts == ["dentist Monday 9"]


async def make_and_start(make: Callable[..., Any], store: Store) -> TelegramPlatform:
    platform = make()
    await platform.start(store)
    await platform.ready()
    return platform


async def test_a_redelivered_update_is_recorded_once(
    telegram: Telegram, platform: TelegramPlatform, store: Store
) -> None:
    anna = telegram.user("Anna")
    chat = telegram.private(anna)
    telegram.say(chat, anna, "swim Friday 5pm", update_id=501)
    await telegram.drained()
    telegram.say(chat, anna, "swim Friday 5pm", update_id=501)
    await telegram.drained()
    telegram.say(chat, anna, "and judo")
    await telegram.drained()
    assert store.calls == 3
    assert store.texts == ["swim Friday 5pm", "and judo"]


async def test_a_database_that_is_away_loses_nothing(
    telegram: Telegram, platform: TelegramPlatform, store: Store
) -> None:
    anna = telegram.user("Anna")
    store.failing = 12
    for n in range(3):
        telegram.say(telegram.private(anna), anna, f"message {n}")
    await telegram.drained()
    assert sorted(store.texts) == ["message 0", "message 1", "message 2"]


async def test_an_update_the_store_never_takes_is_passed_over(
    telegram: Telegram, platform: TelegramPlatform, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    anna = telegram.user("Anna")
    store.refused = "poison with a secret"
    telegram.say(telegram.private(anna), anna, "before")
    telegram.say(telegram.private(anna), anna, "poison with a secret")
    telegram.say(telegram.private(anna), anna, "after")
    await telegram.drained()
    assert store.texts == ["before", "after"]
    assert "passed over" in caplog.text
    assert "secret" not in caplog.text


async def test_an_update_of_no_documented_shape_is_passed_over(
    telegram: Telegram, platform: TelegramPlatform, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    anna = telegram.user("Anna")
    telegram.state.updates.add("message", {"text": "odd one", "chat": 7})
    telegram.state.updates.add("callback_query", {"id": "1"})
    telegram.say(telegram.private(anna), anna, "after")
    await telegram.drained()
    assert store.texts == ["after"]
    assert "cannot be read" in caplog.text
    assert "odd one" not in caplog.text


async def test_another_poller_is_told_clearly(
    telegram: Telegram, make: Callable[..., Any], store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail_next(
        "getUpdates", ApiError(409, "Conflict: terminated by other getUpdates request")
    )
    anna = telegram.user("Anna")
    telegram.say(telegram.private(anna), anna, "still here")
    await make_and_start(make, store)
    await telegram.drained()
    assert store.texts == ["still here"]
    assert "another process polls" in caplog.text


async def test_two_pollers_by_mistake_still_lose_nothing(
    telegram: Telegram, make: Callable[..., Any], store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    await make_and_start(make, store)
    await make_and_start(make, store)
    anna = telegram.user("Anna")
    for n in range(20):
        telegram.say(telegram.private(anna), anna, f"message {n}")
        await telegram.drained()
    assert store.texts == [f"message {n}" for n in range(20)]
    assert "another process polls" in caplog.text


@pytest.mark.parametrize(
    "error",
    [
        ApiError(502, "Bad Gateway"),
        ApiError(500, "Internal Server Error"),
        ApiError(429, "Too Many Requests: retry after 3", retry_after=3),
    ],
    ids=["502", "500", "429"],
)
async def test_trouble_while_polling_passes(
    telegram: Telegram, platform: TelegramPlatform, store: Store, error: ApiError
) -> None:
    anna = telegram.user("Anna")
    telegram.fail_next("getUpdates", error, error)
    telegram.say(telegram.private(anna), anna, "one")
    telegram.say(telegram.private(anna), anna, "two")
    await telegram.drained()
    assert store.texts == ["one", "two"]


async def test_a_server_that_goes_down_and_comes_back(
    telegram: Telegram, platform: TelegramPlatform, store: Store
) -> None:
    anna = telegram.user("Anna")
    await telegram.stop()
    telegram.say(telegram.private(anna), anna, "while you were away")
    await telegram.start()
    await telegram.drained()
    assert store.texts == ["while you were away"]


async def test_starting_while_telegram_is_down_waits_for_it(
    telegram: Telegram, make: Callable[..., Any], store: Store
) -> None:
    await telegram.stop()
    platform = make()
    await platform.start(store)
    assert platform.identity is None
    await telegram.start()
    await platform.ready()
    assert platform.identity is not None
    assert platform.identity.username == "family_bot"


async def test_a_wrong_token_is_said_and_not_shown(
    telegram: Telegram, make: Callable[..., Any], store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    platform = make(token="1000:MARKER-TOKEN")
    await platform.start(store)
    await platform._listening
    assert "does not know this bot token" in ours(caplog)
    assert "MARKER-TOKEN" not in ours(caplog)


def ours(caplog: pytest.LogCaptureFixture) -> str:
    """What was logged on our side of the wire; uvicorn is the counterpart's."""
    formatter = caplog.handler.formatter or logging.Formatter()
    return "\n".join(
        formatter.format(record)
        for record in caplog.records
        if not record.name.startswith("uvicorn")
    )


async def test_the_token_is_in_no_log_at_any_level(
    telegram: Telegram, make: Callable[..., Any], store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.state.token = "1000:MARKER-TOKEN"
    platform = make(token="1000:MARKER-TOKEN")
    await platform.start(store)
    await platform.ready()
    telegram.fail_next("getUpdates", ApiError(500, "Internal Server Error"))
    anna = telegram.user("Anna")
    telegram.say(telegram.private(anna), anna, "hello")
    await telegram.drained()
    await telegram.stop()
    await platform.stop()
    assert "getUpdates" in ours(caplog), "the libraries do log their requests"
    assert "MARKER-TOKEN" not in ours(caplog)


async def test_identity_and_commands_at_the_start(
    telegram: Telegram, platform: TelegramPlatform
) -> None:
    assert platform.identity.reads_all is False
    names = [command["command"] for command in telegram.state.commands]
    assert names[:3] == ["start", "help", "today"]
    assert "calendar" in names


async def test_refused_commands_are_no_reason_to_stop(
    telegram: Telegram, make: Callable[..., Any], store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail_next("setMyCommands", ApiError(400, "Bad Request: BOT_COMMAND_INVALID"))
    await make_and_start(make, store)
    assert "refused the command menu" in caplog.text
    assert telegram.state.commands == []
