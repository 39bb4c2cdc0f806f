"""Webhooks: signed, in order, tried again, never into a private network."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI, Request, Response

from bot.http import posts
from bot.http.posts import PrivateAddress, pinned, secret_of, signature
from bot.play.counterparts.loopback import Loopback
from tests.bot.http.api.api_home import Home, at_home, rivera

SOCCER = "soccer practice Saturday 2pm, Mia, need the car"


class Receiver:
    """Keeps what is posted, and answers as it is told to."""

    def __init__(self) -> None:
        self.posted: list[tuple[dict[str, str], str]] = []
        self.answers: list[int] = []
        self.app = FastAPI()

        @self.app.post("/hook")
        async def hook(request: Request) -> Response:
            self.posted.append((dict(request.headers), (await request.body()).decode()))
            return Response(status_code=self.answers.pop(0) if self.answers else 204)


@pytest.fixture
async def receiver() -> AsyncIterator[tuple[Receiver, str]]:
    receiver = Receiver()
    server = Loopback(receiver.app)
    await server.start()
    yield receiver, f"{server.base_url}/hook"
    await server.stop()


@pytest.fixture
async def home(database_url: str) -> AsyncIterator[Home]:
    async with at_home(
        database_url, webhook_signing_key="long and random", webhook_private_addresses=True
    ) as found:
        yield found


async def hooked(home: Home, anna: dict[str, str], url: str, **more: Any) -> dict[str, Any]:
    answer = await home.client.post("/webhooks", json={"url": url, **more}, headers=anna)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def verified(secret: str, post: tuple[dict[str, str], str]) -> dict[str, Any]:
    """The body, after checking its signature as a receiver would."""
    headers, body = post
    wanted = signature(secret, headers["webhook-id"], headers["webhook-timestamp"], body)
    assert headers["webhook-signature"] == wanted
    told: dict[str, Any] = json.loads(body)
    return told


async def test_each_change_is_posted_once_in_order(
    home: Home, receiver: tuple[Receiver, str]
) -> None:
    got, url = receiver
    anna = await home.token()
    made = await hooked(home, anna, url)
    await home.ask(anna, message=SOCCER)
    await home.ask(anna, message="groceries Saturday 2:30pm, Ben, need the car")
    told = [verified(made["secret"], post) for post in got.posted]
    assert [[c["kind"] for c in each["changes"]] for each in told] == [
        ["event.created"],
        ["conflict.detected", "proposal.opened"],
    ]
    assert told[1]["version"] == told[0]["version"] + 1
    assert len({headers["webhook-id"] for headers, _ in got.posted}) == 2
    listed = (await home.client.get("/webhooks", headers=anna)).json()["webhooks"]
    assert [set(each) for each in listed] == [{"id", "url", "kinds"}]


async def test_only_the_kinds_asked_for(home: Home, receiver: tuple[Receiver, str]) -> None:
    got, url = receiver
    anna = await home.token()
    await hooked(home, anna, url, kinds=["proposal.opened"])
    await home.ask(anna, message=SOCCER)
    await home.ask(anna, message="groceries Saturday 2:30pm, Ben, need the car")
    (post,) = got.posted
    assert [c["kind"] for c in json.loads(post[1])["changes"]] == ["proposal.opened"]


async def test_a_receiver_that_fails_is_tried_again(
    home: Home, receiver: tuple[Receiver, str]
) -> None:
    got, url = receiver
    got.answers = [500, 302]
    anna = await home.token()
    made = await hooked(home, anna, url)
    await home.ask(anna, message=SOCCER)
    assert len(got.posted) == 3
    assert len({headers["webhook-id"] for headers, _ in got.posted}) == 1
    assert verified(made["secret"], got.posted[2])["changes"]


async def test_a_receiver_that_is_gone_is_told_nothing_more(
    home: Home, receiver: tuple[Receiver, str]
) -> None:
    got, url = receiver
    got.answers = [410]
    anna = await home.token()
    await hooked(home, anna, url)
    await home.ask(anna, message=SOCCER)
    await home.ask(anna, message="piano Friday 4pm, Mia")
    assert len(got.posted) == 1


async def test_a_webhook_that_was_removed_is_told_nothing(
    home: Home, receiver: tuple[Receiver, str]
) -> None:
    got, url = receiver
    anna = await home.token()
    made = await hooked(home, anna, url)
    asked = await home.client.post("/events", json={"message": SOCCER}, headers=anna)
    removed = await home.client.delete(f"/webhooks/{made['id']}", headers=anna)
    assert removed.status_code == 204
    await home.done(anna, asked)
    assert got.posted == []
    others = await home.add(rivera())
    zoe = await home.token("admin", "Anna", others)
    made = await hooked(home, anna, url)
    assert (await home.client.delete(f"/webhooks/{made['id']}", headers=zoe)).status_code == 404


async def test_without_a_key_there_are_none(small_home: Home) -> None:
    anna = await small_home.token()
    answer = await small_home.client.post(
        "/webhooks", json={"url": "https://hooks.example"}, headers=anna
    )
    assert answer.status_code == 409


PRIVATE = {
    "loopback": "https://127.0.0.1/x",
    "by name": "https://localhost/x",
    "of the house": "https://192.168.1.1/x",
    "metadata": "https://169.254.169.254/latest",
    "loopback 6": "https://[::1]/x",
    "mapped": "https://[::ffff:127.0.0.1]/x",
    "unique local": "https://[fd00::1]/x",
    "zero": "https://0.0.0.0/x",
    "short": "https://127.1/x",
    "as a number": "https://2130706433/x",
    "plain http": "http://93.184.215.14/x",
    "with a password": "https://u:p@93.184.215.14/x",
    "no host": "https:///x",
    "no such port": "https://93.184.215.14:99999/x",
}


@pytest.mark.parametrize("url", PRIVATE.values(), ids=PRIVATE)
async def test_private_addresses_are_refused(sqlite_url: str, url: str) -> None:
    async with at_home(sqlite_url, webhook_signing_key="long and random") as home:
        anna = await home.token()
        answer = await home.client.post("/webhooks", json={"url": url}, headers=anna)
        assert answer.status_code == 422
        assert (await home.client.get("/webhooks", headers=anna)).json()["webhooks"] == []


async def test_what_was_checked_is_what_is_dialled() -> None:
    assert await pinned("https://93.184.215.14/a?b=1", False) == (
        "https://93.184.215.14/a?b=1",
        "93.184.215.14",
    )
    address, name = await pinned("http://localhost:8080/hook", True)
    assert httpx.URL(address).host in ("127.0.0.1", "::1")
    assert name == "localhost:8080"
    with pytest.raises(PrivateAddress):
        await pinned("https://10.0.0.1", False)


def test_a_secret_is_derived_and_each_webhooks_own() -> None:
    one, other = secret_of("key", UUID(int=1)), secret_of("key", UUID(int=2))
    assert one != other
    assert one == secret_of("key", UUID(int=1))
    assert one.startswith("whsec_")
    # The example of the specification.
    example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    signed = posts.signature(
        example, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", '{"test": 2432232314}'
    )
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
