"""Whether what a family wants to book goes together with what stands, and with its rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from scheduling.clashes.conflict import Conflict, Scene, Severity, counts
from scheduling.clashes.people import double_booked
from scheduling.clashes.standing_rules import broken_rules
from scheduling.clashes.things import over_capacity
from scheduling.events import Occurrence
from scheduling.family import Household
from scheduling.nearby import Nearby
from scheduling.rules import bound_by, counted_days, day_span, zone_of
from scheduling.span import Span

__all__ = ["Conflict", "Severity", "find_conflicts", "needed_window"]

_KINDS = (double_booked, over_capacity, broken_rules)


def find_conflicts(
    household: Household,
    candidates: Sequence[Occurrence],
    around: Sequence[Occurrence],
    *,
    today: date | None = None,
) -> list[Conflict]:
    """Every clash of the candidates with `around`, among themselves and with the rules.

    candidates: what is to be booked, hypothetical. around: what stands near them (see
    `needed_window`); occurrences of an event that the candidates replace must be left out by
    the caller. Two occurrences of one event never clash, except for events a day. Where two
    candidates clash, the later one in the list is said to. Hard ones first, then by time.
    """
    taken = Nearby(o for o in around if counts(o))
    found: list[Conflict] = []
    for candidate in filter(counts, candidates):
        found.extend(_conflicts_of(household, candidate, taken, today))
        taken.add(candidate)
    return sorted(found, key=lambda c: (not c.hard, c.candidate.span.start))


def _conflicts_of(
    household: Household, candidate: Occurrence, taken: Nearby, today: date | None
) -> list[Conflict]:
    near = [o for o in taken.touching(_windows(household, candidate)) if not _same(o, candidate)]
    everything = Scene(household, candidate, near, today)
    foreign = [o for o in near if o.event_id != candidate.event_id]
    scene = Scene(household, candidate, foreign, today)
    return [c for kind in _KINDS for c in kind(everything if kind is broken_rules else scene)]


def _same(one: Occurrence, other: Occurrence) -> bool:
    return (one.event_id, one.recurrence_id) == (other.event_id, other.recurrence_id)


def needed_window(household: Household, candidates: Sequence[Occurrence]) -> list[Span]:
    """What the caller must load to check these candidates: disjoint spans in order."""
    spans = [s for c in candidates if counts(c) for s in _windows(household, c)]
    return merged(spans)


def _windows(household: Household, candidate: Occurrence) -> list[Span]:
    """Its own span, widened by the longest gap asked for; whole days where they are counted."""
    rules = [r for r in household.rules if bound_by(r, candidate.busy)]
    gap = max((r.min_gap for r in rules if r.min_gap), default=timedelta(0))
    spans = [candidate.span.padded(gap)]
    for rule in rules:
        if rule.max_per_day is not None:
            zones = {zone_of(household, p) for p in bound_by(rule, candidate.busy)}
            spans += [day_span(d, z) for z in zones for d in counted_days(candidate, z)]
    return spans


def merged(spans: Sequence[Span]) -> list[Span]:
    """The same time as disjoint spans, in order."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
