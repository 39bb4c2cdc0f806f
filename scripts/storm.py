"""Kill parts of a running installation at random while families write to it, and count.

An API, two workers, Redis and PostgreSQL run as processes of their own. Many chats send requests,
each delivered twice; meanwhile one part after the other is killed (PostgreSQL by an immediate
shutdown, everything else by SIGKILL) and started again. At the end each request must have had its
effect exactly once, in the order of its chat. `make storm` sends 2,000 over 40 chats.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.play.databases import PostgresDatabases
from bot.play.redis import RedisServer
from scripts.installation import (
    Harm,
    Parts,
    Writer,
    free_port,
    harm_done,
    send_twice,
    settings_for,
    until_done,
    writer_of,
)
from scripts.servers import Postgres

PAUSE_SECONDS = 1.0
"""Between two kills, on average."""


@dataclass(frozen=True, slots=True)
class Report:
    requests: int
    chats: int
    kills: Counter[str]
    refused: int
    harm: Harm
    seconds: float

    def table(self) -> Table:
        rows = {
            "requests, each sent twice": self.requests,
            "chats": self.chats,
            **{f"killed: {name}": number for name, number in sorted(self.kills.items())},
            "deliveries refused meanwhile, and sent again": self.refused,
            **self.harm.rows(),
            "seconds": round(self.seconds),
        }
        table = Table("what", "number")
        for what, number in rows.items():
            table.add_row(what, str(number))
        return table


async def run(requests: int, chats: int, seed: int, *, console: Console) -> Report:
    """requests: in all. seed: of who is killed when."""
    began = time.monotonic()
    each = requests // chats
    with tempfile.TemporaryDirectory(prefix="storm") as folder, RedisServer() as redis:
        postgres = Postgres(Path(folder) / "pg")
        databases = PostgresDatabases(postgres.start())
        url = await databases.fresh()
        parts = Parts(redis, postgres, settings_for(url, redis.url), free_port())
        try:
            writers = [await writer_of(url, number) for number in range(chats)]
            for name in ("API", "worker 1", "worker 2"):
                parts.start(name)
            refused = await _storm(parts, url, writers, each, seed, console)
            harm = harm_done(url, dict.fromkeys(writers, each))
        finally:
            await asyncio.to_thread(parts.stop)
            postgres.stop()
    return Report(each * chats, chats, parts.kills, refused, harm, time.monotonic() - began)


async def _storm(
    parts: Parts, url: str, writers: Sequence[Writer], each: int, seed: int, console: Console
) -> int:
    """How many deliveries were refused."""
    total = each * len(writers)
    with Progress(console=console, transient=True) as shown:
        sent = shown.add_task("sent", total=total)
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{parts.port}", trust_env=False, timeout=20
        ) as client:
            writing = asyncio.gather(
                *(_write(client, w, each, lambda: shown.advance(sent)) for w in writers)
            )
            over = asyncio.Event()
            killing = asyncio.create_task(_kill(parts, random.Random(seed), over))  # noqa: S311
            refused = await writing
            over.set()
            await killing
        done = shown.add_task("done", total=total)
        await until_done(url, parts.revive, lambda left: shown.update(done, completed=total - left))
    return sum(refused)


async def _kill(parts: Parts, chance: random.Random, over: asyncio.Event) -> None:
    victims = ["worker 1", "worker 2", "API", "Redis", "PostgreSQL"]
    while not over.is_set():
        await asyncio.sleep(chance.uniform(0.5, 1.5) * PAUSE_SECONDS)
        await asyncio.to_thread(parts.kill_and_start, chance.choice(victims))
        await asyncio.to_thread(parts.revive)


async def _write(
    client: httpx.AsyncClient, writer: Writer, each: int, sent: Callable[[], None]
) -> int:
    refused = 0
    for number in range(each):
        refused += await send_twice(client, writer, number)
        sent()
    return refused


def main(requests: int = 2_000, chats: int = 40, seed: int = 7) -> int:
    console = Console()
    report = asyncio.run(run(requests, chats, seed, console=console))
    console.print(report.table())
    return 0 if report.harm.none else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
