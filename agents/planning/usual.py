"""What a booking leaves out, filled in as events of its title usually are.

What the family has said is always so comes first, then what its last events have in common.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from agents.planning.item import Item
from agents.planning.people import people
from agents.planning.times import Slot
from scheduling.family import Household
from scheduling.habits import (
    Remembered,
    title_key,
    usual_length,
    usual_people,
    usual_place,
    usual_resources,
)
from scheduling.language.readings import Create
from scheduling.phrasing import and_list, duration_words, names, resource_names
from scheduling.speech import tr

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Filled:
    """Who, when, where and with what, said or assumed. assumed: all that the family is told;
    usual: of it, what is as usual."""

    people: tuple[UUID, ...]
    slot: Slot
    place: str | None
    resources: tuple[UUID, ...]
    assumed: tuple[str, ...] = ()
    usual: str = ""


def as_said(wanted: Create, slot: Slot, added: tuple[UUID, ...], item: Item) -> Filled:
    """What was said, with nothing but the family's own defaults. added: people of the family
    since they were asked about."""
    household = item.scene.household
    who = tuple(dict.fromkeys((*people(wanted.who, item.scene), *added)))
    found = (household.resource_named(name) for name in wanted.resources)
    things = tuple(dict.fromkeys(r.id for r in found if r is not None))
    return Filled(who, slot, wanted.place, things, slot.assumed)


async def as_usual(wanted: Create, title: str, said: Filled, item: Item) -> Filled:
    """The same with what was left out as it usually is; asks the calendar once, if at all."""
    anybody = not (wanted.who.said or wanted.who.unknown)
    no_things = not (wanted.resources or wanted.unknown_resources)
    if not (anybody or said.slot.by_default or no_things or said.place is None):
        return said
    scene = item.scene
    since = scene.local_now - A_YEAR
    key = title_key(title)
    known = await scene.uow.habits.remembered(scene.household.id, key, since)
    who = _people(known, scene.household) if anybody else ()
    who = () if set(who) == set(said.people) else who
    filled = replace(said, people=who or said.people)
    mine = _of(frozenset(filled.people), known)
    length = _length(mine) if said.slot.by_default else None
    place = _place(mine) if said.place is None else None
    things = _things(mine, scene.household) if no_things else ()
    if length == said.slot.duration:
        length = None
    told = [
        names(scene.household, who) if who else "",
        duration_words(length) if length else "",
        place or "",
        resource_names(scene.household, things),
    ]
    slot = said.slot.lasting(length) if length else said.slot
    usual = and_list([words for words in told if words])
    usual = tr("{usual}, as usual", usual=usual) if usual else ""
    return replace(
        filled,
        slot=slot,
        place=said.place or place,
        resources=said.resources or things,
        assumed=(*slot.assumed, usual) if usual else slot.assumed,
        usual=usual,
    )


def _people(known: Remembered, household: Household) -> tuple[UUID, ...]:
    """Who comes when nobody is named, in the family's order; () for whoever writes."""
    said = next((h.people for h in known.habits if not h.members and h.people), ())
    meant = set(said) or usual_people(known.past)
    return tuple(m.id for m in household.members if m.id in meant)


def _of(who: frozenset[UUID], known: Remembered) -> Remembered:
    """What is known of these people's; what was said of them comes before what was said of
    everybody's."""
    habits = [h for h in known.habits if not h.members or frozenset(h.members) == who]
    habits.sort(key=lambda h: not h.members)
    return Remembered(tuple(habits), tuple(p for p in known.past if p.people == who))


def _length(known: Remembered) -> timedelta | None:
    said = (h.length for h in known.habits if h.length is not None)
    return next(said, None) or usual_length(known.past)


def _place(known: Remembered) -> str | None:
    said = (h.place for h in known.habits if h.place)
    return next(said, None) or usual_place(known.past)


def _things(known: Remembered, household: Household) -> tuple[UUID, ...]:
    """Those that the family still shares, and that are not out of use altogether."""
    said = next((h.resources for h in known.habits if h.resources), ())
    wanted = said or usual_resources(known.past)
    shared = {r.id for r in household.resources if r.capacity > 0}
    return tuple(thing for thing in wanted if thing in shared)
