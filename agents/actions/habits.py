"""What is always so of a title: kept as a parent says it, said back, and taken away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from agents.scene import Scene
from scheduling.family import Household
from scheduling.habits import Habit, title_key
from scheduling.phrasing import and_list, duration_words, names, resource_names
from scheduling.speech import tr

if TYPE_CHECKING:
    # Of the grammar: a receiver, which reads nothing, does without.
    from scheduling.language.readings import Habit as Said


async def keep_habit(scene: Scene, said: Said, index: int) -> str:
    """Keep it, or take it away; the sentence that says so. Raises NotAllowed for anyone but a
    parent."""
    scene = await scene.locked()
    scene.require_decider(tr("say what is always so"))
    key, members = title_key(said.title), whose(said, scene.household)
    known = await scene.uow.habits.of_title(scene.household.id, key)
    if said.remove:
        return await _take_away(scene, said, key, known)
    before = next((h for h in known if h.members == members), None)
    new = Habit(scene.id(f"item{index}:habit"), scene.household.id, key, said.title, members)
    habit = _with(before or new, said, scene.household)
    await scene.uow.habits.save(habit)
    like = words(_only_said(habit, said), scene.household)
    title = _title(said.title, members, scene.household)
    return tr("From now on, {title} is always {like}.", title=title, like=like)


def whose(said: Said, household: Household) -> tuple[UUID, ...]:
    """Ids of those named, in order, so that the same people make the same habit."""
    return tuple(sorted(_ids(said.who.names, household)))


def _ids(named: tuple[str, ...], household: Household) -> tuple[UUID, ...]:
    found = (household.named(name) for name in named)
    return tuple(dict.fromkeys(m.id for m in found if m is not None))


def _with(habit: Habit, said: Said, household: Household) -> Habit:
    people = _ids(said.people, household)
    things = (household.resource_named(name) for name in said.resources)
    return replace(
        habit,
        length=said.duration or habit.length,
        place=said.place or habit.place,
        people=tuple(dict.fromkeys((*(habit.people if said.also else ()), *people)))
        or habit.people,
        resources=tuple(dict.fromkeys(r.id for r in things if r is not None)) or habit.resources,
    )


def _only_said(habit: Habit, said: Said) -> Habit:
    return replace(
        habit,
        length=habit.length if said.duration else None,
        place=habit.place if said.place else None,
        people=habit.people if said.people else (),
        resources=habit.resources if said.resources else (),
    )


async def _take_away(scene: Scene, said: Said, key: str, known: list[Habit]) -> str:
    """What was said of it, and what its events so far would tell, or the next booking would
    assume the same again."""
    household = scene.household
    members = whose(said, household)
    for habit in known:
        if not said.who.said or habit.members == members:
            await scene.uow.habits.save(_without(habit, said, household))
    await scene.uow.habits.forget(household.id, key)
    title = _title(said.title, members, household)
    gone = _only_said(_with(Habit(household.id, household.id, key), said, household), said)
    if gone.says_nothing:
        return tr("I forgot what {title} usually is.", title=title)
    return tr(
        "From now on, {title} is not always {like}.", title=title, like=words(gone, household)
    )


def _without(habit: Habit, said: Said, household: Household) -> Habit:
    gone = _only_said(_with(habit, said, household), said)
    everything = gone.says_nothing
    leaving = _ids(said.people, household)
    return replace(
        habit,
        length=None if everything or said.duration else habit.length,
        place=None if everything or said.place else habit.place,
        people=() if everything else tuple(p for p in habit.people if p not in leaving),
        resources=() if everything or said.resources else habit.resources,
    )


def _title(title: str, members: tuple[UUID, ...], household: Household) -> str:
    owner = names(household, members)
    return tr("{owner}'s {title}", owner=owner, title=title) if owner else title


def words(habit: Habit, household: Household) -> str:
    """ "1 hour 30 minutes, at Riverside Park and with the car"."""
    things = resource_names(household, habit.resources)
    people = names(household, habit.people)
    parts = (
        duration_words(habit.length) if habit.length else "",
        tr("at {place}", place=habit.place) if habit.place else "",
        tr("with {things}", things=things) if things else "",
        tr("for {people}", people=people) if people else "",
    )
    return and_list([part for part in parts if part])


def list_habits(habits: list[Habit], household: Household) -> str:
    """A line for each, as understood."""
    lines = []
    for habit in habits:
        title, like = _title(habit.name, habit.members, household), words(habit, household)
        lines.append(tr("• {title} is always {like}", title=title, like=like))
    return "\n".join(lines)
