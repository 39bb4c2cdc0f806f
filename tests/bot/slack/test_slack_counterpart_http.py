"""The counterpart's signed requests to a request URL, its response URLs and its OAuth."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.play.counterparts.loopback import Loopback
from bot.play.counterparts.slack import Channel, Slack, User


class Receiver:
    """An app's request URL. answers: what the next requests get, then 200."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[Response] = []
        self.hold: asyncio.Event | None = None
        routes = [Route("/slack/events", self._take, methods=["POST"])]
        self.server = Loopback(Starlette(routes=routes))

    @property
    def url(self) -> str:
        return f"{self.server.base_url}/slack/events"

    @property
    def events(self) -> list[dict[str, Any]]:
        found = [json.loads(body) for _, body in self.got if body.startswith(b"{")]
        return [one for one in found if one["type"] == "event_callback"]

    def retries(self) -> list[tuple[str | None, str | None]]:
        num, reason = "x-slack-retry-num", "x-slack-retry-reason"
        return [(head.get(num), head.get(reason)) for head, _ in self.got]

    async def _take(self, request: Request) -> Response:
        body = await request.body()
        if b"url_verification" in body:
            return JSONResponse({"challenge": json.loads(body)["challenge"]})
        self.got.append((dict(request.headers), body))
        if self.hold is not None:
            await self.hold.wait()
        return self.answers.pop(0) if self.answers else PlainTextResponse("")


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    await made.server.start()
    yield made
    if made.hold:
        made.hold.set()
    await made.server.stop()


@pytest.fixture
async def slack(receiver: Receiver) -> AsyncIterator[Slack]:
    async with Slack(pauses=(0, 0, 0)) as counterpart:
        await counterpart.use_http(receiver.url)
        yield counterpart


@pytest.fixture
def anna(slack: Slack) -> User:
    return slack.user("Anna")


@pytest.fixture
def kitchen(slack: Slack, anna: User) -> Channel:
    return slack.channel("kitchen", [anna])


async def test_every_request_is_signed(
    slack: Slack, receiver: Receiver, anna: User, kitchen: Channel
) -> None:
    verifier = SignatureVerifier(slack.settings.signing_secret)
    slack.say(kitchen, anna, "Fußball <3")
    slack.command(anna, kitchen, "/family", "week")
    slack.shortcut(anna, None, "add")
    await slack.drained()
    assert len(receiver.got) == 3
    for headers, body in receiver.got:
        assert verifier.is_valid_request(body, headers)
        assert not verifier.is_valid_request(body + b" ", headers)


async def test_a_command_and_an_interaction_are_forms(
    slack: Slack, receiver: Receiver, anna: User, kitchen: Channel
) -> None:
    slack.command(anna, kitchen, "/family", "week")
    await slack.drained()
    slack.shortcut(anna, slack.say(kitchen, anna, "soccer"), "add")
    await slack.drained()
    forms = [dict(parse_qsl(body.decode())) for _, body in receiver.got if body[:1] != b"{"]
    assert (forms[0]["command"], forms[0]["text"]) == ("/family", "week")
    assert forms[0]["user_id"] == anna.id
    payload = json.loads(forms[1]["payload"])
    assert (payload["type"], payload["callback_id"]) == ("message_action", "add")
    assert payload["message"]["text"] == "soccer"


async def test_errors_are_tried_again(
    slack: Slack, receiver: Receiver, anna: User, kitchen: Channel
) -> None:
    receiver.answers = [PlainTextResponse("", 500), PlainTextResponse("", 404)]
    slack.say(kitchen, anna, "soccer")
    await slack.drained()
    assert receiver.retries() == [(None, None), ("1", "http_error"), ("2", "http_error")]
    assert len({one["event_id"] for one in receiver.events}) == 1


async def test_the_app_may_refuse_further_tries(
    slack: Slack, receiver: Receiver, anna: User, kitchen: Channel
) -> None:
    receiver.answers = [PlainTextResponse("", 500, {"X-Slack-No-Retry": "1"})]
    message = slack.say(kitchen, anna, "soccer")
    await slack.drained()
    assert [one.lost for one in slack.events(message)] == ["http_error"]
    assert len(receiver.got) == 1


