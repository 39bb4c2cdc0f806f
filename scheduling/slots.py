"""When several people and things are free together, under the family's hard rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import islice
from uuid import UUID

from scheduling.bitmaps import ones
from scheduling.bitmaps import stretches as bit_stretches
from scheduling.conflicts import find_conflicts
from scheduling.events import Occurrence, Participant
from scheduling.family import Household
from scheduling.slot_search import STEP, WAKING, Search, free_starts_on, grid_of
from scheduling.span import Span

__all__ = ["STEP", "WAKING", "Search", "free_slots", "free_starts", "is_free"]


def free_slots(
    household: Household,
    members: Sequence[UUID],
    resources: Sequence[UUID],
    window: Span,
    duration: timedelta,
    busy: Sequence[Occurrence],
    step: timedelta = STEP,
    limit: int | None = None,
    waking: tuple[time, time] | None = WAKING,
) -> list[Span]:
    """The stretches in which all of them are free for at least `duration`, in order.

    An event of `duration` may begin at the start of each stretch and every `step` after it, as
    long as it ends within the stretch. limit: only the first so many. The rest: see `Search`.
    """
    search = Search(household, members, resources, window, duration, busy, step, waking)
    return list(islice(_stretches(search), limit))


def _stretches(search: Search) -> Iterator[Span]:
    grid = grid_of(search)
    step, starts = search.step // grid.unit, free_starts_on(grid, search)
    spread = starts
    for place in range(1, step):
        # Starts lie a step apart: filling the units between joins neighbours into one run.
        spread |= starts << place
    for first, last in bit_stretches(spread):
        latest = first + (last - first) // step * step
        yield Span(grid.at(first), grid.at(latest) + search.duration)


def free_starts(search: Search) -> list[datetime]:
    """Every instant at which such an event may begin, in order."""
    grid = grid_of(search)
    return [grid.at(index) for index in ones(free_starts_on(grid, search))]


def is_free(
    household: Household,
    members: Sequence[UUID],
    resources: Sequence[UUID],
    span: Span,
    busy: Sequence[Occurrence],
) -> bool:
    """Whether nothing hard stands against all of them at exactly that time."""
    wanted = Occurrence(
        event_id=household.id,
        recurrence_id=span.start.replace(tzinfo=None),
        span=span,
        title="",
        participants=tuple(Participant(m) for m in members),
        resources=tuple(resources),
    )
    return not any(c.hard for c in find_conflicts(household, [wanted], busy))
