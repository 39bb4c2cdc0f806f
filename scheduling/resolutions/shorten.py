"""The new event keeps to what is left of its time: at least half of it and 15 minutes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from scheduling.clashes.conflict import Conflict
from scheduling.conflicts import merged
from scheduling.edits import MoveEvent
from scheduling.phrasing import duration_words, span_words
from scheduling.resolutions.plan import Plan, short, stays
from scheduling.resolutions.situation import Case
from scheduling.rules import holds_on, kept_free, local_days, zone_of
from scheduling.span import Span
from scheduling.speech import tr

SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(hours=24)
"""A stay of days that ends some hours earlier is no way out that anybody would think of."""

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


def shorten_plans(case: Case) -> Iterator[Plan]:
    """The longest part of its time that nothing stands against."""
    span = case.occurrence.span
    if case.occurrence.all_day or span.duration > LONGEST:
        return
    left = [_whole_minutes(f) for f in _left(span, _in_the_way(case))]
    kept = max((f for f in left if f is not None), key=lambda f: f.duration, default=None)
    if kept is not None and span.duration > kept.duration >= max(SHORTEST, span.duration / 2):
        yield _plan(case, kept)


def _in_the_way(case: Case) -> list[Span]:
    spans = [o.span.padded(_gap(c)) for c in case.clashes for o in c.others]
    for clash in case.clashes:
        resource = case.situation.household.resource(clash.resource) if clash.resource else None
        spans += resource.out if resource else ()
        spans += _kept_free(case, clash)
    return merged(spans)


def _gap(clash: Conflict) -> timedelta:
    return (clash.rule.min_gap if clash.rule else None) or timedelta(0)


def _kept_free(case: Case, clash: Conflict) -> Iterator[Span]:
    if clash.rule is None:
        return
    for person in clash.people:
        zone = zone_of(case.situation.household, person)
        days = list(local_days(case.occurrence.span, zone))
        for day in [days[0] - _DAY, *days]:
            if holds_on(clash.rule, day):
                yield from kept_free(clash.rule, day, zone)


def _left(span: Span, taken: list[Span]) -> Iterator[Span]:
    """What of the span lies between the taken ones, which are disjoint and in order."""
    start = span.start
    for other in taken:
        if start < min(other.start, span.end):
            yield Span(start, min(other.start, span.end))
        start = max(start, other.end)
    if start < span.end:
        yield Span(start, span.end)


def _whole_minutes(span: Span) -> Span | None:
    length = span.duration // _MINUTE * _MINUTE
    return Span(span.start, span.start + length) if length else None


def _plan(case: Case, kept: Span) -> Plan:
    situation, old = case.situation, case.occurrence
    length = duration_words(kept.duration)
    edit = MoveEvent(
        situation.wanted.id,
        old.recurrence_id,
        case.wall(kept.start),
        duration=kept.duration,
        scope="one",
    )
    when = span_words(kept, situation.household, situation.today)
    return Plan(
        kind="shorten",
        cost=2 + 3 * (1 - kept.duration / old.span.duration),
        label=tr("Shorten {title} to {length}", title=short(old.title), length=length),
        text=tr(
            "{title} is only {length}: {when}.{rest}",
            title=old.title,
            length=length,
            when=when,
            rest=stays(case),
        ),
        all_but=tr("is {length}", length=length),
        own=(edit,),
    )
