"""One search for free time: what is taken as one bitmap, where to begin as another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from math import gcd
from uuid import UUID
from zoneinfo import ZoneInfo

from scheduling.bitmaps import Grid, runs
from scheduling.clashes.conflict import counts
from scheduling.clashes.things import full_spans
from scheduling.events import Occurrence
from scheduling.family import Household, Rule
from scheduling.phrasing import local
from scheduling.rules import (
    between,
    bound_by,
    counted_days,
    day_span,
    holds_on,
    kept_free,
    local_days,
    zone_of,
)
from scheduling.span import Span

STEP = timedelta(minutes=15)
WAKING = (time(7), time(22))
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Search:
    """What is looked for: an event of `duration` for all `members` and `resources`.

    step: what its start is a multiple of, on the local clock. waking: local hours within which
    it must lie, None = the whole day. busy: everything that touches the window or, where a rule
    asks for a gap, nearly touches it; where one counts the events of a day, the days it touches.
    wishes: keep the soft rules too.
    """

    household: Household
    members: Sequence[UUID]
    resources: Sequence[UUID]
    window: Span
    duration: timedelta
    busy: Sequence[Occurrence]
    step: timedelta = STEP
    waking: tuple[time, time] | None = WAKING
    wishes: bool = False

    @property
    def rules(self) -> list[Rule]:
        """Those that count here and bind any of the members."""
        kept = (r for r in self.household.rules if r.hard or self.wishes)
        return [r for r in kept if bound_by(r, self.members)]

    def zones(self, rule: Rule) -> set[ZoneInfo]:
        return {zone_of(self.household, p) for p in bound_by(rule, self.members)}

    def days(self, zone: ZoneInfo) -> list[date]:
        """The window's local days, and the one before, whose night may reach into it."""
        days = list(local_days(self.window, zone))
        return [days[0] - _DAY, *days]

    @cached_property
    def counted(self) -> list[tuple[Occurrence, frozenset[UUID]]]:
        """What keeps anyone or anything busy, with the people it does."""
        return [(o, o.busy) for o in self.busy if counts(o)]

    def events_of(self, people: Collection[UUID]) -> list[Occurrence]:
        return [o for o, busy in self.counted if not busy.isdisjoint(people)]


def grid_of(search: Search) -> Grid:
    """Units so small that both the step and the duration are whole numbers of them."""
    start = _aligned(search.window.start, search.step, search.household.zone)
    unit = gcd(search.step // _MINUTE, max(search.duration // _MINUTE, 1)) * _MINUTE
    return Grid(start, unit, max((search.window.end - start) // unit, 0))


def _aligned(moment: datetime, step: timedelta, zone: ZoneInfo) -> datetime:
    """The first whole step of the local day at or after the moment."""
    wall = local(moment, zone)
    passed = wall - datetime.combine(wall.date(), time())
    return moment + (-(-passed // step) * step - passed)


def free_starts_on(grid: Grid, search: Search) -> int:
    """Where on the grid the event may begin."""
    length = -(-search.duration // grid.unit)
    free = grid.everything & ~taken(grid, search)
    found = runs(free, length) & grid.every(search.step // grid.unit)
    for rule in search.rules:
        found &= ~_no_start(grid, search, rule)
        if rule.min_gap is not None:
            found &= _with_gap(grid, search, rule, rule.min_gap, length)
    return found


def taken(grid: Grid, search: Search) -> int:
    """Where someone or something is busy, or rules and the night keep the time free."""
    bits = grid.touched(o.span for o in search.events_of(search.members))
    bits |= _things(grid, search)
    for rule in search.rules:
        for zone in search.zones(rule):
            days = [d for d in search.days(zone) if holds_on(rule, d)]
            bits |= grid.touched(s for d in days for s in kept_free(rule, d, zone))
    if search.waking is not None:
        zone = search.household.zone
        awake = (between(d, *search.waking, zone) for d in search.days(zone))
        bits |= grid.everything & ~grid.inside(awake)
    return bits


def _things(grid: Grid, search: Search) -> int:
    bits = 0
    for resource in filter(None, map(search.household.resource, search.resources)):
        if resource.capacity <= 0:
            return grid.everything
        uses = [o.span for o, _ in search.counted if resource.id in o.resources]
        full = full_spans(uses, resource.capacity) if resource.capacity > 1 else uses
        bits |= grid.touched([*full, *resource.out])
    return bits


def _no_start(grid: Grid, search: Search, rule: Rule) -> int:
    """Starts that come too early in the day, or on a day that is full."""
    bits = 0
    if rule.before is not None and rule.before > time():
        for zone in search.zones(rule):
            held = (d for d in search.days(zone) if holds_on(rule, d))
            bits |= grid.beginning_in(between(d, time(), rule.before, zone) for d in held)
    if rule.max_per_day is not None:
        for person in bound_by(rule, search.members):
            bits |= grid.beginning_in(_full_days(search, rule, person, rule.max_per_day))
    return bits


def _full_days(search: Search, rule: Rule, person: UUID, most: int) -> Iterator[Span]:
    zone = zone_of(search.household, person)
    held = dict.fromkeys((d for d in search.days(zone) if holds_on(rule, d)), 0)
    for occurrence in search.events_of([person]):
        for day in counted_days(occurrence, zone):
            if day in held:
                held[day] += 1
    return (day_span(day, zone) for day, number in held.items() if number >= most)


def _with_gap(grid: Grid, search: Search, rule: Rule, gap: timedelta, length: int) -> int:
    """Starts that leave the gap, and those of days on which it is not asked for."""
    allowed = grid.everything
    for person in bound_by(rule, search.members):
        events = (o.span for o in search.events_of([person]) if not o.all_day)
        zone = zone_of(search.household, person)
        days = (day_span(d, zone) for d in search.days(zone) if holds_on(rule, d))
        spaced = runs(grid.everything & ~grid.touched(events, pad=gap), length)
        allowed &= spaced | (grid.everything & ~grid.beginning_in(days))
    return allowed
