"""Is that time free? One event and a long series, in families of a hundred to 100,000 events."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from benchmarks.families import NOW, Family, family, single, weekly
from benchmarks.measure import Figure, paired
from benchmarks.stored import analyse, store
from scheduling.conflicts import find_conflicts, needed_window
from scheduling.events import Event, Occurrence
from scheduling.family import Household
from scheduling.ports import UnitOfWork
from scheduling.recurrence import materialise
from storage.engine import Database

SIZES = (100, 1_000, 10_000, 100_000)
WEEKS = 78
ROUNDS = 300

Clash = tuple[object, UUID]


async def clashes(uow: UnitOfWork, home: Household, wanted: Sequence[Occurrence]) -> set[Clash]:
    """What the product does before it books: load what is near, look for clashes."""
    windows = needed_window(home, wanted)
    if len(windows) == 1:
        around = await uow.occurrences.overlapping(home.id, windows[0])
    else:
        around = await uow.occurrences.overlapping_any(home.id, windows)
    found = find_conflicts(home, wanted, around)
    return {(c.candidate.recurrence_id, other.event_id) for c in found for other in c.others}


def brute_force(made: Family, wanted: Sequence[Occurrence]) -> set[Clash]:
    """Every occurrence of the family held against every wanted one."""
    return {
        (candidate.recurrence_id, other.event_id)
        for other in made.occurrences()
        for candidate in wanted
        if candidate.span.overlaps(other.span)
        and (candidate.busy & other.busy or set(candidate.resources) & set(other.resources))
    }


async def check(uow: UnitOfWork, made: Family, event: Event) -> list[Occurrence]:
    """The occurrences wanted, once the product's answer has agreed with brute force."""
    wanted = materialise(event, NOW)[0]
    expected = brute_force(made, wanted)
    if await clashes(uow, made.household, wanted) != expected:
        raise AssertionError(f"clashes differ from brute force: {made.household.name}")
    return wanted


async def figures(database: Database, where: str) -> list[Figure]:
    made = [family(size) for size in SIZES]
    for each in made:
        await store(database, each)
    await analyse(database)
    return [
        *[await _one(database, each, where) for each in made],
        await _growth(database, made[1], made[-1], where),
        *[await _series(database, each, where) for each in (made[0], made[-1])],
    ]


def _label(made: Family) -> str:
    return f"{len(made.events):,} events"


async def _one(database: Database, made: Family, where: str) -> Figure:
    async with database.reader() as uow, database.reading.connect() as plain:
        wanted = await check(uow, made, single(made.household))
        floor, measured = await paired(
            lambda: plain.execute(select(1)),
            lambda: clashes(uow, made.household, wanted),
            rounds=ROUNDS,
        )
    name = f"conflict check, one event, {_label(made)}"
    return Figure(name, where, measured, 2, "SELECT 1 round trip", floor)


async def _growth(database: Database, small: Family, large: Family, where: str) -> Figure:
    async with database.reader() as one, database.reader() as other:
        near = await check(one, small, single(small.household))
        far = await check(other, large, single(large.household))
        floor, measured = await paired(
            lambda: clashes(one, small.household, near),
            lambda: clashes(other, large.household, far),
            rounds=ROUNDS,
        )
    name = f"the same, {len(small.events):,} → {_label(large)}"
    return Figure(name, where, measured, 1.5, f"itself, {_label(small)}", floor)


async def _series(database: Database, made: Family, where: str) -> Figure:
    async with database.reader() as uow, database.reader() as other:
        wanted = await check(uow, made, weekly(made.household, WEEKS))
        window = materialise(single(made.household), NOW)[0][0].span
        floor, measured = await paired(
            lambda: other.occurrences.overlapping(made.household.id, window),
            lambda: clashes(uow, made.household, wanted),
            rounds=ROUNDS // 3,
        )
    name = f"conflict check, series of {WEEKS}, {_label(made)}"
    return Figure(name, where, measured, 8, "the single query", floor)
