"""What the calendar would look like after some edits, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from agents.scene import Scene
from scheduling.conflicts import Conflict, find_conflicts, needed_window
from scheduling.editing import apply
from scheduling.edits import AddEvent, Edit
from scheduling.errors import Stale
from scheduling.events import Event, Occurrence, Status
from scheduling.recurrence import materialise
from scheduling.span import Span
from scheduling.speech import tr


@dataclass(frozen=True, slots=True)
class Change:
    """One event as it was (None: did not exist) and as it would become, with the occurrences
    it would have up to `horizon`."""

    before: Event | None
    after: Event
    occurrences: tuple[Occurrence, ...]
    fresh: tuple[Occurrence, ...]
    """Occurrences that the change adds or alters: the only ones that can clash anew."""

    gone: tuple[Occurrence, ...] = ()
    """Occurrences, not yet over, that are there no more as they were."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The outcome of a list of edits against the calendar as it is now."""

    changes: tuple[Change, ...]

    @property
    def fresh(self) -> tuple[Occurrence, ...]:
        return tuple(o for c in self.changes for o in c.fresh)

    @property
    def event_ids(self) -> frozenset[UUID]:
        return frozenset(c.after.id for c in self.changes)


async def draft(scene: Scene, edits: Sequence[Edit]) -> Draft:
    """Apply the edits in order. Raises Stale where an event they speak of is gone."""
    before: dict[UUID, Event | None] = {}
    after: dict[UUID, Event] = {}
    wanted = {e.event_id for e in edits if not isinstance(e, AddEvent)}
    if wanted:
        for event in await scene.uow.events.many(scene.household.id, sorted(wanted)):
            before[event.id] = after[event.id] = event
    for edit in edits:
        current = None if isinstance(edit, AddEvent) else after.get(edit.event_id)
        if not isinstance(edit, AddEvent) and (
            current is None or current.status is Status.CANCELLED
        ):
            raise Stale(tr("That event is not on the calendar any more."))
        for event in apply(edit, current):
            before.setdefault(event.id, None)
            after[event.id] = event
    return Draft(tuple(change(before[i], event, scene) for i, event in after.items()))


def change(before: Event | None, after: Event, scene: Scene) -> Change:
    """The change from one state of an event to another."""
    occurrences = _occurrences(after, scene)
    old = _occurrences(before, scene) if before is not None else ()
    return Change(
        before,
        after,
        occurrences,
        fresh=_without(occurrences, old, scene),
        gone=_without(old, occurrences, scene),
    )


def _without(
    these: tuple[Occurrence, ...], those: tuple[Occurrence, ...], scene: Scene
) -> tuple[Occurrence, ...]:
    known = set(those)
    return tuple(o for o in these if o not in known and o.span.end > scene.now)


def _occurrences(event: Event, scene: Scene) -> tuple[Occurrence, ...]:
    if event.status is Status.CANCELLED:
        return ()
    return tuple(materialise(event, scene.now)[0])


async def _stored(scene: Scene, windows: Sequence[Span]) -> list[Occurrence]:
    if not windows:
        return []
    if len(windows) == 1:
        return await scene.uow.occurrences.overlapping(scene.household.id, windows[0])
    return await scene.uow.occurrences.overlapping_any(scene.household.id, windows)


async def clashes(scene: Scene, planned: Draft) -> list[Conflict]:
    """What the fresh occurrences clash with."""
    return clashes_among(scene, planned, await near(scene, planned))


async def near(scene: Scene, planned: Draft) -> list[Occurrence]:
    """What stands near the fresh occurrences: as much as any rule looks at."""
    if not planned.fresh:
        return []
    return await everything_else(scene, planned, needed_window(scene.household, planned.fresh))


def clashes_among(scene: Scene, planned: Draft, around: Sequence[Occurrence]) -> list[Conflict]:
    if not planned.fresh:
        return []
    today = scene.local_now.date()
    return find_conflicts(scene.household, planned.fresh, around, today=today)


async def everything_else(
    scene: Scene, planned: Draft, windows: Sequence[Span]
) -> list[Occurrence]:
    """What stands in these windows beside the draft's fresh occurrences, as it would be then."""
    stored = await _stored(scene, windows)
    fresh = set(planned.fresh)
    return [o for o in stored if o.event_id not in planned.event_ids] + [
        o for c in planned.changes for o in c.occurrences if o not in fresh
    ]
