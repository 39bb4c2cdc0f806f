"""Which event is driven to, or picked up from, where it is named by its passenger alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from agents.planning.item import Item
from agents.planning.people import people
from agents.planning.targets import Found, find_target, load
from agents.readiness import Ask, Say
from scheduling.events import Occurrence, Part, Participant
from scheduling.family import Member, Role
from scheduling.language.readings import Change, Target
from scheduling.span import Span
from scheduling.speech import N_, tr

AHEAD = timedelta(days=60)
"""Nobody speaks of driving further ahead without naming the event."""

_NOT_GOING_TO = {
    Part.DRIVER: N_("{member} was not going to drive to {title}."),
    Part.RESPONSIBLE: N_("{member} was not going to be in charge of {title}."),
}


async def find_ride(
    target: Target, item: Item, wanted: Callable[[Occurrence], bool]
) -> Found | Ask | Say:
    """The event meant. Where only a passenger is named, or nobody: of what is `wanted` the
    next, else what was shown last if they are there, else their next event."""
    named = bool(target.words or target.when) or "target" in item.answers
    if named:
        return await find_target(target, item)
    riders = set(people(target.who, item.scene)) if target.who.names else set()
    ahead = await _ahead(item, riders)
    shown = item.focus.event_id if item.focus else None
    meant = [o for o in ahead if wanted(o)]
    first = next((o for o in meant if o.event_id == shown), None) or next(iter(meant), None)
    if first is None and riders:
        first = next((o for o in ahead if o.event_id == shown), None) or next(iter(ahead), None)
    if first is None:
        return await find_target(replace(target, it=not riders), item)
    return await load(first.event_id, first.recurrence_id.isoformat(), item)


async def _ahead(item: Item, riders: set[UUID]) -> list[Occurrence]:
    """What somebody could be driven to: not whole days, and nothing that only reminds."""
    scene = item.scene
    window = Span(scene.now, scene.now + AHEAD)
    return [
        o
        for o in await scene.uow.occurrences.overlapping(scene.household.id, window)
        if not (o.all_day or o.transparent or o.reminder_only) and riders <= set(o.people)
    ]


def has(part: Part, member_id: UUID | None) -> Callable[[Occurrence], bool]:
    """Whether that person has the part of an occurrence; None: whether it waits for somebody."""
    return lambda occurrence: Participant(member_id, part) in occurrence.participants


async def find_changed(wanted: Change, item: Item) -> Found | Ask | Say:
    """The event that a change is about. Who drives, or does not any more, may be said by naming
    the passenger."""
    if wanted.assign is not None:
        if wanted.target.it and not wanted.target.who.names and item.focus is not None:
            return await find_target(wanted.target, item)
        return await find_ride(wanted.target, item, has(Part(wanted.assign[0]), None))
    if wanted.released is not None:
        part, member = Part(wanted.released[0]), item.scene.household.named(wanted.released[1])
        found = await find_ride(wanted.target, item, has(part, member.id if member else None))
        return _theirs(found, part, member)
    return await find_target(wanted.target, item)


def _theirs(found: Found | Ask | Say, part: Part, member: Member | None) -> Found | Ask | Say:
    if not isinstance(found, Found) or member is None or has(part, member.id)(found.occurrence):
        return found
    return Say(tr(_NOT_GOING_TO[part], member=member.name, title=found.event.title))


def refused_driver(wanted: Change, item: Item) -> str | None:
    """A sentence for a child who is to drive."""
    member = item.scene.household.named(wanted.assign[1]) if wanted.assign else None
    if wanted.assign is None or wanted.assign[0] != "driver" or not is_child(member):
        return None
    assert member is not None
    if item.scene.member == member:
        return tr("Thanks, {member}, but an adult has to drive.", member=member.name)
    return tr("{member} can't drive: an adult has to.", member=member.name)


def is_child(member: Member | None) -> bool:
    return member is not None and member.role is Role.CHILD
