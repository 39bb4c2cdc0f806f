"""Take Redis away for a minute, then PostgreSQL, while families write; `make outage`.

An API, two workers, the reminders, Redis and PostgreSQL run as processes of their own, and nobody
starts one of them again but the part that is away. Messages go on being sent, each twice, and
reminders fall due meanwhile: all of it has to have had its effect once when the part is back.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as Clock
from pathlib import Path
from uuid import uuid4

import httpx
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.play.counterparts.telegram import Telegram
from bot.play.counterparts.telegram.model import Chat as TelegramChat
from bot.play.databases import PostgresDatabases
from bot.play.redis import RedisServer
from scheduling.family import Household, Member, Role
from scheduling.family import Settings as Chosen
from scheduling.messages import ChatAddress
from scheduling.notices import Notice, NoticeKind
from scheduling.ports import Chat
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
from storage.engine import open_database

CHATS = 8
PAUSE_SECONDS = 1.0
"""Between two messages of a chat."""
REMINDERS = 20
"""Due while a part is away, evenly."""
PATIENCE_SECONDS = 120.0
PROCESSES = ("API", "worker 1", "worker 2", "reminders")


@dataclass(frozen=True, slots=True)
class Outage:
    """What one has done. sent: messages while the part was away. reminded: of `REMINDERS`, those
    that came; again: of those, the ones that came more than once, as one may whose sending the
    database did not live to note. seconds: from the part's return until the last message had its
    effect and the last reminder had come."""

    part: str
    away: float
    sent: int
    refused: int
    reminded: int
    again: int
    seconds: float

    @property
    def holds(self) -> bool:
        return self.reminded == REMINDERS


@dataclass(frozen=True, slots=True)
class Report:
    """ended: processes that have died by themselves."""

    outages: Sequence[Outage]
    harm: Harm
    ended: Sequence[str]

    @property
    def holds(self) -> bool:
        return self.harm.none and not self.ended and all(each.holds for each in self.outages)

    def table(self) -> Table:
        table = Table("what", *(each.part for each in self.outages))
        rows: dict[str, Callable[[Outage], object]] = {
            "seconds away": lambda each: round(each.away),
            "messages meanwhile, each sent twice": lambda each: each.sent,
            "deliveries refused, and sent again": lambda each: each.refused,
            f"reminders that came, of {REMINDERS} due meanwhile": lambda each: each.reminded,
            "reminders that came twice": lambda each: each.again,
            "seconds from its return until all was done": lambda each: f"{each.seconds:.1f}",
        }
        for what, of in rows.items():
            table.add_row(what, *(str(of(each)) for each in self.outages))
        table.add_section()
        for what, number in {**self.harm.rows(), "processes that died": len(self.ended)}.items():
            table.add_row(what, str(number))
        return table


@dataclass
class Trial:
    parts: Parts
    url: str
    telegram: Telegram
    sent: dict[Writer, int]
    shown: Progress

    async def outage(
        self, part: str, seconds: float, down: Callable[[], None], up: Callable[[], None]
    ) -> Outage:
        """down, up: take a moment, and are not called on the event loop."""
        due = [seconds * (number + 0.5) / REMINDERS for number in range(REMINDERS)]
        chats = [await self._reminded_at(after) for after in due]
        before, bar = sum(self.sent.values()), self.shown.add_task(f"{part} is away", total=seconds)
        over = asyncio.Event()
        writing = asyncio.gather(*(self._write(writer, over) for writer in self.sent))
        await asyncio.to_thread(down)
        began = time.monotonic()
        while (gone := time.monotonic() - began) < seconds:
            self.shown.update(bar, completed=gone)
            await asyncio.sleep(0.2)
        over.set()
        await asyncio.to_thread(up)
        back = time.monotonic()
        refused = await writing
        await until_done(self.url, lambda: None)
        await self._all_reminded(chats)
        took = time.monotonic() - back
        came = [len(self.telegram.from_bot(chat)) for chat in chats]
        sent = sum(self.sent.values()) - before
        once = sum(number > 0 for number in came)
        again = sum(number > 1 for number in came)
        return Outage(part, back - began, sent, sum(refused), once, again, took)

    async def _write(self, writer: Writer, over: asyncio.Event) -> int:
        """One message after the other until it is over; how many deliveries were refused."""
        base, refused = f"http://127.0.0.1:{self.parts.port}", 0
        async with httpx.AsyncClient(base_url=base, trust_env=False, timeout=20) as client:
            while not over.is_set():
                number, self.sent[writer] = self.sent[writer], self.sent[writer] + 1
                refused += await send_twice(client, writer, number)
                await asyncio.sleep(PAUSE_SECONDS)
        return refused

    async def _reminded_at(self, after: float) -> TelegramChat:
        """The chat of a family whose day is told in so many seconds."""
        anna = self.telegram.private(self.telegram.user("Anna"))
        parent = Member(uuid4(), "Anna", Role.PARENT)
        home = Household(uuid4(), "Rivera", "America/New_York", members=(parent,))
        address = ChatAddress("telegram", str(anna.id), private=True)
        at = datetime.now(UTC) + timedelta(seconds=after)
        database = open_database(self.url, pool_size=1)
        async with database.uow() as uow:
            await uow.households.add(home)
            await uow.households.save_settings(home.id, Chosen(digest_daily=Clock(7)))
            await uow.chats.add(Chat(uuid4(), home.id, address))
            await uow.notices.put([Notice(uuid4(), home.id, NoticeKind.DAILY, at)])
            await uow.commit()
        await database.close()
        return anna

    async def _all_reminded(self, chats: Sequence[TelegramChat]) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not all(self.telegram.from_bot(chat) for chat in chats):
                    await self.telegram.changed()


async def run(seconds: float, *, console: Console) -> Report:
    """seconds: for which each of the two is away."""
    with (
        tempfile.TemporaryDirectory(prefix="outage") as folder,
        RedisServer() as redis,
        Progress(console=console, transient=True) as shown,
    ):
        postgres = Postgres(Path(folder) / "pg")
        url = await PostgresDatabases(postgres.start()).fresh()
        async with Telegram() as telegram:
            settings = settings_for(url, redis.url) | {
                "TELEGRAM_BOT_TOKEN": telegram.state.token,
                "TELEGRAM_API_BASE_URL": telegram.base_url,
            }
            parts = Parts(redis, postgres, settings, free_port())
            sent = {await writer_of(url, number): 0 for number in range(CHATS)}
            trial = Trial(parts, url, telegram, sent, shown)
            try:
                for name in PROCESSES:
                    parts.start(name)
                await asyncio.gather(*(_first(trial, writer) for writer in sent))
                outages = [
                    await trial.outage(
                        "Redis", seconds, lambda: redis.stop(kill=True), redis.start
                    ),
                    await trial.outage("PostgreSQL", seconds, postgres.crash, postgres.restart),
                ]
                ended = parts.ended()
                harm = harm_done(url, trial.sent)
            finally:
                await asyncio.to_thread(parts.stop)
                postgres.stop()
    return Report(outages, harm, ended)


async def _first(trial: Trial, writer: Writer) -> None:
    """All of it has started once everybody's first message has been taken."""
    base = f"http://127.0.0.1:{trial.parts.port}"
    async with httpx.AsyncClient(base_url=base, trust_env=False, timeout=20) as client:
        await send_twice(client, writer, 0)
    trial.sent[writer] = 1
    await until_done(trial.url, lambda: None)


def main(seconds: float = 60.0) -> int:
    console = Console()
    report = asyncio.run(run(seconds, console=console))
    console.print(report.table())
    return 0 if report.holds else 1


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:])))
