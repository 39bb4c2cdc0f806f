"""What every answer says to a browser, and whose word counts about where a request came from."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, Request

from bot.configured import unfit
from bot.health import HealthPort
from bot.http.app import create_app
from bot.http.guarded import ALWAYS, HSTS
from bot.http.serving import serve_http
from bot.play.counterparts.loopback import Loopback
from bot.settings import Settings
from tests.bot.http.api.api_home import at_home

FORGED = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}


@asynccontextmanager
async def answering(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    server = Loopback(app)
    await server.start()
    async with httpx.AsyncClient(base_url=server.base_url, trust_env=False) as client:
        yield client
    await server.stop()


async def no_feed(token: str) -> bytes | None:
    return None


def application(trusted: str = "") -> FastAPI:
    app = create_app(feed=no_feed, trusted_proxies=trusted)

    @app.get("/whoami")
    async def whoami(request: Request) -> dict[str, str]:
        assert request.client is not None
        return {"host": request.client.host, "scheme": request.url.scheme}

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("broken for this test")

    return app


def assert_guarded(answer: httpx.Response) -> None:
    for name, value in ALWAYS.items():
        assert answer.headers[name] == value, (answer.url, name)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"]
    assert "set-cookie" not in answer.headers


async def test_every_route_answers_with_them(sqlite_url: str) -> None:
    async with at_home(sqlite_url) as home:
        token = await home.token()
        paths = (await home.client.get("/openapi.json")).json()["paths"]
        plain = [path for path in paths if "{" not in path and "stream" not in path]
        for path in [*plain, "/health", "/ready", "/docs", "/openapi.json", "/calendar/x.ics"]:
            if path == "/changes":
                continue
            assert_guarded(await home.client.get(path))
            assert_guarded(await home.client.post(path, headers=token, content=b"{"))


@pytest.mark.parametrize(
    "path", ["/nowhere", "/", "/%2e%2e/etc/passwd", "/static/", "/bot/", "/data/family.db"]
)
async def test_no_folder_is_served(path: str) -> None:
    async with answering(application()) as client:
        answer = await client.get(path)
        assert answer.status_code == 404
        assert_guarded(answer)


async def test_a_failure_answers_with_them_too() -> None:
    async with answering(application()) as client:
        answer = await client.get("/broken")
        assert answer.status_code == 500
        assert_guarded(answer)


async def test_an_answer_is_kept_only_where_its_route_says_so() -> None:
    async with answering(application()) as client:
        assert (await client.get("/whoami")).headers["cache-control"] == "no-store"


async def test_the_docs_page_may_load_what_it_needs_and_nothing_else() -> None:
    async with answering(application()) as client:
        policy = (await client.get("/docs")).headers["content-security-policy"]
        assert "script-src 'unsafe-inline' https://cdn.jsdelivr.net" in policy
        other = (await client.get("/whoami")).headers["content-security-policy"]
        assert "script-src" not in other


@pytest.mark.parametrize("trusted", ["", "10.9.9.9", "10.0.0.0/8,192.0.2.7"])
async def test_a_stranger_is_not_believed_about_where_a_request_came_from(trusted: str) -> None:
    async with answering(application(trusted)) as client:
        answer = await client.get("/whoami", headers=FORGED)
        assert answer.json() == {"host": "127.0.0.1", "scheme": "http"}
        assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize("trusted", ["127.0.0.1", "127.0.0.0/8, 10.0.0.0/8", "*"])
async def test_a_trusted_proxy_is(trusted: str) -> None:
    async with answering(application(trusted)) as client:
        answer = await client.get("/whoami", headers=FORGED)
        assert answer.json() == {"host": "203.0.113.9", "scheme": "https"}
        assert answer.headers["strict-transport-security"] == HSTS
        plain = await client.get("/whoami", headers={**FORGED, "X-Forwarded-Proto": "http"})
        assert "strict-transport-security" not in plain.headers


async def test_what_a_client_claims_before_its_proxy_is_not_believed() -> None:
    async with answering(application("127.0.0.1")) as client:
        claimed = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}
        answer = await client.get("/whoami", headers=claimed)
        assert answer.json()["host"] == "203.0.113.9"


@pytest.mark.parametrize(
    ("named", "fine"),
    [("", True), ("*", True), ("10.0.0.1, ::1", True), ("10.0.0.1/8", False), ("proxy", False)],
)
def test_proxies_are_addresses(named: str, fine: bool) -> None:
    settings = Settings(_env_file=None, trusted_proxies=named)
    assert ("TRUSTED_PROXIES" in [wrong.setting for wrong in unfit(settings)]) != fine


async def test_the_server_does_not_say_what_it_is(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serving = asyncio.create_task(serve_http(application(), "127.0.0.1", port))
    transport = httpx.AsyncHTTPTransport(retries=8)
    async with httpx.AsyncClient(transport=transport, trust_env=False) as client:
        answer = await client.get(f"http://127.0.0.1:{port}/whoami", headers=FORGED)
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
    assert "server" not in answer.headers
    # Nor does it believe a neighbour, as uvicorn by itself does.
    assert answer.json() == {"host": "127.0.0.1", "scheme": "http"}


async def test_nor_does_a_workers_health_port() -> None:
    port = HealthPort(0, lambda: True)
    port.start()
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"http://127.0.0.1:{port.port}/health")
    await asyncio.to_thread(port.stop)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "server" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
