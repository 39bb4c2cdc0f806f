"""How one installation carries many requests at once: 10, 50 and 100, as ratios to one.

An API and two workers on Redis and PostgreSQL, each a process of its own, and a loopback model that
thinks for a while. Each request is another family's. Beside it: how long `POST /events` takes to
answer, against a bare FastAPI route that inserts one row into the same database.
"""

from __future__ import annotations

import asyncio
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
from rich.console import Console
from rich.table import Table

from bot.play.counterparts.models import Models, Reply
from bot.play.databases import PostgresDatabases
from bot.play.redis import RedisServer
from scripts.installation import Parts, Writer, free_port, settings_for, writer_of
from scripts.servers import Postgres

THINKS_SECONDS = 1.0
AT_ONCE = (1, 10, 50, 100)
ANSWERS = 200
WORDS = "zzzz qqqq blorp"
"""Nothing the grammar understands, so that the model is asked."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Seconds, from sending to the task being settled."""

    at_once: int
    took: float
    p50: float
    p95: float


async def run(console: Console) -> int:
    """Prints two tables; 1 where `POST /events` takes more than twice its floor."""
    item = {"kind": "create", "title": "piano", "time": "friday 4pm"}
    models = Models([Reply(to=re.compile("."), items=(item,), seconds=THINKS_SECONDS)])
    await models.start()
    with tempfile.TemporaryDirectory(prefix="load") as folder, RedisServer() as redis:
        postgres = Postgres(Path(folder) / "pg")
        url = await PostgresDatabases(postgres.start()).fresh()
        settings = settings_for(url, redis.url) | {
            "WAKE_SECONDS": "15",
            "LLM_PROVIDER": "openai",
            "OPENAI_API_KEY": models.key,
            "OPENAI_BASE_URL": f"{models.base_url}/v1",
        }
        parts = Parts(redis, postgres, settings, free_port())
        try:
            writers = [await writer_of(url, number) for number in range(max(AT_ONCE))]
            for name in ("API", "worker 1", "worker 2"):
                parts.start(name)
            base = f"http://127.0.0.1:{parts.port}"
            limits = httpx.Limits(max_connections=200)
            async with httpx.AsyncClient(
                base_url=base, trust_env=False, timeout=120, limits=limits
            ) as client:
                await _until_up(client)
                # The first ones also load what a worker loads only when it is needed.
                for _ in range(3):
                    await _together(client, writers[:20])
                figures = [await _together(client, writers[:number]) for number in AT_ONCE]
                # What is only written down is measured by itself: the machine is small.
                await asyncio.to_thread(parts.stop, "worker")
                answering = await _answering(base, writers[0], parts)
        finally:
            await asyncio.to_thread(parts.stop)
            postgres.stop()
            await models.stop()
    console.print(_table(figures))
    floor, ours = answering
    console.print(
        f"POST /events answers in {ours * 1000:.1f} ms, a bare insert in {floor * 1000:.1f} ms: "
        f"{ours / floor:.2f} x, at most 2 x"
    )
    return 0 if ours <= 2 * floor else 1


async def _together(client: httpx.AsyncClient, writers: Sequence[Writer]) -> Figure:
    began = time.perf_counter()
    took = sorted(await asyncio.gather(*(_one(client, writer) for writer in writers)))
    whole = time.perf_counter() - began
    return Figure(len(took), whole, statistics.median(took), took[int(len(took) * 0.95)])


async def _one(client: httpx.AsyncClient, writer: Writer) -> float:
    headers = {"Authorization": f"Bearer {writer.token}"}
    began = time.perf_counter()
    answer = await client.post("/events", json={"message": WORDS}, headers=headers)
    url = answer.json()["status_url"]
    while True:
        task = (await client.get(url, headers=headers)).json()
        if task["status"] not in ("pending", "processing"):
            return time.perf_counter() - began
        await asyncio.sleep(0.05)


async def _answering(base: str, writer: Writer, parts: Parts) -> tuple[float, float]:
    """Medians of the floor and of ours, taken in turns; each is a process of its own, and is
    asked over one connection: a client that keeps a hundred looks at each before it sends."""
    body = {"message": "see you later"}
    port = free_port()
    parts.start("floor", port)
    headers = {"Authorization": f"Bearer {writer.token}"}
    async with (
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as bare,
        httpx.AsyncClient(base_url=base, trust_env=False, headers=headers) as ours,
    ):
        await _until_up(bare)
        found: tuple[list[float], list[float]] = ([], [])
        for _ in range(ANSWERS):
            found[0].append(await _timed(lambda: bare.post("/floor", json=body)))
            found[1].append(await _timed(lambda: ours.post("/events", json=body)))
    return statistics.median(found[0]), statistics.median(found[1])


async def _timed(ask: Callable[[], Awaitable[httpx.Response]]) -> float:
    began = time.perf_counter()
    (await ask()).raise_for_status()
    return time.perf_counter() - began


async def _until_up(client: httpx.AsyncClient) -> None:
    while True:
        with suppress(httpx.HTTPError):
            if (await client.get("/ready")).status_code == 200:
                return
        await asyncio.sleep(0.1)


def _table(figures: Sequence[Figure]) -> Table:
    one = figures[0]
    table = Table("at once", "requests a second", "to one", "p50", "to one", "p95", "to one")
    for each in figures:
        rate = each.at_once / each.took
        table.add_row(
            str(each.at_once),
            f"{rate:.1f}",
            f"{rate / (1 / one.took):.1f} x",
            f"{each.p50:.2f} s",
            f"{each.p50 / one.p50:.2f} x",
            f"{each.p95:.2f} s",
            f"{each.p95 / one.p95:.2f} x",
        )
    return table


if __name__ == "__main__":
    sys.exit(asyncio.run(run(Console())))
