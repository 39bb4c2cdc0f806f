"""Puts a family of any size into a database, many rows a statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Table, text

from benchmarks.families import NOW, Family
from scheduling.events import Event
from scheduling.recurrence import materialise
from storage.engine import Database
from storage.repositories.event_rows import event_values, occurrence_values, part_values
from storage.tables import events, occurrences

BATCH = 5_000


async def store(database: Database, family: Family) -> None:
    """The household through its repository, its calendar straight into the tables."""
    async with database.uow() as uow:
        await uow.households.add(family.household)
        await uow.commit()
    await store_events(database, family.events)


async def store_events(database: Database, found: Iterable[Event]) -> None:
    """Of families that are there already, in whatever order."""
    made = iter(found)
    while batch := list(islice(made, BATCH)):
        await _insert(database, _rows(batch))


def _rows(batch: Iterable[Any]) -> dict[Table, list[dict[str, Any]]]:
    rows: dict[Table, list[dict[str, Any]]] = {events: []}
    happening: list[dict[str, Any]] = []
    for event in batch:
        found, horizon = materialise(event, NOW)
        rows[events].append(
            {
                **event_values(event),
                "version": 1,
                "horizon": horizon,
                "created_at": NOW,
                "updated_at": NOW,
            }
        )
        for table, parts in part_values(event).items():
            rows.setdefault(table, []).extend(dict(part) for part in parts)
        happening.extend(dict(occurrence_values(event.household_id, each)) for each in found)
    return {**rows, occurrences: happening}


async def _insert(database: Database, rows: dict[Table, list[dict[str, Any]]]) -> None:
    async with database.writing.begin() as connection:
        for table, values in rows.items():
            for chunk in _chunks(values):
                await connection.execute(table.insert(), chunk)


def _chunks(values: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    return (values[n : n + BATCH] for n in range(0, len(values), BATCH))


async def analyse(database: Database) -> None:
    """Both planners choose by statistics, which a server keeps up to date by itself."""
    async with database.writing.begin() as connection:
        await connection.execute(text("ANALYZE"))
