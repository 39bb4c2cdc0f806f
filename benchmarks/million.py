"""`python -m benchmarks.million`: the reminder loop with a million reminders, none due and all due.

The batch is that of `benchmarks.reminder_batch`, with the same floor, so what a million rows cost
is what its ratio and times grow by. With all of them due, the loop runs for a while and is compared
by batch. Memory is compared over many batches.
"""

from __future__ import annotations

import asyncio
import resource
import sys
from contextlib import suppress
from time import perf_counter

from rich.console import Console
from sqlalchemy import func, select, text

from benchmarks import reminder_batch
from benchmarks.engines import ENGINES
from benchmarks.home import Home, at_home
from benchmarks.measure import Figure
from benchmarks.report import print_table
from storage.tables import outbox

MILLION = 1_000_000
MORE_BATCHES = 5
GROWN_AT_MOST = 1.1
WHILE_SECONDS = 30.0
ROUNDS = 20

_COLUMNS = (
    "id, household_id, kind, due, chat_id, event_id, recurrence_id, lead, asked, state, data, "
    "created_at, updated_at"
)
_COPIED = (
    "household_id, kind, {later}, chat_id, event_id, recurrence_id, lead, asked, 'waiting', data, "
    "created_at, updated_at"
)
_FILL = {
    "postgresql": "INSERT INTO notices ({columns}) SELECT gen_random_uuid(), {copied} "
    "FROM (SELECT * FROM notices LIMIT 100) few, generate_series(1, {million} / 100) n",
    "sqlite": "WITH RECURSIVE n(i) AS "
    "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {million} / 100) "
    "INSERT INTO notices ({columns}) SELECT lower(hex(randomblob(16))), {copied} "
    "FROM (SELECT * FROM notices LIMIT 100) few, n",
}
_LATER = {
    "postgresql": "due + interval '1 day' + n * interval '1 second'",
    "sqlite": "datetime(due, '+1 day', '+' || n.i || ' seconds')",
}
_JUST_NOW = {
    "postgresql": "due - n * interval '1 millisecond'",
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', due, '-' || (n.i / 1000.0) || ' seconds')",
}


async def on_engine(name: str, console: Console) -> list[Figure]:
    with ENGINES[name]() as databases:
        try:
            async with at_home(await databases.fresh()) as home:
                none_due = await _none_due(home, name, console)
            async with at_home(await databases.fresh()) as home:
                all_due = await _all_due(home, name, console)
        finally:
            await databases.close()
    return [*none_due, *all_due]


async def _none_due(home: Home, name: str, console: Console) -> list[Figure]:
    alone = await reminder_batch.figures(home, name)
    await _fill(home, _LATER, name, console)
    beside = await reminder_batch.figures(home, f"{name}, beside 1,000,000")
    early = _memory()
    for _ in range(MORE_BATCHES):
        await reminder_batch.figures(home, name)
    late = _memory()
    grown = Figure("memory after 100 batches", name, late, GROWN_AT_MOST, "after 20", early, "MB")
    return [*alone, *beside, grown]


async def _all_due(home: Home, name: str, console: Console) -> list[Figure]:
    """Claimed, said and settled; a hundred chats' million messages take their time to be sent."""
    event, chats = await reminder_batch.an_event(home), await reminder_batch.hundred_chats(home)
    await reminder_batch.put_due(home, event, chats)
    await _fill(home, _JUST_NOW, name, console)
    floors = sorted([await reminder_batch.raw(home.service.database) for _ in range(ROUNDS)])
    await _loop(home)
    early = _memory()
    console.print(f"{name}: the loop, with all of them due, for {WHILE_SECONDS:.0f} s")
    took = await _loop(home)
    where = f"{name}, 1,000,000 due"
    grown = Figure("memory of the loop", where, _memory(), GROWN_AT_MOST, "before", early, "MB")
    claimed = f"reminders claimed, said, settled, batch {reminder_batch.BATCH}"
    floor = floors[ROUNDS // 2]
    return [Figure(claimed, where, took, 2, reminder_batch.FLOOR, floor), grown]


async def _loop(home: Home) -> float:
    """Seconds that the loop takes for a batch, over a while."""
    before, start = await _said(home), perf_counter()
    with suppress(TimeoutError):
        async with asyncio.timeout(WHILE_SECONDS):
            await home.service.reminders.tick()
    took = perf_counter() - start
    return took * reminder_batch.BATCH / (await _said(home) - before)


async def _said(home: Home) -> int:
    async with home.service.database.reading.connect() as connection:
        return (await connection.execute(select(func.count()).select_from(outbox))).scalar_one()


async def _fill(home: Home, due: dict[str, str], name: str, console: Console) -> None:
    database, began = home.service.database, perf_counter()
    words = {"columns": _COLUMNS, "million": MILLION}
    copied = _COPIED.format(later=due[database.dialect])
    async with database.writing.begin() as connection:
        await connection.execute(text(_FILL[database.dialect].format(copied=copied, **words)))
    async with database.writing.begin() as connection:
        await connection.execute(text("ANALYZE"))
    console.print(f"{name}: a million reminders in {perf_counter() - began:.0f} s")


def _memory() -> float:
    """The most this process has held so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def everything(console: Console) -> list[Figure]:
    return [figure for name in ENGINES for figure in await on_engine(name, console)]


def main() -> int:
    found = asyncio.run(everything(Console(stderr=True)))
    print_table(found)
    return 0 if all(figure.holds for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
