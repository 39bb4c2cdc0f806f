"""What is always so of a title: kept as a parent says it, said back, and taken away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from agents.scene import Scene
from scheduling.family import Household
from scheduling.habits import Habit, title_key
from scheduling.phrasing import and_list, duration_words, names, resource_names

if TYPE_CHECKING:
    # Of the grammar: a receiver, which reads nothing, does without.
    from scheduling.language.readings import Habit as Said


async def keep_habit(scene: Scene, said: Said, index: int) -> str:
    """Keep it, or take it away; the sentence that says so. Raises NotAllowed for anyone but a
    parent."""
    scene = await scene.locked()
    scene.require_decider("say what is always so")
    key, members = title_key(said.title), whose(said, scene.household)
    known = await scene.uow.habits.of_title(scene.household.id, key)
    if said.remove:
        return await _take_away(scene, said, key, known)
    before = next((h for h in known if h.members == members), None)
    new = Habit(scene.id(f"item{index}:habit"), scene.household.id, key, members)
    habit = _with(before or new, said, scene.household)
    await scene.uow.habits.save(habit)
    like = words(_only_said(habit, said), scene.household)
    return f"From now on, {_title(said, scene.household)} is always {like}."


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
    title = _title(said, household)
    gone = _only_said(_with(Habit(household.id, household.id, key), said, household), said)
    if gone.says_nothing:
        return f"I forgot what {title} usually is."
    return f"{title[0].upper()}{title[1:]} is not always {words(gone, household)} any more."


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


def _title(said: Said, household: Household) -> str:
    owner = names(household, whose(said, household))
    return f"{owner}'s {said.title}" if owner else said.title


def words(habit: Habit, household: Household) -> str:
    """ "1 hour 30 minutes, at Riverside Park and with the car"."""
    parts = (
        duration_words(habit.length) if habit.length else "",
        f"at {habit.place}" if habit.place else "",
        f"with {resource_names(household, habit.resources)}" if habit.resources else "",
        f"for {names(household, habit.people)}" if habit.people else "",
    )
    return and_list([part for part in parts if part])


def list_habits(habits: list[Habit], household: Household) -> str:
    """A line for each, as understood."""
    lines = []
    for habit in habits:
        owner = names(household, habit.members)
        title = f"{owner}'s {habit.title}" if owner else habit.title
        lines.append(f"• {title} is always {words(habit, household)}")
    return "\n".join(lines)
