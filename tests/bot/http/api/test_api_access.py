"""Who is let in: every route with no token, a wrong one, one that may too little, too often."""

from __future__ import annotations

import json
import sys
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest

from bot.http.api.rate import Rate
from bot.observing.start import observe
from bot.settings import Settings
from tests.bot.http.api.api_home import Home, at_home


async def every_route(home: Home) -> list[tuple[str, str]]:
    document = (await home.client.get("/openapi.json")).json()
    found = []
    for path, methods in document["paths"].items():
        for name in ("event_id", "task_id", "resource_id", "webhook_id"):
            path = path.replace("{" + name + "}", str(uuid4()))
        found += [(method.upper(), path) for method in methods]
    assert len(found) > 15
    return found


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer nothing", f"Bearer fs_{'0' * 64}", "Basic YTpi", "Bearer fs_\xe9"],
    ids=["none", "empty", "no token", "unknown", "basic", "not ascii"],
)
async def test_nobody_gets_in_without_a_token(small_home: Home, header: str) -> None:
    headers = {"Authorization": header.encode("latin-1")} if header else {}
    for method, path in await every_route(small_home):
        answer = await small_home.client.request(method, path, headers=headers)
        assert answer.status_code == 401, (method, path)
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == 401


BODIES: dict[str, Any] = {
    "POST /events": {"message": "piano Friday 4pm"},
    "POST /members": {"name": "Zoe"},
    "POST /resources": {"name": "van"},
    "POST /rules": {"text": "no events after 9pm"},
    "POST /webhooks": {"url": "https://hooks.example/x"},
}


async def test_a_token_may_what_its_scope_says(small_home: Home) -> None:
    read, write = await small_home.token("read"), await small_home.token("write")
    administration = ("/members", "/resources", "/rules", "/webhooks")
    for method, path in await every_route(small_home):
        body = BODIES.get(f"{method} {path}", {"option": 0} if path.endswith("decision") else {})
        ask = {"method": method, "url": path, "json": body if method != "GET" else None}
        if "stream" in path:
            continue
        allowed = method == "GET" and path != "/webhooks"
        answer = await small_home.client.request(**ask, headers=read)
        assert (answer.status_code != 403) == allowed, (method, path, answer.text)
        for_admins = (method != "GET" and path.startswith(administration)) or path == "/webhooks"
        answer = await small_home.client.request(**ask, headers=write)
        assert (answer.status_code == 403) == for_admins, (method, path, answer.text)


async def test_a_token_that_was_revoked_opens_nothing(home: Home) -> None:
    anna = await home.token("read")
    assert (await home.client.get("/household", headers=anna)).status_code == 200
    async with home.service.uow() as uow:
        assert await uow.tokens.revoke(home.household.id, name="Anna read") == 1
        await uow.commit()
    assert (await home.client.get("/household", headers=anna)).status_code == 401


async def test_a_person_who_is_gone_takes_their_tokens_along(home: Home) -> None:
    ben = await home.token("admin", "Ben")
    async with home.service.uow() as uow:
        await uow.households.remove_member(home.household.id, home.member("Ben"))
        await uow.commit()
    assert (await home.client.get("/household", headers=ben)).status_code == 401


async def test_more_than_a_token_may_is_refused_with_a_time(sqlite_url: str) -> None:
    async with at_home(sqlite_url, rate=2) as home:
        anna, ben = await home.token("read"), await home.token("read", "Ben")
        for _ in range(2):
            assert (await home.client.get("/household", headers=anna)).status_code == 200
        refused = await home.client.get("/household", headers=anna)
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 30
        assert (await home.client.get("/household", headers=ben)).status_code == 200


def test_an_allowance_fills_again() -> None:
    now = 0.0
    rate, token = Rate(60, lambda: now), uuid4()
    assert [rate.take(token) for _ in range(61)] == [0] * 60 + [1]
    now = 1.0
    assert [rate.take(token), rate.take(token)] == [0, 1]
    now = 1000.0
    assert [rate.take(token) for _ in range(61)] == [0] * 60 + [1]
    assert Rate(0).take(token) == 0


async def test_errors_are_problems_and_repeat_nothing(small_home: Home) -> None:
    anna = await small_home.token()
    secret = "do-not-repeat"
    for body in (
        {"message": 5, secret: secret},
        {"message": "x", "event": {"title": secret, "day": secret}},
        {},
        {"message": secret * 1000},
    ):
        answer = await small_home.client.post("/events", json=body, headers=anna)
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()
        assert problem["errors"]
        assert all(set(e) == {"at", "detail"} for e in problem["errors"])
    broken = {"content": b"{", "headers": {**anna, "Content-Type": "application/json"}}
    assert (await small_home.client.post("/events", **broken)).status_code == 422
    nothing = await small_home.client.get("/nowhere", headers=anna)
    assert (nothing.status_code, nothing.json()["title"]) == (404, "Not Found")
    wrong = await small_home.client.put("/events", headers=anna)
    assert wrong.status_code == 405
    assert wrong.headers["allow"]


async def test_a_body_without_end_is_cut_off(small_home: Home) -> None:
    anna = await small_home.token()
    huge = b'{"message": "' + b"x" * 2_000_000 + b'"}'
    headers = {**anna, "Content-Type": "application/json"}
    answer = await small_home.client.post("/events", content=huge, headers=headers)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_request_has_one_id_up_to_its_turn(
    small_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await small_home.token()
    log = StringIO()
    monkeypatch.setattr(sys, "stderr", log)
    observe(Settings(_env_file=None, log_format="json"), "test")
    ask = {"message": "piano Friday 4pm"}
    headers = {**anna, "X-Request-ID": "app-77"}
    answer = await small_home.client.post("/events", json=ask, headers=headers)
    await small_home.done(anna, answer)
    assert answer.headers["x-request-id"] == "app-77"
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    (started,) = [line for line in lines if line["message"] == "Agent workflow started"]
    assert (started["caller"], started["task_id"]) == ("app-77", answer.json()["task_id"])
    assert "piano" not in log.getvalue()
    given = await small_home.client.get("/health", headers={"X-Request-ID": "abc-1"})
    assert given.headers["x-request-id"] == "abc-1"
    unfit = await small_home.client.get("/health", headers={"X-Request-ID": "a b\tc"})
    assert unfit.headers["x-request-id"] not in ("", "a b\tc")


async def test_no_web_page_may_call_unless_it_is_named(sqlite_url: str) -> None:
    origin = {"Origin": "https://calendar.example", "Access-Control-Request-Method": "GET"}
    async with at_home(sqlite_url) as home:
        answer = await home.client.options("/events", headers=origin)
        assert "access-control-allow-origin" not in answer.headers
    async with at_home(sqlite_url, http_cors_origins=["https://calendar.example"]) as home:
        answer = await home.client.options("/events", headers=origin)
        assert answer.headers["access-control-allow-origin"] == "https://calendar.example"
        other = await home.client.options(
            "/events", headers={**origin, "Origin": "https://elsewhere.example"}
        )
        assert "access-control-allow-origin" not in other.headers


async def test_a_database_that_is_away_is_said(small_home: Home) -> None:
    anna = await small_home.token()
    await small_home.service.database.close()
    async with small_home.service.uow() as uow:  # it comes back by itself
        await uow.commit()
    assert (await small_home.client.get("/household", headers=anna)).status_code == 200
