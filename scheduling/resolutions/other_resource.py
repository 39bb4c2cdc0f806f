"""Something else of the same kind is used: the van in place of the car."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from scheduling.edits import ChangeEvent
from scheduling.family import Resource, RuleType
from scheduling.phrasing import span_words, the
from scheduling.resolutions.plan import Plan, short, stays
from scheduling.resolutions.situation import Case
from scheduling.speech import tr


def other_resource_plans(case: Case) -> Iterator[Plan]:
    household = case.situation.household
    for clash in case.clashes:
        taken = household.resource(clash.resource) if clash.resource else None
        if taken is not None:
            for instead in sorted(_alternatives(case, taken), key=lambda r: -_wish(case, r)):
                yield _plan(case, taken, instead)


def _alternatives(case: Case, taken: Resource) -> Iterator[Resource]:
    return (
        r
        for r in case.situation.household.resources
        if r.type is taken.type and r.capacity > 0 and r.id not in case.occurrence.resources
    )


def _wish(case: Case, resource: Resource) -> int:
    """How much the family's rules prefer this one for such an event."""
    title = case.occurrence.title.casefold()
    return sum(
        rule.priority
        for rule in case.situation.household.rules
        if rule.type is RuleType.RESOURCE_PRIORITY
        and rule.resource == resource.id
        and (not rule.words or rule.words.casefold() in title)
    )


def _plan(case: Case, taken: Resource, instead: Resource) -> Plan:
    situation, old = case.situation, case.occurrence
    when = span_words(old, situation.household, situation.today)
    swap = tr("{instead} instead of {taken}", instead=the(instead.name), taken=the(taken.name))
    return Plan(
        kind="other_resource",
        cost=0.5,
        label=tr("Use {instead} instead", instead=the(short(instead.name))),
        text=tr(
            "{title} takes {swap}, {when}.{rest}",
            title=old.title,
            swap=swap,
            when=when,
            rest=stays(case),
        ),
        all_but=tr("takes {instead}", instead=the(short(instead.name))),
        own=(
            ChangeEvent(
                situation.wanted.id,
                old.recurrence_id,
                scope="one",
                resources=_swapped(old.resources, taken.id, instead.id),
            ),
        ),
    )


def _swapped(resources: tuple[UUID, ...], old: UUID, new: UUID) -> tuple[UUID, ...]:
    return tuple(new if r == old else r for r in resources)
