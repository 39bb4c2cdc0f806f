"""`python -m benchmarks.crowd`: what one family's requests cost beside 999 others.

Each family has 200 events. Two products take turns in one process, one with a database of that
family alone, one with all of them; their medians are compared, and the statements they send.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import event

from benchmarks.engines import ENGINES
from benchmarks.families import household, settled
from benchmarks.home import Home, at_home
from benchmarks.measure import Figure, paired
from benchmarks.report import print_table
from benchmarks.stored import analyse, store_events
from scheduling.messages import Inbound
from storage.engine import Database

FAMILIES, EVENTS = 1_000, 200
TOGETHER = 20
"""Families whose calendars are written at once."""
ROUNDS = 60
AT_MOST = 1.5
LAST_DAY = datetime(2026, 3, 10)
"""What is booked here lies after it, so that nothing stands in the way."""

REQUESTS: dict[str, Callable[[Home], Inbound]] = {
    "list": lambda home: home.message("/today"),
    "question": lambda home: home.message("when are we all free on Saturday for 2 hours?"),
    "booking": lambda home: home.message(home.free_booking()),
}


async def fill(home: Home, events: int) -> None:
    """Give the family so many events."""
    database = home.service.database
    await store_events(database, settled(home.household, events, LAST_DAY).events)
    await analyse(database)


async def neighbours(
    database: Database, families: int, events: int, told: Callable[[int], None]
) -> None:
    """So many more families of so many events each. told: how many there are more."""
    others = [household(f"neighbours {number}") for number in range(families)]
    for first in range(0, len(others), TOGETHER):
        batch = others[first : first + TOGETHER]
        async with database.uow() as uow:
            for other in batch:
                await uow.households.add(other)
            await uow.commit()
        calendars = (settled(other, events, LAST_DAY).events for other in batch)
        await store_events(database, (e for calendar in calendars for e in calendar))
        told(len(batch))
    await analyse(database)


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that are sent meanwhile, transactions apart."""
    sent: list[str] = []

    def sending(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    # PostgreSQL's reading engine is the writing one under another name.
    engines = {database.reading.sync_engine.pool: database.reading.sync_engine}
    engines[database.writing.sync_engine.pool] = database.writing.sync_engine
    for engine in engines.values():
        event.listen(engine, "before_cursor_execute", sending)
    try:
        yield sent
    finally:
        for engine in engines.values():
            event.remove(engine, "before_cursor_execute", sending)


async def statements(home: Home) -> dict[str, int]:
    """How many each kind of request sends, once it is warm."""
    found = {}
    for name, request in REQUESTS.items():
        await home.exchange(request(home))
        with counted(home.service.database) as sent:
            await home.turn(request(home))
        await home.service.settle()
        found[name] = len(sent)
    return found


async def on_engine(name: str, console: Console) -> list[Figure]:
    with ENGINES[name]() as databases:
        try:
            async with (
                at_home(await databases.fresh()) as alone,
                at_home(await databases.fresh()) as among,
            ):
                with Progress(console=console) as progress:
                    task = progress.add_task(f"{name}: {FAMILIES} families", total=FAMILIES - 1)
                    for home in (alone, among):
                        await fill(home, EVENTS)
                    await neighbours(
                        among.service.database,
                        FAMILIES - 1,
                        EVENTS,
                        lambda more: progress.advance(task, more),
                    )
                return await _compared(alone, among, name)
        finally:
            await databases.close()


async def _compared(alone: Home, among: Home, name: str) -> list[Figure]:
    few, many = await statements(alone), await statements(among)
    found = []
    for kind, request in REQUESTS.items():
        floor, measured = await paired(
            lambda request=request: alone.turn(request(alone)),  # type: ignore[misc]
            lambda request=request: among.turn(request(among)),  # type: ignore[misc]
            rounds=ROUNDS,
        )
        for home in (alone, among):
            await home.service.settle()
        operation = f"{kind}, {few[kind]} and {many[kind]} statements"
        where = f"{name}, {FAMILIES:,} families"
        bar = AT_MOST if few[kind] == many[kind] else 0
        found.append(Figure(operation, where, measured, bar, "the family alone", floor))
    return found


async def everything(console: Console) -> list[Figure]:
    return [figure for name in ENGINES for figure in await on_engine(name, console)]


def main() -> int:
    found = asyncio.run(everything(Console(stderr=True)))
    print_table(found)
    return 0 if all(figure.holds for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
