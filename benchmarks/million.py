"""`python -m benchmarks.million`: the reminder loop beside a million reminders that are not due.

The batch is that of `benchmarks.reminder_batch`, with the same floor, so what a million rows cost
is what its ratio and times grow by. Memory is compared over many batches.
"""

from __future__ import annotations

import asyncio
import resource
import sys
from time import perf_counter

from rich.console import Console
from sqlalchemy import text

from benchmarks import reminder_batch
from benchmarks.engines import ENGINES
from benchmarks.home import Home, at_home
from benchmarks.measure import Figure
from benchmarks.report import print_table

MILLION = 1_000_000
MORE_BATCHES = 5
GROWN_AT_MOST = 1.1

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
    "FROM (SELECT * FROM notices LIMIT 1) one, generate_series(1, {million}) n",
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {million}) "
    "INSERT INTO notices ({columns}) SELECT lower(hex(randomblob(16))), {copied} "
    "FROM (SELECT * FROM notices LIMIT 1) one, n",
}
_LATER = {
    "postgresql": "due + interval '1 day' + n * interval '1 second'",
    "sqlite": "datetime(due, '+1 day', '+' || n.i || ' seconds')",
}


async def on_engine(name: str, console: Console) -> list[Figure]:
    with ENGINES[name]() as databases:
        try:
            async with at_home(await databases.fresh()) as home:
                alone = await reminder_batch.figures(home, name)
                began = perf_counter()
                await _fill(home)
                console.print(f"{name}: a million reminders in {perf_counter() - began:.0f} s")
                beside = await reminder_batch.figures(home, f"{name}, beside 1,000,000")
                early = _memory()
                for _ in range(MORE_BATCHES):
                    await reminder_batch.figures(home, name)
                late = _memory()
        finally:
            await databases.close()
    grown = Figure("memory after 100 batches", name, late, GROWN_AT_MOST, "after 20", early, "MB")
    return [*alone, *beside, grown]


async def _fill(home: Home) -> None:
    database = home.service.database
    words = {"columns": _COLUMNS, "million": MILLION}
    copied = _COPIED.format(later=_LATER[database.dialect])
    async with database.writing.begin() as connection:
        await connection.execute(text(_FILL[database.dialect].format(copied=copied, **words)))
    async with database.writing.begin() as connection:
        await connection.execute(text("ANALYZE"))


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
