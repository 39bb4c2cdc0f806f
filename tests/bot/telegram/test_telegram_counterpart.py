"""The counterpart by itself: what the Bot API documents, asked over plain HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.play.counterparts.telegram import Chat, Telegram

BUTTON = {"inline_keyboard": [[{"text": "OK", "callback_data": "x"}]]}


class Api:
    """A bare client: one method, one answer."""

    def __init__(self, telegram: Telegram, client: httpx.AsyncClient) -> None:
        self._telegram = telegram
        self._client = client

    async def __call__(self, method: str, token: str = "", **params: Any) -> dict[str, Any]:
        url = f"{self._telegram.base_url}/bot{token or self._telegram.state.token}/{method}"
        answer = await self._client.post(url, json=params)
        body: dict[str, Any] = answer.json()
        assert answer.status_code == body.get("error_code", 200)
        return body

    async def ids(self, **params: Any) -> list[int]:
        return [u["update_id"] for u in (await self("getUpdates", **params))["result"]]


@pytest.fixture
async def api(telegram: Telegram) -> AsyncIterator[Api]:
    async with httpx.AsyncClient(trust_env=False) as client:
        yield Api(telegram, client)


@pytest.fixture
def chat(telegram: Telegram) -> Chat:
    return telegram.private(telegram.user("Anna"))


def write(telegram: Telegram, chat: Chat, count: int) -> None:
    for n in range(count):
        telegram.say(chat, chat.user, f"message {n}")


async def test_updates_stay_until_a_higher_offset_confirms_them(
    telegram: Telegram, api: Api, chat: Chat
) -> None:
    write(telegram, chat, 3)
    first, second, third = await api.ids()
    assert await api.ids() == [first, second, third]
    assert await api.ids(offset=second) == [second, third]
    assert await api.ids(offset=first) == [second, third], "what was confirmed is gone"
    assert await api.ids(offset=third + 1) == []
    assert await api.ids() == []


async def test_a_negative_offset_keeps_the_last_ones(
    telegram: Telegram, api: Api, chat: Chat
) -> None:
    write(telegram, chat, 5)
    known = await api.ids()
    assert await api.ids(offset=-2) == known[-2:]
    assert await api.ids() == known[-2:]


async def test_limit(telegram: Telegram, api: Api, chat: Chat) -> None:
    write(telegram, chat, 130)
    assert len(await api.ids()) == 100
    assert len(await api.ids(limit=7)) == 7
    assert len(await api.ids(limit=1000)) == 100


async def test_a_held_poll_ends_when_something_happens(
    telegram: Telegram, api: Api, chat: Chat
) -> None:
    held = asyncio.create_task(api.ids(timeout=600))
    await telegram.changed()
    write(telegram, chat, 1)
    assert len(await held) == 1


async def test_the_second_poller_ends_the_first(telegram: Telegram, api: Api, chat: Chat) -> None:
    first = asyncio.create_task(api("getUpdates", timeout=600))
    await telegram.changed()
    second = asyncio.create_task(api.ids(timeout=600))
    refused = await first
    assert refused["error_code"] == 409
    assert refused["description"].startswith("Conflict: terminated by other getUpdates request")
    write(telegram, chat, 1)
    assert len(await second) == 1


async def test_no_polling_beside_a_webhook(telegram: Telegram, api: Api) -> None:
    assert (await api("setWebhook", url="http://127.0.0.1:9/"))["ok"]
    refused = await api("getUpdates")
    assert refused["error_code"] == 409
    assert "webhook is active" in refused["description"]
    assert (await api("deleteWebhook"))["ok"]
    assert (await api("getUpdates"))["ok"]


async def test_allowed_updates_hold_until_changed(telegram: Telegram, api: Api, chat: Chat) -> None:
    await api("getUpdates", allowed_updates=["callback_query"])
    write(telegram, chat, 1)
    assert await api.ids() == []
    await api("getUpdates", allowed_updates=[])
    write(telegram, chat, 1)
    assert len(await api.ids()) == 1


@pytest.mark.parametrize(
    ("url", "secret", "description"),
    [
        ("http://127.0.0.1:9/", "not allowed!", "unallowed characters"),
        ("ftp://x", "", "invalid webhook URL"),
    ],
)
async def test_webhooks_that_are_refused(api: Api, url: str, secret: str, description: str) -> None:
    refused = await api("setWebhook", url=url, secret_token=secret)
    assert refused["error_code"] == 400
    assert description in refused["description"]


async def test_webhook_info_counts_what_waits(telegram: Telegram, api: Api, chat: Chat) -> None:
    await api("setWebhook", url="http://127.0.0.1:9/", allowed_updates=["message"])
    write(telegram, chat, 3)
    await telegram.changed()
    info = (await api("getWebhookInfo"))["result"]
    assert info["pending_update_count"] == 3
    assert info["allowed_updates"] == ["message"]
    assert info["last_error_message"].startswith("Connection failed")
    await api("deleteWebhook", drop_pending_updates=True)
    assert await api.ids() == []


@pytest.mark.parametrize(
    ("method", "params", "code", "description"),
    [
        pytest.param("nonsense", {}, 404, "Not Found", id="unknown method"),
        pytest.param("sendMessage", {"text": " \n "}, 400, "message text is empty", id="empty"),
        pytest.param("sendMessage", {"text": "x" * 4097}, 400, "message is too long", id="long"),
        pytest.param("sendMessage", {"text": "😀" * 2049}, 400, "message is too long", id="UTF-16"),
        pytest.param("sendMessage", {"chat_id": -5, "text": "x"}, 400, "chat not found", id="chat"),
        pytest.param("sendMessage", {"chat_id": "x", "text": "x"}, 400, "integer", id="no number"),
        pytest.param(
            "sendMessage",
            {
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "y" * 65}]]},
            },
            400,
            "BUTTON_DATA_INVALID",
            id="button data",
        ),
        pytest.param(
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x"}]]}},
            400,
            "Text buttons are unallowed",
            id="button without data",
        ),
        pytest.param("sendMessage", {"text": "x", "reply_markup": "{"}, 400, "JSON", id="not JSON"),
        pytest.param(
            "sendMessage",
            {"text": "x", "reply_parameters": {"message_id": 99}},
            400,
            "message to be replied not found",
            id="reply",
        ),
        pytest.param(
            "sendMessage",
            {"text": "x", "message_thread_id": 99},
            400,
            "message thread not found",
            id="topic",
        ),
        pytest.param(
            "sendMessage",
            {"text": "x", "parse_mode": "Wiki"},
            400,
            "unsupported parse_mode",
            id="mode",
        ),
        pytest.param(
            "editMessageText",
            {"message_id": 99, "text": "x"},
            400,
            "message to edit not found",
            id="edit",
        ),
        pytest.param(
            "answerCallbackQuery",
            {"callback_query_id": "1"},
            400,
            "query is too old and response timeout expired or query ID is invalid",
            id="query",
        ),
        pytest.param(
            "deleteMessage", {"message_id": 99}, 400, "message to delete not found", id="delete"
        ),
        pytest.param("sendDocument", {}, 400, "no document", id="document"),
        pytest.param(
            "setMyCommands",
            {"commands": [{"command": "Übung", "description": "x"}]},
            400,
            "BOT_COMMAND_INVALID",
            id="command",
        ),
    ],
)
async def test_refusals(
    api: Api, chat: Chat, method: str, params: dict[str, Any], code: int, description: str
) -> None:
    refused = await api(method, **{"chat_id": chat.id, **params})
    assert (refused["ok"], refused["error_code"]) == (False, code)
    assert description in refused["description"]


@pytest.mark.parametrize(("token", "code"), [("1000:wrong", 401), ("nonsense", 404)])
async def test_tokens(api: Api, token: str, code: int) -> None:
    assert (await api("getMe", token=token))["error_code"] == code


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("a &lt;b&gt; &amp; c &quot;", 'a <b> & c "', []),
        ("&#128512; &hearts;", "😀 &hearts;", []),
        ("<b>x</b> y", "x y", [("bold", 0, 1)]),
        ("😀<i>x<b>y</b></i>", "😀xy", [("italic", 2, 2), ("bold", 3, 1)]),
        ("  <b> x</b>  ", "x", [("bold", 0, 1)]),
        ('<a href="https://e.org/?a&amp;b">x</a>', "x", [("text_link", 0, 1)]),
        ("<b></b>x", "x", []),
        ("a > b", "a > b", []),
    ],
)
async def test_html_as_telegram_shows_it(
    telegram: Telegram,
    api: Api,
    chat: Chat,
    source: str,
    text: str,
    entities: list[tuple[str, int, int]],
) -> None:
    sent = await api("sendMessage", chat_id=chat.id, text=source, parse_mode="HTML")
    (shown,) = telegram.from_bot(chat)
    assert shown.text == sent["result"]["text"] == text
    found = sent["result"].get("entities", [])
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>é</i></b>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
        ("<script>x</script>", 'Unsupported start tag "script" at byte offset 0'),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("<span>x</span>", 'Unsupported start tag "span" at byte offset 0'),
    ],
)
async def test_html_it_cannot_parse(api: Api, chat: Chat, source: str, complaint: str) -> None:
    refused = await api("sendMessage", chat_id=chat.id, text=source, parse_mode="HTML")
    assert refused["description"] == f"Bad Request: can't parse entities: {complaint}"


async def test_an_edit_needs_a_difference(telegram: Telegram, api: Api, chat: Chat) -> None:
    sent = await api("sendMessage", chat_id=chat.id, text="card", reply_markup=BUTTON)
    where = {"chat_id": chat.id, "message_id": sent["result"]["message_id"]}
    same = await api(
        "editMessageText", **where, text="<b></b>card", parse_mode="HTML", reply_markup=BUTTON
    )
    assert "message is not modified" in same["description"]
    assert (await api("editMessageReplyMarkup", **where))["ok"]
    assert "not modified" in (await api("editMessageReplyMarkup", **where))["description"]
    assert (await api("editMessageText", **where, text="done"))["result"]["edit_date"]
    (shown,) = telegram.from_bot(chat)
    assert [(v.text, len(v.buttons)) for v in shown.history] == [("card", 1), ("card", 0)]


async def test_only_its_own_messages_can_be_edited(
    telegram: Telegram, api: Api, chat: Chat
) -> None:
    said = telegram.say(chat, chat.user, "mine")
    refused = await api("editMessageText", chat_id=chat.id, message_id=said.id, text="x")
    assert refused["description"] == "Bad Request: message can't be edited"


async def test_a_tap_is_answered_once(telegram: Telegram, api: Api, chat: Chat) -> None:
    await api("sendMessage", chat_id=chat.id, text="card", reply_markup=BUTTON)
    (card,) = telegram.from_bot(chat)
    tap = telegram.tap(chat.user, card, "OK")
    (update,) = (await api("getUpdates"))["result"]
    assert update["callback_query"]["data"] == "x"
    answer = {"callback_query_id": update["callback_query"]["id"], "text": "Done"}
    too_long = await api("answerCallbackQuery", **{**answer, "text": "x" * 201})
    assert too_long["description"] == "Bad Request: MESSAGE_TOO_LONG"
    assert (await api("answerCallbackQuery", **answer))["ok"]
    assert tap.answer == "Done"
    assert "too old" in (await api("answerCallbackQuery", **answer))["description"]
    assert [(a.what, a.text) for a in telegram.activity] == [("new", "card"), ("toast", "Done")]


def test_tapping_what_is_not_there(telegram: Telegram, chat: Chat) -> None:
    card = telegram.state.put(chat, telegram.me, text="card")
    with pytest.raises(LookupError, match="no live button"):
        telegram.tap(chat.user, card, "OK")


async def test_doors_that_close(telegram: Telegram, api: Api) -> None:
    anna = telegram.user("Anna")
    group = telegram.group("Riveras", [anna])

    async def say(chat_id: int) -> dict[str, Any]:
        return await api("sendMessage", chat_id=chat_id, text="x")

    assert (await say(anna.id))["description"] == (
        "Forbidden: bot can't initiate conversation with a user"
    )
    telegram.private(anna)
    telegram.block(anna)
    assert (await say(anna.id))["description"] == "Forbidden: bot was blocked by the user"
    new = telegram.migrate(group, anna)
    refused = await say(group.id)
    assert refused["parameters"] == {"migrate_to_chat_id": new.id}
    assert refused["description"] == ("Bad Request: group chat was upgraded to a supergroup chat")
    telegram.kick_bot(new, anna)
    assert (await say(new.id))["description"] == (
        "Forbidden: bot was kicked from the supergroup chat"
    )


async def test_leaving(telegram: Telegram, api: Api) -> None:
    group = telegram.group("Riveras", [])
    assert (await api("leaveChat", chat_id=group.id))["ok"]
    refused = await api("sendMessage", chat_id=group.id, text="x")
    assert refused["description"] == "Bad Request: chat not found"


async def test_too_fast() -> None:
    at = 50.0
    async with Telegram(spacing=1) as telegram, httpx.AsyncClient(trust_env=False) as client:
        telegram.state.machine_time = lambda: at
        api = Api(telegram, client)
        anna, ben = (telegram.private(telegram.user(name)) for name in ("Anna", "Ben"))
        assert (await api("sendMessage", chat_id=anna.id, text="1"))["ok"]
        assert (await api("sendMessage", chat_id=ben.id, text="1"))["ok"]
        refused = await api("sendMessage", chat_id=anna.id, text="2")
        assert (refused["error_code"], refused["parameters"]) == (429, {"retry_after": 1})
        assert refused["description"] == "Too Many Requests: retry after 1"
        at += 1
        assert (await api("sendMessage", chat_id=anna.id, text="2"))["ok"]


async def test_every_form_of_parameters(telegram: Telegram, chat: Chat) -> None:
    base = f"{telegram.base_url}/bot{telegram.state.token}"
    words = {"chat_id": str(chat.id), "text": "é & ü", "reply_markup": json.dumps(BUTTON)}
    async with httpx.AsyncClient(trust_env=False) as client:
        await client.get(f"{base}/sendMessage", params=words)
        await client.post(f"{base}/sendMessage", data=words)
        await client.post(f"{base}/SENDMESSAGE", files={k: (None, v) for k, v in words.items()})
        await client.post(f"{base}/sendMessage", json=words | {"reply_markup": BUTTON})
        bad = await client.post(
            f"{base}/sendMessage", content=b"{", headers={"Content-Type": "application/json"}
        )
    assert [(m.text, m.labels) for m in telegram.from_bot(chat)] == [("é & ü", ["OK"])] * 4
    assert bad.json()["error_code"] == 400


async def test_going_down_and_up_keeps_everything(telegram: Telegram, api: Api, chat: Chat) -> None:
    write(telegram, chat, 2)
    before = telegram.base_url
    await telegram.stop()
    with pytest.raises(httpx.TransportError):
        await api("getMe")
    await telegram.start()
    assert telegram.base_url == before
    assert len(await api.ids()) == 2
