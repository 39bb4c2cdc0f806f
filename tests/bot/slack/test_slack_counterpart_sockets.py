"""The counterpart over Socket Mode, with Slack's own client and with a bolt app."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond, AsyncSay
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.play.counterparts.slack import Channel, Slack, User


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as counterpart:
        yield counterpart


@pytest.fixture
def anna(slack: Slack) -> User:
    return slack.user("Anna")


@pytest.fixture
def kitchen(slack: Slack, anna: User) -> Channel:
    return slack.channel("kitchen", [anna])


class Client:
    """Socket Mode as slack_sdk does it. silent: how many envelopes are left unacknowledged."""

    def __init__(self, slack: Slack, *, silent: int = 0, ping_interval: float = 5) -> None:
        web = AsyncWebClient(base_url=slack.api_url)
        token = slack.settings.app_token
        self.client = SocketModeClient(token, web_client=web, ping_interval=ping_interval)
        self.client.socket_mode_request_listeners.append(self._take)
        self.got: list[SocketModeRequest] = []
        self.hello: list[dict[str, Any]] = []
        self.client.message_listeners.append(self._hear)
        self.silent = silent
        self.arrived = asyncio.Event()

    async def _hear(self, client: Any, message: dict[str, Any], raw: str | None) -> None:
        if message.get("type") == "hello":
            self.hello.append(message)

    async def _take(self, client: Any, request: SocketModeRequest) -> None:
        self.got.append(request)
        self.arrived.set()
        if self.silent > 0:
            self.silent -= 1
            return
        await client.send_socket_mode_response(SocketModeResponse(request.envelope_id))

    @property
    def events(self) -> list[dict[str, Any]]:
        return [one.payload["event"] for one in self.got if one.type == "events_api"]


Connect = Callable[..., Any]


@pytest.fixture
async def connect(slack: Slack) -> AsyncIterator[Connect]:
    made: list[Client] = []

    async def build(**options: Any) -> Client:
        client = Client(slack, **options)
        made.append(client)
        await client.client.connect()
        await slack.connected(len(made))
        return client

    yield build
    for client in made:
        await client.client.close()


async def test_hello_and_an_event(
    slack: Slack, connect: Callable[..., Any], anna: User, kitchen: Channel
) -> None:
    client = await connect()
    message = slack.say(kitchen, anna, "2 < 3 & <3", mention=True)
    await slack.drained()
    hello = client.hello[0]
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["debug_info"]["host"]
    assert [event["type"] for event in client.events] == ["message", "app_mention"]
    first, second = (one.payload for one in client.got)
    assert first["event_id"] != second["event_id"]
    assert first["event"]["ts"] == second["event"]["ts"] == message.ts
    assert first["event"]["text"] == f"<@{slack.home_team.bot.id}> 2 &lt; 3 &amp; &lt;3"
    assert first["authorizations"][0]["is_bot"]
    assert (client.got[0].retry_attempt, client.got[0].accepts_response_payload) == (0, False)


async def test_what_is_not_acknowledged_comes_again(
    slack: Slack, connect: Callable[..., Any], anna: User, kitchen: Channel
) -> None:
    limits = iter((0, 0, 600))
    slack.state.sockets.limit = lambda: next(limits)
    client = await connect(silent=2)
    slack.say(kitchen, anna, "soccer")
    await slack.drained()
    assert [(one.retry_attempt, one.retry_reason) for one in client.got] == [
        (0, ""),
        (1, "timeout"),
        (2, "timeout"),
    ]
    assert len({one.payload["event_id"] for one in client.got}) == 1
    assert len({one.envelope_id for one in client.got}) == 3


async def test_slack_gives_up_after_three_more_tries(
    slack: Slack, connect: Callable[..., Any], anna: User, kitchen: Channel
) -> None:
    slack.state.limit = 0
    await connect(silent=99)
    message = slack.say(kitchen, anna, "soccer")
    await slack.drained()
    assert [(one.lost, one.tries) for one in slack.events(message)] == [("timeout", 4)]


async def test_events_wait_for_a_socket(
    slack: Slack, connect: Callable[..., Any], anna: User, kitchen: Channel
) -> None:
    for text in ("one", "two", "three"):
        slack.say(kitchen, anna, text)
    client = await connect()
    await slack.drained()
    assert [event["text"] for event in client.events] == ["one", "two", "three"]


async def test_each_envelope_goes_to_one_of_several_sockets(
    slack: Slack, connect: Callable[..., Any], anna: User, kitchen: Channel
) -> None:
    one, two = await connect(), await connect()
    for number in range(10):
        slack.say(kitchen, anna, str(number))
    await slack.drained()
    assert (len(one.got), len(two.got)) == (5, 5)
    assert two.hello[0]["num_connections"] == 2


@pytest.mark.parametrize("abrupt", [True, False])
async def test_a_socket_is_lost_in_the_middle(
    slack: Slack, connect: Callable[..., Any], anna: User, kitchen: Channel, abrupt: bool
) -> None:
    client = await connect(silent=1, ping_interval=0.2 if abrupt else 5)
    slack.say(kitchen, anna, "soccer")
    await client.arrived.wait()
    slack.cut(abrupt=abrupt)
    await slack.drained()
    assert client.got[0].retry_attempt == 0
    assert client.got[1].retry_reason == "connection_failed"
    assert slack.state.sockets.opened >= 2


async def test_a_refresh_replaces_sockets(
    slack: Slack, connect: Callable[..., Any], anna: User, kitchen: Channel
) -> None:
    client = await connect()
    await slack.refresh()
    while slack.state.sockets.opened < 2:
        await slack.changed()
    slack.say(kitchen, anna, "soccer")
    await slack.drained()
    assert len(client.hello) == 2
    assert [event["text"] for event in client.events] == ["soccer"]
    assert slack.sockets == 1


async def test_a_ticket_opens_one_socket(slack: Slack, connect: Callable[..., Any]) -> None:
    client = await connect()
    other = SocketModeClient(slack.settings.app_token, web_client=client.client.web_client)
    with pytest.raises(Exception, match="403"):
        await other.aiohttp_client_session.ws_connect(client.client.wss_uri)
    await other.close()


async def test_redelivery_at_will(
    slack: Slack, connect: Callable[..., Any], anna: User, kitchen: Channel
) -> None:
    client = await connect()
    first = slack.say(kitchen, anna, "one", delivery_id=7)
    second = slack.say(kitchen, anna, "two")
    await slack.drained()
    slack.redeliver(second, times=2)
    assert slack.say(kitchen, anna, "one", delivery_id=7) is first
    await slack.drained()
    assert [event["text"] for event in client.events] == ["one", "two", "two", "two", "one"]
    assert client.got[2].payload == client.got[1].payload
    assert client.got[2].retry_attempt == 1


class App:
    """A bolt app on the wire."""

    def __init__(self, slack: Slack) -> None:
        web = AsyncWebClient(slack.token(), base_url=slack.api_url)
        self.bolt = AsyncApp(client=web)
        token = slack.settings.app_token
        self.handler = AsyncSocketModeHandler(self.bolt, token, web_client=web)


@pytest.fixture
async def app(slack: Slack) -> AsyncIterator[App]:
    made = App(slack)
    await made.handler.connect_async()
    await slack.connected()
    yield made
    await made.handler.close_async()


async def test_a_bolt_app_answers_and_does_not_hear_itself(
    slack: Slack, app: App, anna: User, kitchen: Channel
) -> None:
    heard: list[str] = []

    @app.bolt.event("message")
    async def on_message(event: dict[str, Any], say: AsyncSay) -> None:
        heard.append(event["text"])
        await say(text="Booked", thread_ts=event["ts"])

    slack.say(kitchen, anna, "soccer")
    while not slack.activity:
        await slack.changed()
    await slack.drained()
    assert heard == ["soccer"]
    assert slack.from_bot(kitchen)[0].is_reply
    echo = slack.events("message")[-1]
    assert (echo.acknowledged, echo.event["user"]) == (True, slack.home_team.bot.id)
    assert echo.event["app_id"] == slack.settings.app_id


async def test_a_command_and_a_tap(slack: Slack, app: App, anna: User, kitchen: Channel) -> None:
    text = {"type": "plain_text", "text": "Undo"}
    undo = {"type": "button", "text": text, "action_id": "undo", "value": "7"}
    blocks = [{"type": "actions", "elements": [undo], "block_id": "card"}]
    taps: list[dict[str, Any]] = []

    @app.bolt.command("/family")
    async def on_command(ack: AsyncAck, command: dict[str, Any], client: AsyncWebClient) -> None:
        await ack(f"{command['text']} &amp; so on")
        channel = command["channel_id"]
        await client.chat_postMessage(channel=channel, text="card", blocks=blocks)

    @app.bolt.action("undo")
    async def on_undo(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        await ack()
        taps.append(body)
        await respond(text="Undone", replace_original=True)

    slack.command(anna, kitchen, "/family", "week & <more>")
    await slack.drained()
    while not slack.from_bot(kitchen):
        await slack.changed()
    card, whisper = sorted(slack.activity, key=lambda one: one.what, reverse=True)
    assert (whisper.what, whisper.via, whisper.user) == ("ephemeral", "acknowledgement", anna)
    assert whisper.text == "week & <more> & so on"
    slack.tap(anna, card.message, "Undo")
    while len(slack.activity) < 3:
        await slack.changed()
    assert (slack.activity[2].what, slack.activity[2].via) == ("edit", "response_url")
    action = taps[0]["actions"][0]
    assert (action["action_id"], action["block_id"], action["value"]) == ("undo", "card", "7")
    assert taps[0]["message"]["ts"] == card.message.ts
    assert taps[0]["container"]["channel_id"] == kitchen.id
    with pytest.raises(LookupError, match="no live button 'Undo'"):
        slack.tap(anna, slack.from_bot(kitchen)[0], "Undo")


async def test_a_command_nobody_answers_fails_for_the_person(
    slack: Slack, app: App, anna: User, kitchen: Channel
) -> None:
    slack.state.limit = 0.05

    @app.bolt.command("/family")
    async def on_command() -> None:
        await asyncio.Event().wait()

    slack.command(anna, kitchen, "/family")
    await slack.drained()
    assert [(one.what, one.user) for one in slack.activity] == [("failed", anna)]
    assert "operation_timeout" in slack.activity[0].text


async def test_a_storm_of_redeliveries(
    slack: Slack, connect: Callable[..., Any], anna: User, kitchen: Channel
) -> None:
    client = await connect()
    said = [slack.say(kitchen, anna, str(number), mention=True) for number in range(25)]
    for message in reversed(said):
        slack.redeliver(message, times=2)
    await slack.drained()
    ids = [one.payload["event_id"] for one in client.got]
    assert len(ids) == 150
    assert {ids.count(one) for one in ids} == {3}


async def test_ten_sockets_and_no_more(slack: Slack, connect: Callable[..., Any]) -> None:
    clients = [await connect() for _ in range(10)]
    eleventh = SocketModeClient(slack.settings.app_token, web_client=clients[0].client.web_client)
    url = await eleventh.issue_new_wss_url()
    async with eleventh.aiohttp_client_session.ws_connect(url) as wire:
        assert (await wire.receive_json())["reason"] == "too_many_websockets"
    assert slack.sockets == 10
    await eleventh.close()
