"""Lose one part after another of a running installation, and get it back; `make drill`.

Each drill has an installation of its own and ends when a request that was sent after the loss is in
the calendar. It tells how long that took, and counts what was lost: nothing, but for what was
written in the window that its runbook names (docs/recovery.md).
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from bot.backup.manifest import Kind
from bot.backup.taking import put_back, roll_forward, take
from scripts.drilling import Installation, ended, installed, rows
from scripts.servers import Postgres, give_to_server


@dataclass(frozen=True, slots=True)
class Outcome:
    """seconds: from the loss until a later request was done. lost: requests of before the window
    that are gone, doubled ones with them; it must be 0. window: requests gone that were written in
    the window, of `exposed`."""

    name: str
    seconds: float
    lost: int
    window: int
    exposed: int
    why: str

    @property
    def holds(self) -> bool:
        return self.lost == 0


KEPT, EXPOSED = 5, 3
CRASH_POINT = "12"
"""Of the worker that dies: in the middle of its first requests."""


async def database_lost(made: Installation) -> Outcome:
    """Every table is dropped; the last backup is put into an empty database."""
    await made.write(KEPT)
    await made.done()
    await asyncio.to_thread(_back_up, made, "dump")
    await made.write(EXPOSED)
    await made.done()
    began = time.monotonic()
    await asyncio.to_thread(made.parts.stop)
    rows(made.url, "DROP SCHEMA public CASCADE")
    rows(made.url, "CREATE SCHEMA public")
    newest = made.folder.newest("dump")
    assert newest is not None
    now = datetime.now(UTC)
    await asyncio.to_thread(
        lambda: put_back(made.settings, made.folder, newest, made.programs, replace=False, now=now)
    )
    return await _again(made, began, "database lost", "what was written since the backup")


async def destroyed(made: Installation) -> Outcome:
    """A wrong statement; a new server goes to the moment before it."""
    await asyncio.to_thread(_back_up, made, "base")
    await made.write(KEPT)
    await made.done()
    (moment,) = rows(made.url, "SELECT clock_timestamp()")
    assert isinstance(moment, datetime)
    rows(made.url, "DELETE FROM events")
    await made.write(EXPOSED)
    await made.done()
    began = time.monotonic()
    await asyncio.to_thread(made.parts.stop)
    await asyncio.to_thread(made.postgres.archive_now)
    await asyncio.to_thread(made.postgres.stop)
    await asyncio.to_thread(_take_over, made, moment)
    return await _again(made, began, "wrong statement", "what was written after the statement")


async def worker_killed(made: Installation) -> Outcome:
    """SIGKILL in the middle of a turn; a supervisor starts another."""
    await asyncio.to_thread(made.parts.stop, "worker")
    made.start(FAMILY_SCHEDULER_CRASH_AT=CRASH_POINT)
    await made.write(KEPT + EXPOSED)
    await ended(made, "worker")
    began = time.monotonic()
    made.start()
    return await _again(made, began, "worker killed in mid-turn", "nothing")


async def broker_lost(made: Installation) -> Outcome:
    """Redis is killed; workers look for themselves every WAKE_SECONDS."""
    await made.write(KEPT)
    began = time.monotonic()
    await asyncio.to_thread(made.parts.redis.stop, kill=True)
    await made.write(EXPOSED)
    return await _again(made, began, "broker lost", "nothing")


async def region_moved(made: Installation) -> Outcome:
    """The server and its disk are gone; base and archive, which lie elsewhere, make another."""
    await asyncio.to_thread(_back_up, made, "base")
    await made.write(KEPT)
    await made.done()
    await asyncio.to_thread(made.postgres.archive_now)
    await made.write(EXPOSED)
    await made.done()
    began = time.monotonic()
    await asyncio.to_thread(made.parts.stop)
    await asyncio.to_thread(made.postgres.crash)
    shutil.rmtree(made.postgres.folder)
    await asyncio.to_thread(_take_over, made, None)
    return await _again(made, began, "region moved", "what was not archived yet")


Drill = Callable[[Installation], Awaitable[Outcome]]
ALL: tuple[Drill, ...] = (database_lost, destroyed, worker_killed, broker_lost, region_moved)


def _back_up(made: Installation, kind: Kind) -> None:
    with made.folder.claimed():
        take(made.settings, kind, made.folder, made.programs, datetime.now(UTC))


def _take_over(made: Installation, at: datetime | None) -> None:
    """By a server in a second folder, which then archives as the first did."""
    into = made.place / "second"
    roll_forward(made.settings, made.folder, made.programs, at, into)
    second = Postgres(into)
    give_to_server(made.place / "wal")
    second.start()
    second.promoted()
    second.archive_into(made.place / "wal")
    made.use(second)
    _back_up(made, "base")


async def _again(made: Installation, began: float, name: str, why: str) -> Outcome:
    """Go on with what is there now, and count what is not."""
    if not made.parts.running:
        made.start()
    await made.write(1)
    await made.done()
    seconds = time.monotonic() - began
    window = range(KEPT, KEPT + EXPOSED)
    gone = made.missing(window)
    lost = made.missing(range(KEPT)) + made.missing(range(made.written - 1, made.written))
    if why == "nothing":
        lost, gone = lost + gone, 0
    return Outcome(name, seconds, lost + made.doubled(), gone, EXPOSED, why)


async def run(drills: Sequence[Drill], console: Console) -> list[Outcome]:
    outcomes = []
    for drill in drills:
        with console.status(f"{(drill.__doc__ or '').partition(';')[0]} …"):
            async with installed() as made:
                outcomes.append(await drill(made))
        console.print(f"{outcomes[-1].name}: {outcomes[-1].seconds:.1f} s")
    return outcomes


def table(outcomes: Sequence[Outcome]) -> Table:
    shown = Table("drill", "seconds until the next request was done", "lost", "lost in the window")
    for each in outcomes:
        window = "none" if each.why == "nothing" else f"{each.window} of {each.exposed}: {each.why}"
        shown.add_row(each.name, f"{each.seconds:.1f}", str(each.lost), window)
    return shown


def main() -> int:
    console = Console()
    outcomes = asyncio.run(run(ALL, console))
    console.print(table(outcomes))
    return 0 if all(each.holds for each in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
