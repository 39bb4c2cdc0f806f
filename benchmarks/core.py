"""The pure core: free time, re-planning, reading messages. No database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from benchmarks.families import NOW, family
from benchmarks.measure import Figure, paired_calls
from scheduling.bitmaps import Grid
from scheduling.events import Occurrence
from scheduling.family import Household
from scheduling.slot_search import STEP, Search
from scheduling.slots import free_slots, free_starts, is_free
from scheduling.span import Span

FORTNIGHT = Span(NOW.replace(hour=5), NOW.replace(hour=5) + timedelta(days=14))


def _bitmaps(wanted: frozenset[UUID], busy: Sequence[Occurrence]) -> dict[UUID, int]:
    """What any search has to do: one bitmap a person and thing, in one pass over what is on."""
    grid = Grid(FORTNIGHT.start, STEP, FORTNIGHT.duration // STEP)
    bits = dict.fromkeys(wanted, 0)
    for occurrence in busy:
        taken = grid.touched((occurrence.span,))
        for one in (*occurrence.busy, *occurrence.resources):
            if one in wanted:
                bits[one] |= taken
    return bits


def _check_free(search: Search) -> None:
    """Every quarter of an hour asked one by one must say the same."""
    home, waking = search.household, range(7 * 60, 22 * 60 - int(search.duration.seconds / 60) + 1)
    quarters = FORTNIGHT.duration // STEP
    starts = [FORTNIGHT.start + STEP * n for n in range(quarters)]
    expected = [
        start
        for start in starts
        if _minute(start, home) in waking
        and start + search.duration <= FORTNIGHT.end
        and is_free(
            home,
            search.members,
            search.resources,
            Span(start, start + search.duration),
            search.busy,
        )
    ]
    if not expected or free_starts(search) != expected:
        raise AssertionError("free slots differ from brute force")


def _minute(moment: datetime, home: Household) -> int:
    local = moment.astimezone(home.zone)
    return local.hour * 60 + local.minute


async def free_time() -> Figure:
    """A common hour for five people and the car, over two weeks."""
    made = family(1_000)
    home, things = made.household, [made.household.resources[0].id]
    members = [m.id for m in home.members][:5]
    busy = [o for o in made.occurrences() if o.span.overlaps(FORTNIGHT)]
    # The fortnight's trip leaves no common time at all: search without it, too.
    busy = [o for o in busy if o.title != "Grandparents"]
    hour = timedelta(hours=1)
    _check_free(Search(home, members, things, FORTNIGHT, hour, busy))
    wanted = frozenset((*members, *things))
    floor, measured = await paired_calls(
        lambda: _bitmaps(wanted, busy),
        lambda: free_slots(home, members, things, FORTNIGHT, hour, busy),
        rounds=200,
    )
    return Figure(
        "free slots, 5 people + car, two weeks", "core", measured, 2, "building the bitmaps", floor
    )


async def figures() -> list[Figure]:
    return [await free_time()]
