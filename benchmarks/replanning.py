"""Five clashes on a busy week, each given its ways out; every way out is tested by hand.

In processor time, because the bar is absolute and neighbours on the machine do not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median
from time import process_time
from uuid import UUID

from benchmarks.families import NOW, Family, family, made_id, single
from benchmarks.measure import Figure
from scheduling.conflicts import Conflict, find_conflicts
from scheduling.editing import apply
from scheduling.edits import AddEvent, Edit
from scheduling.events import Event, Occurrence
from scheduling.proposals import Option
from scheduling.recurrence import materialise
from scheduling.resolutions import needed_window, propose

CLASHES = 5
ROUNDS = 30


@dataclass(frozen=True, slots=True)
class Wish:
    """Something to book that clashes, and what the product would have loaded for it."""

    wanted: Event
    clashes: list[Conflict]
    around: list[Occurrence]


def _wish(made: Family, number: int) -> Wish:
    """Wednesday to Sunday, at the time of something that person already does; Ida is away."""
    away = made.household.members[4].id
    taken = next(
        event
        for event in made.events
        if event.start.date() == (NOW + timedelta(days=7 + number)).date()
        and event.start.hour >= 10 + number
        and away not in event.people
    )
    wanted = replace(
        single(made.household),
        id=made_id("wish", number),
        start=taken.start + timedelta(minutes=10),
        participants=taken.participants,
    )
    everything = list(made.occurrences())
    clashes = find_conflicts(made.household, materialise(wanted, NOW)[0], everything)
    windows = needed_window(made.household, wanted, clashes, NOW)
    around = [o for o in everything if any(o.span.overlaps(w) for w in windows)]
    if not clashes:
        raise AssertionError(f"wish {number} does not clash")
    return Wish(wanted, clashes, around)


def _options(made: Family, events: dict[UUID, Event], wish: Wish) -> list[Option]:
    return propose(
        made.household, wish.wanted, wish.clashes, wish.around, events, NOW, lambda: made_id("half")
    )


def _check(made: Family, events: dict[UUID, Event], wish: Wish) -> None:
    options = _options(made, events, wish)
    if len(options) < 2:
        raise AssertionError(f"only {len(options)} ways out of: {wish.clashes[0].sentence}")
    for option in options:
        changed = _carried_out(option.edits, events)
        new = [o for event in changed.values() for o in materialise(event, NOW)[0]]
        rest = [o for o in made.occurrences() if o.event_id not in changed]
        if any(c.hard for c in find_conflicts(made.household, new, rest)):
            raise AssertionError(f"{option.label!r} still clashes")


def _carried_out(edits: Sequence[Edit], events: dict[UUID, Event]) -> dict[UUID, Event]:
    changed: dict[UUID, Event] = {}
    for edit in edits:
        of = edit.event.id if isinstance(edit, AddEvent) else edit.event_id
        for event in apply(edit, changed.get(of) or events.get(of)):
            changed[event.id] = event
    return changed


def figures() -> list[Figure]:
    made = family(1_000)
    events = {event.id: event for event in made.events}
    near = datetime(2026, 2, 1)
    made = replace(made, events=tuple(e for e in made.events if e.start >= near))
    wishes = [_wish(made, number) for number in range(CLASHES)]
    for wish in wishes:
        _check(made, events, wish)
    taken = []
    for _ in range(ROUNDS):
        start = process_time()
        for wish in wishes:
            _options(made, events, wish)
        taken.append(process_time() - start)
    return [Figure(f"{CLASHES} conflicts re-planned", "core", median(taken), 0.01)]
