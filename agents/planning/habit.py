"""What is always so of a title, and the event at hand made so at once."""

from __future__ import annotations

from dataclasses import replace

from agents.actions.habits import keep_habit, whose
from agents.planning.change import LONGEST, plan_change
from agents.planning.item import Item
from agents.planning.targets import Found, find_target
from agents.readiness import Ask, Plan, Ready, Say
from scheduling.habits import title_key
from scheduling.language.readings import Change, Habit, Target
from scheduling.speech import tr


async def plan_habit(wanted: Habit, item: Item) -> Plan:
    """Keep it. What was shown last, if it has that title, becomes like that, on one card with
    Undo; so does what "no, ..." speaks against."""
    if wanted.duration is not None and wanted.duration > LONGEST:
        return Say(tr("That is longer than anything I can book, so I kept nothing."))
    line = await keep_habit(item.scene, wanted, item.index)
    target = None if wanted.remove else await _at_hand(wanted, item)
    if target is None:
        return Say(line)
    return told_with(line, await plan_change(target, item))


def told_with(line: str, plan: Plan) -> Plan:
    """The plan, with that line said along; only the line, where nothing is left to do."""
    if isinstance(plan, Ready):
        return replace(plan, note=line)
    if isinstance(plan, Ask):
        return replace(plan, text=f"{line}\n{plan.text}")
    return Say(line)


async def _at_hand(wanted: Habit, item: Item) -> Change | None:
    """The change of the event that the words are about, if one is at hand and lies ahead."""
    target = Target(words=wanted.title, who=wanted.who)
    shown = await find_target(Target(it=True), item) if item.focus else None
    if isinstance(shown, Found) and _is_meant(shown, wanted, item):
        return _change(Target(it=True), shown, wanted, item)
    found = await find_target(target, item) if wanted.corrects else None
    if isinstance(found, Found) and _is_meant(found, wanted, item):
        return _change(target, found, wanted, item)
    return None


def _is_meant(found: Found, wanted: Habit, item: Item) -> bool:
    household = item.scene.household
    theirs = set(whose(wanted, household)) <= set(found.occurrence.people)
    same = title_key(found.event.title) == title_key(wanted.title)
    return theirs and same and found.occurrence.span.end > item.scene.now


def _change(target: Target, found: Found, wanted: Habit, item: Item) -> Change:
    household = item.scene.household
    others: tuple[str, ...] = ()
    if wanted.people and not wanted.also:
        there = (household.member(i) for i in found.occurrence.people)
        others = tuple(m.name for m in there if m is not None and m.name not in wanted.people)
    # All-day events have no length of hours.
    duration = None if found.event.all_day else wanted.duration
    return Change(
        target,
        place=wanted.place,
        duration=duration,
        add_people=wanted.people,
        remove_people=others,
        add_resources=wanted.resources,
        scope="series" if found.event.repeats else None,
    )
