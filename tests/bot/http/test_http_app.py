"""The HTTP edge over a real connection."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, Self
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from bot.http.app import create_app
from bot.http.feeds import stored_feed
from bot.play.counterparts.loopback import Loopback
from scheduling.access import token_hash
from scheduling.events import Event, Participant
from scheduling.family import Household, Member

MIA = UUID(int=1)
FAMILY = Household(UUID(int=9), "Rivera", "Europe/Berlin", members=(Member(MIA, "Mia"),))


def event(number: int, title: str, *people: UUID) -> Event:
    return Event(
        UUID(int=number),
        FAMILY.id,
        title,
        datetime(2026, 3, 7, 14),
        timedelta(hours=1),
        FAMILY.timezone,
        participants=tuple(Participant(p) for p in people),
    )


class Work:
    """A unit of work that holds one family and its calendar links."""

    def __init__(self, links: dict[str, tuple[UUID, UUID | None]]) -> None:
        self.links = links
        self.shown = [event(1, "Soccer", MIA), event(2, "Parents' dinner")]
        self.feeds = self.households = self.events = self

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None: ...

    async def find(self, digest: str) -> tuple[UUID, UUID | None] | None:
        return self.links.get(digest)

    async def get(self, household_id: UUID) -> Household:
        assert household_id == FAMILY.id
        return FAMILY

    async def all(self, household_id: UUID) -> list[Event]:
        assert household_id == FAMILY.id
        return self.shown


@pytest.fixture
def work() -> Work:
    links = {token_hash("family-key"): (FAMILY.id, None), token_hash("mia-key"): (FAMILY.id, MIA)}
    return Work(links)


async def serve(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    server = Loopback(app)
    await server.start()
    async with httpx.AsyncClient(base_url=server.base_url, trust_env=False) as client:
        yield client
    await server.stop()


@pytest.fixture
def parts() -> SimpleNamespace:
    return SimpleNamespace(healthy=True, posted=[])


@pytest.fixture
async def client(work: Work, parts: Any) -> AsyncIterator[httpx.AsyncClient]:
    async def healthy() -> bool:
        return bool(parts.healthy)

    async def telegram(body: bytes, secret: str | None) -> int:
        parts.posted.append((body, secret))
        return 503

    app = create_app(feed=stored_feed(lambda: work), telegram=telegram, healthy=healthy)
    async for each in serve(app):
        yield each


async def test_health(client: httpx.AsyncClient, parts: Any) -> None:
    answer = await client.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert (await client.get("/ready")).status_code == 200
    parts.healthy = False
    answer = await client.get("/ready")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})
    # Alive all the same: to be restarted would help nobody.
    assert (await client.get("/health")).status_code == 200


async def test_a_feed(client: httpx.AsyncClient) -> None:
    answer = await client.get("/calendar/family-key.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"].startswith("private")
    assert answer.content.count(b"BEGIN:VEVENT") == 2


async def test_a_persons_feed_has_only_their_events(client: httpx.AsyncClient) -> None:
    answer = await client.get("/calendar/mia-key.ics")
    assert b"Soccer" in answer.content
    assert b"dinner" not in answer.content


async def test_a_phone_that_has_it_already_gets_304(client: httpx.AsyncClient, work: Work) -> None:
    tag = (await client.get("/calendar/family-key.ics")).headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = await client.get("/calendar/family-key.ics", headers={"If-None-Match": known})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == tag
    work.shown.append(event(3, "Swim"))
    answer = await client.get("/calendar/family-key.ics", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["etag"] != tag


async def test_a_link_that_was_revoked_is_as_if_it_never_was(
    client: httpx.AsyncClient, work: Work
) -> None:
    work.links.pop(token_hash("mia-key"))
    revoked = await client.get("/calendar/mia-key.ics")
    unknown = await client.get("/calendar/nobody-ever-had-this.ics")
    assert revoked.status_code == unknown.status_code == 404
    assert revoked.content == unknown.content
    assert dict(revoked.headers).keys() == dict(unknown.headers).keys()


@pytest.mark.parametrize("path", ["/calendar/.ics", "/calendar/a/b.ics", "/calendar/%00.ics", "/"])
async def test_odd_paths(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


async def test_head(client: httpx.AsyncClient) -> None:
    answer = await client.head("/calendar/family-key.ics")
    assert (answer.status_code, answer.content) == (200, b"")


def test_no_link_stands_in_a_log(client: httpx.AsyncClient) -> None:
    logger = logging.getLogger("uvicorn.access")
    record = logging.LogRecord(
        logger.name, logging.INFO, "", 1, "%s %s", ("GET", "/calendar/mia-key.ics?x=1"), None
    )
    assert logger.filter(record)
    assert record.getMessage() == "GET /calendar/…?x=1"


async def test_what_telegram_posts_is_handed_on(client: httpx.AsyncClient, parts: Any) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": "s"}
    answer = await client.post("/telegram/webhook", content=b"{}", headers=headers)
    assert answer.status_code == 503
    assert parts.posted == [(b"{}", "s")]


async def test_a_body_too_large_is_not_read_to_its_end(
    client: httpx.AsyncClient, parts: Any
) -> None:
    answer = await client.post("/telegram/webhook", content=b"x" * 1_000_001)
    assert answer.status_code == 413
    assert parts.posted == []


async def test_no_webhook_where_telegram_is_polled(work: Work) -> None:
    async for client in serve(create_app(feed=stored_feed(lambda: work))):
        assert (await client.post("/telegram/webhook", content=b"{}")).status_code in (404, 405)
        assert (await client.get("/health")).status_code == 200
