"""What is known when a way out is looked for, and the test every way out has to pass."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from scheduling.clashes.conflict import counts
from scheduling.conflicts import Conflict, find_conflicts, needed_window
from scheduling.editing import apply
from scheduling.edits import AddEvent, Edit
from scheduling.errors import SchedulingError
from scheduling.events import Event, Occurrence, Status
from scheduling.family import Household
from scheduling.nearby import Nearby
from scheduling.phrasing import local
from scheduling.recurrence import materialise, occurrence, placed
from scheduling.span import Span

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Situation:
    """wanted: the event as it would become. events: those it may change, as they are.
    base: the edits that were asked for; none for a new event. before: the event as it is."""

    household: Household
    wanted: Event
    clashes: tuple[Conflict, ...]
    around: tuple[Occurrence, ...]
    events: Mapping[UUID, Event]
    now: datetime
    new_id: Callable[[], UUID]
    asker: UUID | None
    base: tuple[Edit, ...]
    before: Event | None = None

    @cached_property
    def today(self) -> date:
        return local(self.now, self.household.zone).date()

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.wanted.timezone)

    @cached_property
    def own(self) -> tuple[Occurrence, ...]:
        """What of the wanted event still lies ahead, as it was asked for."""
        return tuple(o for o in materialise(self.wanted, self.now)[0] if o.span.end > self.now)

    @cached_property
    def foreign(self) -> tuple[Occurrence, ...]:
        return tuple(o for o in self.around if o.event_id != self.wanted.id and counts(o))

    @cached_property
    def _nearby(self) -> Nearby:
        return Nearby([*self.foreign, *self.own])

    def busy_near(self, window: Span, without: Occurrence) -> list[Occurrence]:
        """What would stand in or near the window, but for one occurrence."""
        # A day on each side: rules count whole local days and ask for gaps.
        return [o for o in self._nearby.touching([window.padded(_DAY)]) if o != without]

    def placed(self, moving: Occurrence, start: datetime) -> Occurrence:
        """The occurrence at another start; an all-day one keeps its number of days, and one
        with a named end the time between the two on the clock."""
        event = self.wanted if moving.event_id == self.wanted.id else None
        event = event or self.events.get(moving.event_id)
        if not moving.all_day and not (event is not None and event.wall_end):
            return replace(moving, span=Span(start, start + moving.span.duration))
        zone = self.household.zone
        length = local(moving.span.end, zone) - local(moving.span.start, zone)
        return replace(moving, span=placed(local(start, zone), length, True, zone))

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """One for each occurrence of the wanted event that clashes, in order of time."""
        by_occurrence: dict[Occurrence, list[Conflict]] = {}
        for clash in self.clashes:
            if clash.candidate.event_id == self.wanted.id:
                by_occurrence.setdefault(clash.candidate, []).append(clash)
        ordered = sorted(by_occurrence, key=lambda o: o.span)
        return tuple(Case(self, o, tuple(by_occurrence[o])) for o in ordered)

    @property
    def whole(self) -> bool:
        """Whether the wanted event is booked as one thing: a single event, or one occurrence
        of a series of which nothing else changes."""
        asked = {e.scope for e in self.base if not isinstance(e, AddEvent)}
        return not self.wanted.repeats or asked == {"one"}

    def after(
        self, own: Sequence[Edit], others: Sequence[Edit], cases: Sequence[Case] | None = None
    ) -> list[Conflict] | None:
        """The clashes there would be with these edits made too; None if they cannot be made.

        cases: the clashing occurrences to look at, unless an edit changes them; None = all.
        """
        looked_at = {c.occurrence for c in (self.cases if cases is None else cases)}
        touched = dict.fromkeys(e.event_id for e in others if not isinstance(e, AddEvent))
        try:
            fresh, kept = _edited(self.wanted, self.own, own, self.now)
            for event_id in touched:
                changed, same = self._others_edited(event_id, others)
                fresh, kept = fresh + changed, kept + same
        except (SchedulingError, KeyError):
            return None
        if any(o.span.start < self.now for o in fresh):
            return None
        fresh += [o for o in kept if o in looked_at]
        around = [o for o in kept if o not in looked_at]
        return self._clashes(fresh, around, {self.wanted.id, *touched})

    def _clashes(
        self, fresh: Sequence[Occurrence], kept: Sequence[Occurrence], changed: Collection[UUID]
    ) -> list[Conflict]:
        """The clashes of the fresh ones with what is kept of the changed events, and with all
        other events near them."""
        near = self._nearby.touching(needed_window(self.household, fresh))
        around = [*kept, *(o for o in near if o.event_id not in changed)]
        return find_conflicts(self.household, fresh, around, today=self.today)

    def _others_edited(
        self, event_id: UUID, edits: Sequence[Edit]
    ) -> tuple[list[Occurrence], list[Occurrence]]:
        before = [o for o in self.foreign if o.event_id == event_id]
        mine = [e for e in edits if not isinstance(e, AddEvent) and e.event_id == event_id]
        return _edited(self.events[event_id], before, mine, self.now)

    def changes_nothing(self, own: Sequence[Edit], others: Sequence[Edit]) -> bool:
        """Whether all would be as it is now: what was asked for, and taken back."""
        if self.before is None or others or not own:
            return False
        states = [e for e in _apply_all(self.wanted, own) if e.status is not Status.CANCELLED]
        planned = sorted((o for s in states for o in materialise(s, self.now)[0]), key=_by_time)
        now = sorted(materialise(self.before, self.now)[0], key=_by_time)
        return [replace(o, event_id=self.wanted.id) for o in planned] == now

    def complete(self, own: Sequence[Edit], others: Sequence[Edit]) -> tuple[Edit, ...]:
        """The edits to run in place of what was asked for."""
        if self.base:
            return (*self.base, *own, *others)
        booked = _apply_all(self.wanted, own)
        return (*(AddEvent(event) for event in booked), *others)


def _by_time(occurrence: Occurrence) -> Span:
    return occurrence.span


def _apply_all(event: Event, edits: Iterable[Edit]) -> list[Event]:
    state = {event.id: event}
    for edit in edits:
        current = None if isinstance(edit, AddEvent) else state.get(edit.event_id)
        state.update({e.id: e for e in apply(edit, current)})
    return list(state.values())


def _edited(
    event: Event, before: Sequence[Occurrence], edits: Sequence[Edit], now: datetime
) -> tuple[list[Occurrence], list[Occurrence]]:
    """The occurrences that the edits change or add, and those that stay."""
    if not edits:
        return [], list(before)
    states = [e for e in _apply_all(event, edits) if e.status is not Status.CANCELLED]
    if event.repeats and all(not isinstance(e, AddEvent) and e.scope == "one" for e in edits):
        pointed = {e.recurrence_id for e in edits if not isinstance(e, AddEvent)}
        now_there = [occurrence(state, rid) for state in states for rid in sorted(pointed)]
        kept = [o for o in before if o.recurrence_id not in pointed]
        return [o for o in now_there if o is not None], kept
    known = set(before)
    ahead = [o for s in states for o in materialise(s, now)[0] if o.span.end > now]
    return [o for o in ahead if o not in known], [o for o in ahead if o in known]


@dataclass(frozen=True)
class Case:
    """One occurrence of the wanted event, and what stands against it."""

    situation: Situation
    occurrence: Occurrence
    clashes: tuple[Conflict, ...]

    @cached_property
    def others(self) -> tuple[Occurrence, ...]:
        """Everything it clashes with, each once, in order of start."""
        found = dict.fromkeys(o for c in self.clashes for o in c.others)
        return tuple(sorted(found, key=lambda o: o.span))

    def wall(self, moment: datetime) -> datetime:
        """An instant as the wanted event's own wall time."""
        return local(moment, self.situation.zone)

    def movable(self, other: Occurrence) -> bool:
        """Whether an existing event may give way: still ahead and not weightier."""
        ahead = other.span.start > self.situation.now
        known = other.event_id in self.situation.events
        lesser = other.priority.rank <= self.situation.wanted.priority.rank
        return ahead and known and lesser and other.event_id != self.situation.wanted.id
