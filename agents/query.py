"""query: answers a question from the occurrence table; nothing changes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

from agents.actions.parts import offer
from agents.actions.rules import list_rules
from agents.planning.item import Item
from agents.planning.people import people
from agents.planning.rides import find_ride, has
from agents.planning.targets import Found, find_target
from agents.queries.agenda import agenda, next_days
from agents.queries.free import common_slots, who_is_free
from agents.queries.things import standing_clashes, who_has
from agents.queries.windows import window_of
from agents.readiness import Ask, Say
from agents.scene import Scene
from scheduling.events import Part
from scheduling.language.readings import Query, Target
from scheduling.phrasing import and_list, names, span_words
from scheduling.ports import Focus
from scheduling.slots import WAKING
from scheduling.speech import tr
from scheduling.watching import agent

WEEK = 7
FORTNIGHT = 14


@agent("query")
async def answer_query(asked: Query, item: Item) -> Ask | Say:
    """The answer in words, with days and times from the calendar itself."""
    if asked.when is not None and asked.when.impossible:
        return Say(
            tr("There is no {impossible}. Which day do you mean?", impossible=asked.when.impossible)
        )
    if asked.who.unknown:
        return Say(
            tr(
                "I don't know {unknown}. /family shows who I know.",
                unknown=and_list(asked.who.unknown),
            )
        )
    answer = _ANSWERS[asked.q]
    return await answer(asked, item)


def _asked_people(asked: Query, item: Item) -> tuple[UUID, ...]:
    if asked.who.everyone or not asked.who.said:
        return ()
    return people(asked.who, item.scene)


async def _agenda(asked: Query, item: Item) -> Say:
    scene = item.scene
    window = window_of(asked.when, scene, WEEK) if asked.when else next_days(scene, WEEK)
    return Say(await agenda(scene, window, _asked_people(asked, item)))


async def _free(asked: Query, item: Item) -> Say:
    scene = item.scene
    if asked.duration is not None or asked.when is None:
        return await _find_slot(asked, item)
    window = window_of(asked.when, scene, 1)
    return Say(await who_is_free(scene, asked, window, _asked_people(asked, item)))


async def _find_slot(asked: Query, item: Item) -> Say:
    scene = item.scene
    length = asked.duration or timedelta(minutes=scene.household.settings.default_duration)
    window = window_of(asked.when, scene, FORTNIGHT)
    things, people_asked = _things(asked, scene), _asked_people(asked, item)
    hours = asked.hours or WAKING
    return Say(await common_slots(scene, window, people_asked, things, length, hours))


async def _resource(asked: Query, item: Item) -> Say:
    scene = item.scene
    things = _things(asked, scene)
    if not things:
        return Say(tr("I don't know that thing. /resources shows what you share."))
    window = window_of(asked.when, scene, WEEK) if asked.when else next_days(scene, WEEK)
    return Say(await who_has(scene, things, window, asked.when))


def _things(asked: Query, scene: Scene) -> tuple[UUID, ...]:
    found = (scene.household.resource_named(name) for name in asked.resources)
    return tuple(r.id for r in found if r is not None)


async def _when(asked: Query, item: Item) -> Ask | Say:
    target = asked.target or Target(it=True)
    found = await find_target(target, item)
    if not isinstance(found, Found):
        return found
    scene = item.scene
    await _remember(scene, found)
    when = span_words(found.occurrence, scene.household, scene.local_now.date())
    who = names(scene.household, found.occurrence.people)
    at = tr(" at {place}", place=found.occurrence.place) if found.occurrence.place else ""
    return Say(f"{found.event.title}{f' ({who})' if who else ''}: {when}{at}.")


async def _remember(scene: Scene, found: Found) -> None:
    """What "it" means from now on: the event that was asked about."""
    if scene.member is not None:
        focus = Focus(found.event.id, found.occurrence.recurrence_id)
        await scene.uow.focuses.set(scene.household.id, scene.chat_id, scene.member.id, focus)


async def _conflicts(asked: Query, item: Item) -> Say:
    window = window_of(asked.when, item.scene, FORTNIGHT)
    return Say(await standing_clashes(item.scene, window))


async def _who_drives(asked: Query, item: Item) -> Ask | Say:
    # "Who picks up Leo?" speaks of an event of his.
    target = asked.target or Target(who=asked.who, when=asked.when, it=asked.when is None)
    found = await find_ride(target, item, has(Part.DRIVER, None))
    if not isinstance(found, Found):
        return found
    scene = item.scene
    parts = [p for p in found.occurrence.participants if p.part is not Part.ATTENDEE]
    taken = [p.member_id for p in parts if p.member_id is not None]
    await _remember(scene, found)
    if taken:
        when = span_words(found.occurrence, scene.household, scene.local_now.date())
        return Say(f"{names(scene.household, taken)}: {found.event.title}, {when}.")
    part = parts[0].part if parts else Part.DRIVER
    await offer(scene, found.event, found.occurrence, part, name=f"item{item.index}:offer")
    return Say("")


async def _rules(asked: Query, item: Item) -> Say:
    return Say(list_rules(item.scene.household))


_ANSWERS: dict[str, Callable[[Query, Item], Awaitable[Ask | Say]]] = {
    "agenda": _agenda,
    "free": _free,
    "find_slot": _find_slot,
    "resource": _resource,
    "when": _when,
    "conflicts": _conflicts,
    "who_drives": _who_drives,
    "rules": _rules,
}
