"""What has changed: by page, as server-sent events, and resumed where it was left."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from tests.bot.http.api.api_home import Home

SOCCER = "soccer practice Saturday 2pm, Mia, need the car"


class Stream:
    """Server-sent events as a browser takes them."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.aiter_lines()

    async def next(self) -> dict[str, Any]:
        """The next event, with its id."""
        found: dict[str, Any] = {}
        async for line in self._lines:
            name, _, value = line.partition(": ")
            if name == "id":
                found["id"] = value
            elif name == "data":
                found |= json.loads(value)
            elif not line and found:
                return found
        raise EOFError

    async def listening(self) -> None:
        """Until the server has begun to look."""
        async for line in self._lines:
            if line.startswith(":"):
                return


@asynccontextmanager
async def stream(home: Home, headers: dict[str, str], **more: str) -> AsyncIterator[Stream]:
    async with home.client.stream(
        "GET", "/changes/stream", headers={**headers, **more}, timeout=30
    ) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        yield Stream(response)


def kinds(change: dict[str, Any]) -> list[str]:
    return [each["kind"] for each in change["changes"]]


async def test_changes_by_page(home: Home) -> None:
    anna = await home.token()
    start = (await home.client.get("/changes", headers=anna)).json()
    assert start["changes"] == []
    task = await home.ask(anna, message=SOCCER)
    event_id = task["result"]["event_id"]
    clash = await home.ask(anna, message="groceries Saturday 2:30pm, Ben, need the car")
    url = f"{clash['status_url']}/decision"
    await home.done(anna, await home.client.post(url, json={"option": 0}, headers=anna))
    since = {"after": start["version"]}
    page = (await home.client.get("/changes", params=since, headers=anna)).json()
    told = [kinds(change) for change in page["changes"]]
    assert told[0] == ["event.created"]
    assert page["changes"][0]["changes"][0]["subject"] == event_id
    assert told[1] == ["conflict.detected", "proposal.opened"]
    assert told[2] == ["proposal.decided"]
    assert "event.created" in told[3]
    versions = [change["version"] for change in page["changes"]]
    assert versions == list(range(start["version"] + 1, page["version"] + 1))
    rest = {"after": page["version"]}
    assert (await home.client.get("/changes", params=rest, headers=anna)).json()["changes"] == []


async def test_a_change_is_told_as_it_happens(home: Home) -> None:
    anna = await home.token()
    async with stream(home, anna) as events:
        await events.listening()
        asking = asyncio.create_task(home.ask(anna, message=SOCCER))
        told = await events.next()
        assert kinds(told) == ["event.created"]
        assert told["id"] == str(told["version"])
        await asking
    await home.ask(anna, message="piano Friday 4pm, Mia")
    await home.ask(anna, message="chess Friday 6pm, Mia")
    async with stream(home, anna, **{"Last-Event-ID": told["id"]}) as events:
        missed = [await events.next(), await events.next()]
    assert [each["version"] for each in missed] == [told["version"] + 1, told["version"] + 2]


async def test_another_familys_changes_are_not_told(home: Home) -> None:
    from tests.bot.http.api.api_home import rivera

    others = await home.add(rivera())
    anna, zoe = await home.token(), await home.token("admin", "Anna", others)
    async with stream(home, zoe) as events:
        await events.listening()
        await home.ask(anna, message=SOCCER)
        await home.ask(zoe, message="piano Friday 4pm, Mia")
        told = await events.next()
    theirs = await home.client.get(f"/events/{told['changes'][0]['subject']}", headers=zoe)
    assert theirs.json()["title"] == "piano"


async def test_what_is_no_id_is_refused(small_home: Home) -> None:
    anna = await small_home.token()
    for wrong in ("x", "-1", "1" * 30, "1.5"):
        answer = await small_home.client.get(
            "/changes/stream", headers={**anna, "Last-Event-ID": wrong}
        )
        assert answer.status_code == 422


async def test_what_the_family_is_made_of_counts_too(home: Home) -> None:
    anna = await home.token()
    before = (await home.client.get("/household", headers=anna)).json()["version"]
    added = await home.client.post("/members", json={"name": "Zoe", "role": "child"}, headers=anna)
    await home.done(anna, added)
    await home.done(anna, await home.client.post("/resources", json={"name": "van"}, headers=anna))
    rule = {"text": "no events for Mia after 8pm on school nights"}
    task = await home.done(anna, await home.client.post("/rules", json=rule, headers=anna))
    assert task["status"] == "complete"
    names = [m["name"] for m in (await home.client.get("/members", headers=anna)).json()["members"]]
    assert names == ["Anna", "Ben", "Mia", "Zoe"]
    things = (await home.client.get("/resources", headers=anna)).json()["resources"]
    assert [(r["name"], r["type"]) for r in things] == [("car", "vehicle"), ("van", "vehicle")]
    (kept,) = (await home.client.get("/rules", headers=anna)).json()["rules"]
    assert kept["after"] == "20:00:00"
    assert (await home.client.get("/household", headers=anna)).json()["version"] >= before + 3
    gone = await home.client.delete(f"/resources/{things[1]['id']}", headers=anna)
    await home.done(anna, gone)
    things = (await home.client.get("/resources", headers=anna)).json()["resources"]
    assert [r["name"] for r in things] == ["car"]
