"""HTTP mode through the FastAPI application: signatures, retries, forms, limits."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import httpx
import pytest
from httpx import AsyncClient, Response

from bot.http.app import create_app
from bot.http.bodies import LIMIT
from bot.play.counterparts.loopback import Loopback
from bot.play.counterparts.slack import Channel, Slack, User
from bot.play.counterparts.slack.request_url import signature
from bot.slack.app import SlackOptions, SlackPlatform
from scheduling.family import Household
from scheduling.forms import FormSheet, blank
from tests.bot.slack.conftest import Store
from tests.bot.slack.workspace import MORNING

SECRET = "signing-secret"
JSON = "application/json"


async def no_feed(token: str) -> None:
    return None


@pytest.fixture
async def platform(make: Callable[..., Any], store: Store) -> SlackPlatform:
    built = make(mode="http", signing_secret=SECRET)
    await built.start(store)
    await built.ready()
    return built


@pytest.fixture
async def url(platform: SlackPlatform) -> AsyncIterator[str]:
    """The application on a port of its own."""
    server = Loopback(create_app(feed=no_feed, slack=platform))
    await server.start()
    yield f"{server.base_url}/slack/events"
    await server.stop()


@pytest.fixture
async def web(platform: SlackPlatform) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=create_app(feed=no_feed, slack=platform))
    async with httpx.AsyncClient(transport=transport, base_url="https://ours") as client:
        yield client


async def post(
    web: AsyncClient,
    body: bytes,
    *,
    age: float = 0,
    secret: str = SECRET,
    kind: str = JSON,
    **more: Any,
) -> Response:
    at = str(int(time.time() - age))
    headers = {
        "content-type": kind,
        "x-slack-request-timestamp": at,
        "x-slack-signature": signature(secret, at, body),
        **more,
    }
    return await web.post("/slack/events", content=body, headers=headers)


@pytest.fixture
def anna(slack: Slack) -> User:
    return slack.user("Anna")


@pytest.fixture
def kitchen(slack: Slack, anna: User) -> Channel:
    return slack.channel("kitchen", [anna])


def said(kitchen: Channel, anna: User, text: str = "swim at 5") -> bytes:
    event = {"type": "message", "channel": kitchen.id, "user": anna.id, "text": text, "ts": "17.1"}
    body = {"type": "event_callback", "team_id": kitchen.team.id, "event": event, "event_id": "E"}
    return json.dumps(body).encode()


async def test_everything_comes_to_one_address(
    slack: Slack, url: str, store: Store, kitchen: Channel, anna: User
) -> None:
    await slack.use_http(url)
    family = Household(UUID(int=1), "Rivera", "America/New_York")
    store.sheet = FormSheet(family, blank(family, MORNING.replace(tzinfo=None)))
    talk = slack.say(kitchen, anna, "swim at 5")
    slack.command(anna, kitchen, "/family", "week")
    slack.shortcut(anna, talk, "add_to_calendar")
    slack.command(anna, kitchen, "/family", "add")
    await slack.drained()
    assert sorted(store.texts) == ["/week", "swim at 5", "swim at 5"]
    while slack.modal(anna) is None:
        await slack.changed()
    wrong = await slack.submit(anna, {"title": "x", "day": "2020-01-01"})
    assert wrong == {"day": "That day is already past."}
    assert await slack.submit(anna, {"day": "2027-01-01"}) is None
    assert store.inbox[-1].form.title == "x"
    assert not [a for a in slack.activity if a.what == "failed"]


async def test_retries_are_one(
    slack: Slack, url: str, store: Store, kitchen: Channel, anna: User
) -> None:
    await slack.use_http(url)
    store.failing = 2
    told = slack.say(kitchen, anna, "swim at 5")
    await slack.drained()
    slack.redeliver(told, 2)
    await slack.drained()
    assert store.texts == ["swim at 5"]
    assert store.calls == 5


@pytest.mark.parametrize(
    ("more", "status"),
    [
        pytest.param({}, 200, id="good"),
        pytest.param({"age": 290}, 200, id="a few minutes old"),
        pytest.param({"age": 310}, 401, id="stale"),
        pytest.param({"age": -310}, 401, id="from the future"),
        pytest.param({"secret": "another"}, 401, id="signed by somebody else"),
        pytest.param({"x-slack-signature": ""}, 401, id="not signed"),
        pytest.param({"x-slack-request-timestamp": "soon"}, 401, id="no time"),
    ],
)
async def test_signatures(
    web: AsyncClient, store: Store, kitchen: Channel, anna: User, more: dict[str, Any], status: int
) -> None:
    answer = await post(web, said(kitchen, anna), **more)
    assert answer.status_code == status
    assert len(store.inbox) == (status == 200)


async def test_a_changed_body(web: AsyncClient, store: Store, kitchen: Channel, anna: User) -> None:
    at, body = str(int(time.time())), said(kitchen, anna)
    headers = {
        "content-type": JSON,
        "x-slack-request-timestamp": at,
        "x-slack-signature": signature(SECRET, at, body),
    }
    changed = body.replace(b"swim", b"sink")
    answer = await web.post("/slack/events", content=changed, headers=headers)
    assert (answer.status_code, store.inbox) == (401, [])


async def test_the_challenge(web: AsyncClient) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1a"}).encode()
    answer = await post(web, body)
    assert (answer.status_code, "3eZbrw1a" in answer.text) == (200, True)
    assert (await post(web, body, secret="another")).status_code == 401


async def test_a_store_that_is_away_is_said(
    web: AsyncClient, store: Store, kitchen: Channel, anna: User
) -> None:
    store.failing = 1
    retry = {"x-slack-retry-num": "1", "x-slack-retry-reason": "http_error"}
    assert (await post(web, said(kitchen, anna))).status_code == 503
    assert (await post(web, said(kitchen, anna), **retry)).status_code == 200
    assert (await post(web, said(kitchen, anna), **retry)).status_code == 200
    assert store.texts == ["swim at 5"]


@pytest.mark.parametrize(
    "body",
    [b"", b"[1]", b"{", b"null", b'"x"', b"\xff\xfe", b'{"event": {"channel": 5}}', b"payload=%5B"],
    ids=repr,
)
@pytest.mark.parametrize("secret", [SECRET, "another"])
async def test_bodies_of_no_shape(web: AsyncClient, store: Store, body: bytes, secret: str) -> None:
    for kind in (JSON, "application/x-www-form-urlencoded"):
        answer = await post(web, body, secret=secret, kind=kind)
        assert answer.status_code in (200, 400, 401, 404)
        assert store.inbox == []


async def test_a_body_that_is_too_large(
    web: AsyncClient, store: Store, kitchen: Channel, anna: User
) -> None:
    answer = await post(web, said(kitchen, anna, "x" * LIMIT))
    assert (answer.status_code, store.inbox) == (413, [])


async def test_slack_asks_whether_we_have_a_certificate(web: AsyncClient) -> None:
    form = urlencode({"ssl_check": "1", "token": "x"}).encode()
    answer = await post(web, form, kind="application/x-www-form-urlencoded")
    assert answer.status_code == 200


async def test_without_oauth_there_is_no_such_page(web: AsyncClient) -> None:
    assert (await web.get("/slack/install")).status_code == 404
    assert (await web.get("/slack/oauth_redirect?code=1&state=2")).status_code == 404


def test_http_without_the_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="signing secret"):
        SlackPlatform(SlackOptions(mode="http", bot_token="xoxb-1"))
