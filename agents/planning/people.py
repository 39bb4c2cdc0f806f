"""Who is meant."""

from __future__ import annotations

from uuid import UUID

from agents.planning.item import Item
from agents.readiness import Ask, Say
from agents.scene import Scene
from scheduling.family import Household
from scheduling.language.readings import Context, Person, Who
from scheduling.proposals import Option
from scheduling.speech import tr


def everyone(scene: Scene) -> tuple[UUID, ...]:
    return tuple(m.id for m in scene.household.members)


def people(who: Who, scene: Scene) -> tuple[UUID, ...]:
    """Ids of those named; of the one whose words they are where no one is."""
    if who.everyone:
        return everyone(scene)
    found = [scene.household.named(name) for name in who.names]
    ids = tuple(dict.fromkeys(m.id for m in found if m is not None))
    if ids or who.said or scene.speaker is None:
        return ids
    return (scene.speaker.id,)


def unknown_people(who: Who, item: Item) -> tuple[UUID, ...] | Ask | Say:
    """Ids of people whom an answer has made members meanwhile; else the question about the
    first name the family does not have."""
    known = []
    for name in who.unknown:
        member = item.scene.household.named(name)
        if member is not None:
            known.append(member.id)
        elif f"person:{name}" not in item.answers:
            return Ask(
                f"person:{name}",
                tr("I don't know {name} in this family.", name=name),
                (
                    Option(tr("Book without {name}", name=name), answer={"without": True}),
                    Option(tr("Leave it"), answer=False),
                ),
                heading=tr("Who is that?"),
            )
    return tuple(known)


def names_of(scene: Scene) -> Context:
    """What the grammar may know of a file's words: the family, and nothing on its calendar."""
    household = scene.household
    return Context(
        sender=scene.speaker.name if scene.speaker else "",
        people=people_of(household),
        resources=tuple(r.name for r in household.resources),
        language=household.settings.language,
    )


def people_of(household: Household) -> tuple[Person, ...]:
    return tuple(Person(m.name, m.aliases, m.role.value) for m in household.members)
