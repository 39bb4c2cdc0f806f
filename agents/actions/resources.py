"""Things the family shares: new ones, changed ones, and ones out of use."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from agents.plain import one_line
from agents.queries.things import AHEAD, clashes_within, heads_up
from agents.readiness import Say
from agents.scene import Scene
from scheduling.family import Household, Resource, ResourceType
from scheduling.matching import named_span
from scheduling.phrasing import span_words, the
from scheduling.span import Span
from scheduling.speech import N_, tr

if TYPE_CHECKING:
    from scheduling.language import readings

LONGEST_NAME, LONGEST_LINE = 60, 1_000
MOST_USES = 1_000
_USAGE = N_("To change it: /resources add van · /resources add bike 3 · /resources remove van")


async def say_resource(scene: Scene, asked: readings.Resource, index: int) -> Say:
    """Keep what was said about a thing. Raises NotAllowed for anyone but a parent."""
    scene = await scene.locked()
    scene.require_parent(tr("change what the family shares"))
    known = scene.household.resource_named(asked.name)
    if asked.remove:
        return await _remove(scene, known, asked.name)
    thing = known or Resource(scene.id(f"thing{index}"), asked.name, ResourceType(asked.type))
    if asked.capacity is not None:
        if not 0 <= asked.capacity <= MOST_USES:
            return Say(
                tr(
                    "How many can use {asked} at once? 0 to {most_uses}.",
                    asked=the(asked.name),
                    most_uses=MOST_USES,
                )
            )
        thing = replace(thing, capacity=asked.capacity)
    if asked.back:
        thing = replace(thing, out=())
    out = _out(asked, scene)
    if out is not None:
        thing = replace(thing, out=(*[s for s in thing.out if s.end > scene.now], out))
    await scene.uow.households.save_resource(scene.household.id, thing)
    return Say(_words(thing, scene.household, new=known is None) + await _against(thing, scene))


async def _against(thing: Resource, scene: Scene) -> str:
    """What had booked the thing for a time in which it is not to be had now."""
    others = tuple(r for r in scene.household.resources if r.id != thing.id)
    household = replace(scene.household, resources=(*others, thing))
    found = await clashes_within(scene, household, Span(scene.now, scene.now + AHEAD))
    return heads_up([c for c in found if c.resource == thing.id], household)


def _out(asked: readings.Resource, scene: Scene) -> Span | None:
    if asked.out is None:
        return None
    named = named_span(asked.out, scene.household)
    if named is None:
        return None
    return named if named.end > scene.now else None


async def _remove(scene: Scene, known: Resource | None, name: str) -> Say:
    if known is None:
        return Say(tr("The family shares no {name} that I know of.", name=name))
    await scene.uow.households.remove_resource(scene.household.id, known.id)
    return Say(tr("{known} is no longer shared. Events that used it stay.", known=known.name))


def _words(thing: Resource, household: Household, *, new: bool) -> str:
    told = N_("You now share: {thing}") if new else N_("Noted: {thing}")
    line = tr(told, thing=resource_line(thing, household))
    if thing.capacity == 0:
        line += tr(" Nobody can book it until its number is raised.")
    return line


_KINDS = {
    ResourceType.VEHICLE: N_("vehicle"),
    ResourceType.ROOM: N_("room"),
    ResourceType.EQUIPMENT: N_("equipment"),
    ResourceType.OTHER: N_("other"),
}


def resource_line(thing: Resource, household: Household) -> str:
    """ "car (vehicle, one use at a time), out of use Mon 9 Mar to Fri 13 Mar"."""
    uses = (
        tr("one use at a time")
        if thing.capacity == 1
        else tr("{capacity} uses at a time", capacity=thing.capacity)
    )
    line = f"{thing.name} ({tr(_KINDS[thing.type])}, {uses})"
    for span in thing.out:
        line += tr(", out of use {span}", span=span_words(span, household))
    return line + "."


def list_resources(household: Household) -> str:
    """Everything shared, a line each."""
    if not household.resources:
        return tr("You share nothing yet. Say “we have a car” or /resources add car.")
    return "\n".join(resource_line(r, household) for r in household.resources)


async def resources_command(scene: Scene, words: str) -> None:
    """/resources · /resources add van 1 · /resources remove van"""
    # Of the grammar: a receiver, which reads nothing, loads it only at such a command.
    from scheduling.language import readings

    verb, _, rest = words.partition(" ")
    named = re.fullmatch(r"(.*?\D)(?:\s+(-?[0-9]{1,30}))?", one_line(rest, LONGEST_LINE))
    if verb == "add" and named and re.search(r"\w", named[1]):
        asked = readings.Resource(
            name=named[1].strip()[:LONGEST_NAME],
            type=type_of(named[1]).value,
            capacity=int(named[2]) if named[2] else None,
        )
        said = await say_resource(scene, asked, 0)
    elif verb in ("remove", "delete") and rest.strip():
        said = await say_resource(scene, readings.Resource(name=rest.strip(), remove=True), 0)
    else:
        usage = f"\n{tr(_USAGE)}" if words else ""
        said = Say(list_resources(scene.household) + usage)
    await scene.say(said.text)


_TYPES = {
    ResourceType.VEHICLE: "car van truck bike bicycle scooter boat minivan suv",
    ResourceType.ROOM: "room kitchen garage office study basement garden pool",
    ResourceType.EQUIPMENT: "laptop tablet tv printer grill tent projector",
}


def type_of(name: str) -> ResourceType:
    """What kind of thing a name speaks of; `other` where it does not say."""
    words = set(name.casefold().split())
    return next(
        (t for t, known in _TYPES.items() if words & set(known.split())), ResourceType.OTHER
    )