async def test_late_answers_are_no_answers(
    slack: Slack, receiver: Receiver, anna: User, kitchen: Channel
) -> None:
    slack.state.limit = 0.02
    receiver.hold = asyncio.Event()
    message = slack.say(kitchen, anna, "soccer")
    await slack.drained()
    assert [(one.lost, one.tries) for one in slack.events(message)] == [("timeout", 4)]
    reasons = [(None, None), *((str(n), "http_timeout") for n in (1, 2, 3))]
    assert set(receiver.retries()) <= set(reasons)


async def test_an_app_that_is_away(
    slack: Slack, receiver: Receiver, anna: User, kitchen: Channel
) -> None:
    await receiver.server.stop()
    message = slack.say(kitchen, anna, "soccer")
    slack.command(anna, kitchen, "/family")
    await slack.drained()
    assert slack.events(message)[0].lost == "connection_failed"
    assert "dispatch_failed" in slack.activity[0].text


async def test_an_address_that_does_not_answer_the_challenge(
    slack: Slack, receiver: Receiver
) -> None:
    with pytest.raises(LookupError, match="challenge"):
        await slack.use_http(f"{receiver.server.base_url}/elsewhere")


async def test_a_command_answered_in_the_channel(
    slack: Slack, receiver: Receiver, anna: User, kitchen: Channel
) -> None:
    receiver.answers = [JSONResponse({"response_type": "in_channel", "text": "*Soccer* at 2"})]
    slack.command(anna, kitchen, "/family", "week")
    await slack.drained()
    (shown,) = slack.activity
    assert (shown.what, shown.text, shown.via) == ("new", "Soccer at 2", "acknowledgement")


async def test_bolt_takes_the_requests(slack: Slack, anna: User, kitchen: Channel) -> None:
    web = AsyncWebClient(slack.token(), base_url=slack.api_url)
    app = AsyncApp(client=web, signing_secret=slack.settings.signing_secret)
    handler = AsyncSlackRequestHandler(app)
    heard: list[str] = []

    @app.event("app_mention")
    async def on_mention(event: str | dict[str, Any]) -> None:
        heard.append(event["text"])

    async def take(request: Request) -> Response:
        return await handler.handle(request)

    @app.event("message")
    async def on_message() -> None:
        heard.append("message")

    server = Loopback(Starlette(routes=[Route("/x", take, methods=["POST"])]))
    await server.start()
    await slack.use_http(f"{server.base_url}/x")
    slack.say(kitchen, anna, "soccer", mention=True)
    await slack.drained()
    await server.stop()
    assert sorted(heard) == [f"<@{slack.home_team.bot.id}> soccer", "message"]


async def post(url: str, **body: object) -> tuple[int, str]:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(url, json=body)
    return answer.status_code, answer.text


async def test_a_response_url_is_good_five_times(
    slack: Slack, receiver: Receiver, anna: User, kitchen: Channel
) -> None:
    url = slack.command(anna, kitchen, "/family").payload["response_url"]
    assert await post(url, text="") == (400, '{"ok": false, "error": "no_text"}')
    for number in range(5):
        assert await post(url, text=str(number)) == (200, "ok")
    assert await post(url, text="6") == (404, '{"ok": false, "error": "used_url"}')
    assert [one.what for one in slack.activity] == ["ephemeral"] * 5
    assert {one.via for one in slack.activity} == {"response_url"}


async def test_a_response_url_is_good_for_half_an_hour(receiver: Receiver) -> None:
    at = datetime(2026, 3, 4, tzinfo=UTC)
    async with Slack(now=lambda: at) as slack:
        anna = slack.user("Anna")
        url = slack.command(anna, slack.channel("x", [anna]), "/family").payload["response_url"]
        at += timedelta(minutes=30)
        assert (await post(url, text="x", response_type="in_channel"))[0] == 200
        at += timedelta(seconds=1)
        assert (await post(url, text="x")) == (404, '{"ok": false, "error": "expired_url"}')


