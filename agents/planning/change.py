"""Changing anything about an event but its time."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from agents.planning.cancel import plan_cancel
from agents.planning.item import Item
from agents.planning.leads import too_late
from agents.planning.rides import find_changed, refused_driver
from agents.planning.targets import (
    Found,
    confirm_series,
    points_at_one,
    scope_question,
    scope_settled,
)
from agents.readiness import Plan, Ready, Say
from scheduling.edits import ChangeEvent
from scheduling.events import Part, Participant
from scheduling.language.readings import Cancel, Change, Scope
from scheduling.speech import tr

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(days=60)


async def plan_change(wanted: Change, item: Item) -> Plan:
    """A ChangeEvent of the one event meant."""
    household = item.scene.household
    if wanted.unknown_people:
        name = wanted.unknown_people[0]
        return Say(
            tr(
                "I don't know {name} in this family. /family add {name} makes them a member.",
                name=name,
            )
        )
    refused = refused_driver(wanted, item)
    if refused is not None:
        return Say(refused)
    found = await find_changed(wanted, item)
    if not isinstance(found, Found):
        return found
    if found.event.reminder_only and wanted.reminders == ():
        # A bare reminder without its reminder is nothing at all.
        return await plan_cancel(Cancel(wanted.target, wanted.scope), item)
    late = too_late(wanted.reminders or (), found, item)
    if late is not None:
        return late
    scope = _scope(wanted, found, item)
    if scope is None:
        return scope_question(found, "Change", item)
    duration = _duration(wanted, found)
    if duration is not None and not SHORTEST <= duration <= LONGEST:
        return Say(tr("That would leave no time for it. How long shall it be?"))
    people = _participants(wanted, found, item)
    taken = [household.resource_named(n) for n in wanted.remove_resources]
    added = [household.resource_named(n) for n in wanted.add_resources]
    resources = _without(
        (*found.occurrence.resources, *(r.id for r in added if r)), [r.id for r in taken if r]
    )
    edit = ChangeEvent(
        found.event.id,
        found.occurrence.recurrence_id,
        scope=scope,
        title=wanted.title,
        place=wanted.place,
        duration=duration,
        participants=people if people != found.occurrence.participants else None,
        resources=resources if resources != found.occurrence.resources else None,
        reminders=wanted.reminders,
        split_id=item.id("split"),
    )
    if edit == ChangeEvent(
        found.event.id, found.occurrence.recurrence_id, scope=scope, split_id=edit.split_id
    ):
        return Say(tr("{title} is like that already.", title=found.event.title))
    asks = wanted.reminders is None and scope != "one" and not scope_settled(item)
    if asks and found.event.repeats:
        return confirm_series(found, "Change", edit, scope, item)
    return Ready((edit,))


def _scope(wanted: Change, found: Found, item: Item) -> Scope | None:
    """Which of a series is changed; None where that has to be asked."""
    said: Scope | None = item.answers.get("scope") or wanted.scope
    if not found.event.repeats or (wanted.reminders is not None and said is None):
        return "series"
    if said is None and (points_at_one(wanted.target) or _only_here(wanted, found, item)):
        return "one"
    return said


def _only_here(wanted: Change, found: Found, item: Item) -> bool:
    """Whether somebody who gives it up drives on that day alone, and not every time."""
    if wanted.released is None:
        return False
    member = item.scene.household.named(wanted.released[1])
    if member is None:
        return False
    return Participant(member.id, Part(wanted.released[0])) not in found.event.participants


def _duration(wanted: Change, found: Found) -> timedelta | None:
    if wanted.longer is not None:
        return found.occurrence.span.duration + wanted.longer
    return wanted.duration


def _participants(wanted: Change, found: Found, item: Item) -> tuple[Participant, ...]:
    household = item.scene.household
    now = list(found.occurrence.participants)
    for name in wanted.add_people:
        member = household.named(name)
        if member is not None and Participant(member.id) not in now:
            now.append(Participant(member.id))
    gone = {m.id for name in wanted.remove_people if (m := household.named(name))}
    now = [p for p in now if p.member_id not in gone]
    if wanted.assign is not None:
        part = Part(wanted.assign[0])
        member = household.named(wanted.assign[1])
        now = [p for p in now if p.part is not part]
        if member is not None:
            now.append(Participant(member.id, part))
    if wanted.released is not None:
        part, member = Part(wanted.released[0]), household.named(wanted.released[1])
        now = [
            Participant(None, part) if member and p == Participant(member.id, part) else p
            for p in now
        ]
    if wanted.open_role is not None and not any(p.part is Part(wanted.open_role) for p in now):
        now.append(Participant(None, Part(wanted.open_role)))
    return tuple(now)


def _without(ids: tuple[UUID, ...], taken: list[UUID]) -> tuple[UUID, ...]:
    return tuple(i for i in dict.fromkeys(ids) if i not in taken)
