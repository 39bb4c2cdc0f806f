"""Marked secrets and marked words go through the whole product; then everything that somebody else
may read is searched for them: the log, the database, a backup, answers, traces and metrics."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import MetaData, create_engine, make_url, select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.play.counterparts.loopback import Loopback
from bot.play.counterparts.models import Models, Reply
from bot.play.counterparts.telegram import Chat, Telegram
from scheduling.access import token_hash
from storage.urls import engine_url
from tests.bot.workers.fleet import PATIENCE, Worker, program
from tests.deploy.image import free_port

SECRETS = {
    "TELEGRAM_BOT_TOKEN": "110201543:MARKEDtelegram-AAHdqTcvCH1vGWJxfSeof",
    "SLACK_CLIENT_SECRET": "marked-slack-client",
    "SLACK_SIGNING_SECRET": "marked-slack-signing",
    "SLACK_ENCRYPTION_KEY": Fernet.generate_key().decode(),
    "OPENAI_API_KEY": "sk-marked-openai",
    "WEBHOOK_SIGNING_KEY": "marked-webhooks-0123456789abcdef",
    "METRICS_TOKEN": "marked-metrics",
}
PASSWORD = "marked-password"
PUBLIC = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_MODE": "http",
    "PUBLIC_BASE_URL": "https://family.example",
    "LLM_PROVIDER": "openai",
    "HTTP_ENABLED": "true",
    "LOG_LEVEL": "DEBUG",
}
BOOKED, PUZZLING, NAME = "hushdentist", "hushblorp", "Hushanna"


@dataclass
class Seen:
    """What somebody outside of the family may come to read, and what only they may."""

    log: str = ""
    traces: bytes = b""
    metrics: str = ""
    refusals: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    database: str = ""
    backup: bytes = b""
    token: str = ""

    def holding(self, marker: str) -> set[str]:
        """Where it is found."""
        return {
            name
            for name, value in vars(self).items()
            if name != "token" and (marker in str(value) or marker.encode() in _bytes(value))
        }


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""


@asynccontextmanager
async def collector(into: Seen) -> AsyncIterator[str]:
    async def take(request: Request) -> Response:
        into.traces += await request.body()
        return Response(b"", media_type="application/x-protobuf")

    loopback = Loopback(Starlette(routes=[Route("/v1/traces", take, methods=["POST"])]))
    await loopback.start()
    yield loopback.base_url
    await loopback.stop()


async def run(settings: dict[str, str], *words: str) -> str:
    """What a command prints."""
    done = await asyncio.create_subprocess_exec(
        program("family-scheduler"),
        *words,
        env={**os.environ, **settings},
        stdout=asyncio.subprocess.PIPE,
    )
    printed, _ = await done.communicate()
    assert done.returncode == 0
    return printed.decode()


async def played(url: str, folder: Path, log_format: str) -> Seen:
    """A family writes, a stranger knocks, an operator looks; then all of it is collected."""
    seen, port = Seen(), free_port()
    item = {"kind": "create", "title": PUZZLING, "time": "friday 4pm"}
    models = Models([Reply(re.compile("."), items=(item,))])
    models.key = SECRETS["OPENAI_API_KEY"]
    await models.start()
    async with Telegram(token=SECRETS["TELEGRAM_BOT_TOKEN"]) as telegram, collector(seen) as otlp:
        settings = {
            **SECRETS,
            **PUBLIC,
            "DATABASE_URL": url,
            "LOG_FORMAT": log_format,
            "TELEGRAM_API_BASE_URL": telegram.base_url,
            "OPENAI_BASE_URL": f"{models.base_url}/v1",
            "OTLP_ENDPOINT": otlp,
            "HTTP_PORT": str(port),
        }
        serving = Worker(settings, ("family-scheduler", "serve"))
        try:
            await _write(telegram, models, seen)
            family = f"{NAME}'s family"
            seen.token = (
                await run(settings, "token", family, "app", "--member", NAME, "--scope", "admin")
            ).strip()
            await _knock(f"http://127.0.0.1:{port}", seen)
            if url.startswith("sqlite"):
                await run(settings, "backup", "--to", str(folder))
        finally:
            await serving.end()
    await models.stop()
    seen.log = "".join(serving.lines)
    seen.database = dumped(url)
    seen.backup = _files(folder)
    return seen


async def _write(telegram: Telegram, models: Models, seen: Seen) -> None:
    anna = telegram.user(NAME)
    chat = telegram.private(anna)
    telegram.say(chat, anna, f"{BOOKED} Friday 3pm")
    await _told(telegram, chat, BOOKED)
    telegram.say(chat, anna, f"zzzz {PUZZLING} qqqq")
    await _told(telegram, chat, PUZZLING)
    assert models.asked
    seen.answers += [message.text for message in telegram.from_bot(chat)]


async def _told(telegram: Telegram, chat: Chat, words: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while not any(words in message.text for message in telegram.from_bot(chat)):
            await telegram.changed()


async def _knock(base_url: str, seen: Seen) -> None:
    async with httpx.AsyncClient(base_url=base_url, trust_env=False, timeout=PATIENCE) as client:
        await _use(client, seen)


async def _use(client: httpx.AsyncClient, seen: Seen) -> None:
    bearer = {"Authorization": f"Bearer {seen.token}"}
    body = {"message": f"{BOOKED} two Saturday 9am"}
    assert (await client.post("/events", json=body, headers=bearer)).status_code == 202
    refused = [
        await client.post("/events", json={"message": [BOOKED]}, headers=bearer),
        await client.post("/events", json=body, headers={"Authorization": "Bearer marked"}),
        await client.get("/events", params={"access_token": seen.token}),
        await client.get(f"/tasks/{SECRETS['METRICS_TOKEN']}", headers=bearer),
        await client.get("/metrics", headers={"Authorization": "Bearer marked-guess"}),
        await client.post("/slack/events", content=b"{}", headers={"x-slack-signature": "v0=00"}),
    ]
    assert all(answer.is_client_error for answer in refused)
    seen.refusals += [answer.text + str(answer.headers) for answer in refused]
    operator = {"Authorization": f"Bearer {SECRETS['METRICS_TOKEN']}"}
    page = await client.get("/metrics", headers=operator)
    assert page.status_code == 200
    seen.metrics = page.text


def _files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def dumped(url: str) -> str:
    """Every value of every table, checkpoints among them."""
    engine = create_engine(engine_url(url, "sync"))
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        rows = [
            repr(tuple(bytes(v) if isinstance(v, memoryview) else v for v in row))
            for table in tables.sorted_tables
            for row in connection.execute(select(table))
        ]
    engine.dispose()
    return "\n".join(rows)


@pytest.mark.parametrize(("engine", "log_format"), [("sqlite", "console"), ("postgresql", "json")])
async def test_no_secret_and_no_word_is_where_it_should_not_be(
    request: pytest.FixtureRequest, tmp_path: Path, engine: str, log_format: str
) -> None:
    url: str = request.getfixturevalue(f"{engine}_url")
    if engine == "postgresql":
        url = make_url(url).set(password=PASSWORD).render_as_string(hide_password=False)
    seen = await played(url, tmp_path / "backups", log_format)

    # The search finds what is there.
    kept = {"database"} | ({"backup"} if engine == "sqlite" else set())
    assert seen.holding(BOOKED) == kept | {"answers"}
    assert "database" in seen.holding(token_hash(seen.token))
    assert seen.traces
    assert "family_scheduler" in seen.metrics
    assert "commit" in seen.log, "a line of a turn"

    assert seen.holding(NAME) <= kept | {"answers"}
    assert seen.holding(PUZZLING) <= kept | {"answers"}
    for secret in (*SECRETS.values(), PASSWORD, seen.token):
        assert seen.holding(secret) == set(), secret