async def test_a_response_url_changes_the_message_it_came_from(
    slack: Slack, anna: User, kitchen: Channel
) -> None:
    web = AsyncWebClient(slack.token(), base_url=slack.api_url)
    text = {"type": "plain_text", "text": "OK"}
    button = {"type": "button", "text": text, "action_id": "ok"}
    card = [{"type": "actions", "elements": [button]}]
    await web.chat_postEphemeral(channel=kitchen.id, user=anna.id, text="card", blocks=card)
    (note,) = slack.from_bot(kitchen, anna)
    payload = slack.tap(anna, note, "OK").payload
    assert payload["container"]["is_ephemeral"]
    assert "message" not in payload
    assert (await post(payload["response_url"], text="done", replace_original=True))[0] == 200
    assert (note.text, note.blocks) == ("done", [])
    assert (await post(payload["response_url"], delete_original=True))[0] == 200
    assert slack.from_bot(kitchen, anna) == []
    assert [one.what for one in slack.activity] == ["ephemeral", "edit", "delete"]


async def authorize(slack: Slack, **query: str) -> dict[str, str]:
    params = {"client_id": slack.settings.client_id, "redirect_uri": "http://127.0.0.1/back"}
    async with httpx.AsyncClient(trust_env=False) as client:
        url = f"{slack.base_url}/oauth/v2/authorize"
        answer = await client.get(url, params={**params, "state": "s1", **query})
    assert answer.status_code == 302
    found = parse_qs(urlsplit(answer.headers["location"]).query)
    return {name: value for name, (value,) in found.items()}


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
async def test_installing_in_a_workspace() -> None:
    async with Slack(installed=False) as slack:
        with pytest.raises(LookupError):
            slack.token()
        slack.visit(slack.user("Zoe"))
        granted = await authorize(slack, scope="chat:write,commands")
        assert granted["state"] == "s1"
        web = AsyncWebClient(base_url=slack.api_url)
        known = {
            "client_id": slack.settings.client_id,
            "client_secret": slack.settings.client_secret,
        }
        found = await web.oauth_v2_access(**known, code=granted["code"])
        assert found["access_token"] == slack.token()
        assert found["scope"] == "chat:write,commands"
        assert found["team"]["id"] == slack.home_team.id
        again = {"code": granted["code"], **known}
        for values, error in (
            (again, "code_already_used"),
            (again | {"code": "x"}, "invalid_code"),
            (again | {"client_secret": "x"}, "bad_client_secret"),
            (again | {"client_id": "x"}, "invalid_client_id"),
        ):
            async with httpx.AsyncClient(trust_env=False) as client:
                answer = await client.post(f"{slack.api_url}oauth.v2.access", data=values)
            assert answer.json() == {"ok": False, "error": error}
        slack.visit(None)
        assert await authorize(slack) == {"error": "access_denied", "state": "s1"}


async def test_the_app_hears_of_its_end(
    slack: Slack, receiver: Receiver, anna: User, kitchen: Channel
) -> None:
    slack.uninstall(slack.home_team)
    slack.say(kitchen, anna, "anyone there?")
    await slack.drained()
    assert sorted(one["event"]["type"] for one in receiver.events) == [
        "app_uninstalled",
        "tokens_revoked",
    ]


async def test_what_happens_to_channels_and_people(
    slack: Slack, receiver: Receiver, anna: User, kitchen: Channel
) -> None:
    other = slack.channel("garden", [anna], bot=False)
    slack.invite(other, anna)
    message = slack.say(other, anna, "one")
    slack.edit(message, "two")
    slack.delete(message)
    slack.kick(other, anna)
    slack.say(other, anna, "unheard")
    slack.change_user(anna, tz="Europe/Paris", tz_offset=3600)
    slack.archive(kitchen, anna)
    slack.delete_channel(kitchen, anna)
    told = [(one.event["type"], one.event.get("subtype", "")) for one in slack.events()]
    assert told == [
        ("message", "channel_join"),
        ("member_joined_channel", ""),
        ("message", ""),
        ("message", "message_changed"),
        ("message", "message_deleted"),
        ("member_left_channel", ""),
        ("channel_left", ""),
        ("user_change", ""),
        ("channel_archive", ""),
        ("channel_deleted", ""),
    ]
    changed = slack.events()[3].event
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("two", "one")
    assert changed["message"]["edited"]["user"] == anna.id
    await slack.drained()
