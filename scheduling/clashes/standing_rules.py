"""A family's standing rule would be broken: hours kept free, gaps, events a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from scheduling.clashes.conflict import Conflict, Scene, rule_severity
from scheduling.events import Occurrence
from scheduling.family import Rule
from scheduling.phrasing import day, duration_words, local, names
from scheduling.rules import bound_by, breaks_window, counted_days, holds_on, zone_of
from scheduling.speech import tr
from scheduling.words import events_counted

_NONE = timedelta(0)


def broken_rules(scene: Scene) -> Iterator[Conflict]:
    for rule in scene.household.rules:
        bound = bound_by(rule, scene.candidate.busy)
        if bound:
            yield from _hours(scene, rule, bound)
            yield from _gaps(scene, rule, bound)
            yield from _full_days(scene, rule, bound)


def _hours(scene: Scene, rule: Rule, bound: frozenset[UUID]) -> Iterator[Conflict]:
    broken = {p for p in bound if breaks_window(rule, scene.candidate, zone_of(scene.household, p))}
    if broken:
        who, when = names(scene.household, broken), scene.when(scene.candidate)
        sentence = tr(
            "{when} breaks a rule for {who}: “{rule}”.", when=when, who=who, rule=rule.text
        )
        yield _conflict(scene, rule, broken, (), sentence)


def _gaps(scene: Scene, rule: Rule, bound: frozenset[UUID]) -> Iterator[Conflict]:
    """One conflict for each other event that is too near; overlapping ones are double booked."""
    if rule.min_gap is None or scene.candidate.all_day:
        return
    for other in scene.others:
        people = bound & other.busy if other.event_id != scene.candidate.event_id else frozenset()
        gap = gap_between(scene.candidate, other)
        if people and not other.all_day and _NONE <= gap < rule.min_gap:
            broken = {p for p in people if _starts_on_its_day(scene, rule, p)}
            if broken:
                yield _conflict(scene, rule, broken, (other,), _gap_sentence(scene, rule, other))


def gap_between(one: Occurrence, other: Occurrence) -> timedelta:
    """The time between two; below zero where they overlap."""
    return max(other.span.start - one.span.end, one.span.start - other.span.end)


def _starts_on_its_day(scene: Scene, rule: Rule, person: UUID) -> bool:
    zone = zone_of(scene.household, person)
    return holds_on(rule, local(scene.candidate.span.start, zone).date())


def _gap_sentence(scene: Scene, rule: Rule, other: Occurrence) -> str:
    gap = gap_between(scene.candidate, other)
    only = tr("Only {length}", length=duration_words(gap)) if gap else tr("No time")
    return tr(
        "{only} between this and “{title}” ({when}); the rule is “{rule}”.",
        only=only,
        title=other.title,
        when=scene.when(other),
        rule=rule.text,
    )


def _full_days(scene: Scene, rule: Rule, bound: frozenset[UUID]) -> Iterator[Conflict]:
    """At most one conflict for each person and day."""
    if rule.max_per_day is None:
        return
    for person in sorted(bound):
        zone = zone_of(scene.household, person)
        for local_day in counted_days(scene.candidate, zone):
            others = tuple(
                o for o in scene.others if person in o.busy and local_day in counted_days(o, zone)
            )
            if holds_on(rule, local_day) and len(others) >= rule.max_per_day:
                sentence = _day_sentence(scene, rule, person, local_day, len(others))
                yield _conflict(scene, rule, {person}, others, sentence)


def _day_sentence(scene: Scene, rule: Rule, person: UUID, local_day: date, already: int) -> str:
    who, when = names(scene.household, [person]), day(local_day, scene.today)
    if not already:
        return tr(
            "{when} is kept free for {who}; the rule is “{rule}”.",
            when=when,
            who=who,
            rule=rule.text,
        )
    events = events_counted(already)
    return tr(
        "{who} already has {events} on {when}; the rule is “{rule}”.",
        who=who,
        events=events,
        when=when,
        rule=rule.text,
    )


def _conflict(
    scene: Scene, rule: Rule, people: set[UUID], others: tuple[Occurrence, ...], sentence: str
) -> Conflict:
    return Conflict(
        type="constraint",
        severity=rule_severity(rule),
        hard=rule.hard,
        candidate=scene.candidate,
        others=others,
        people=tuple(sorted(people)),
        resource=None,
        rule=rule,
        sentence=sentence,
    )
