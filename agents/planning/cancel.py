"""Taking something off the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from agents.planning.cancel_all import means_everything, plan_cancel_all, yes_to
from agents.planning.item import Item
from agents.planning.targets import (
    Found,
    confirm_series,
    find_target,
    points_at_one,
    scope_question,
    scope_settled,
)
from agents.readiness import Ask, Plan, Ready, Say
from scheduling.edits import CancelEvent
from scheduling.events import Occurrence
from scheduling.language.readings import Cancel, Scope
from scheduling.matching import named_span
from scheduling.phrasing import days_words, local
from scheduling.proposals import Option
from scheduling.recurrence import to_instant
from scheduling.speech import tr


async def plan_cancel(wanted: Cancel, item: Item) -> Plan:
    """One occurrence goes at once; a series, or the rest of one, is asked about first."""
    if means_everything(wanted.target, item):
        return await plan_cancel_all(wanted.target, item)
    found = await find_target(wanted.target, item)
    if isinstance(found, Say) and wanted.scope == "following":
        found = await _from_then_on(wanted, item) or found
    if not isinstance(found, Found):
        return found
    scope: Scope | None = item.answers.get("scope") or wanted.scope
    if not found.event.repeats:
        return Ready((_edit(found, "series"),))
    within = await _within(wanted, found, item) if scope in (None, "one") else []
    if len(within) > 1:
        return _several(found, within, item)
    if scope is None and not points_at_one(wanted.target):
        return scope_question(found, "Cancel", item)
    if scope in (None, "one") or scope_settled(item):
        return Ready((_edit(found, scope or "one"),))
    return confirm_series(found, "Cancel", _edit(found, scope), scope, item)


async def _from_then_on(wanted: Cancel, item: Item) -> Found | None:
    """ "yoga ends after March": the first of the series from that day on, whenever it is."""
    scene, when = item.scene, wanted.target.when
    if when is None or when.start is None:
        return None
    found = await find_target(replace(wanted.target, when=None), item)
    if not isinstance(found, Found) or not found.event.repeats:
        return None
    day = when.start.date() if isinstance(when.start, datetime) else when.start
    first = to_instant(datetime.combine(day, time()), scene.household.zone)
    later = await scene.uow.occurrences.of_event(scene.household.id, found.event.id, first, 1)
    return replace(found, occurrence=later[0]) if later else None


async def _within(wanted: Cancel, found: Found, item: Item) -> list[Occurrence]:
    """The series' occurrences within the stretch that was named ("from Dec 21 to Jan 3")."""
    scene = item.scene
    span = named_span(wanted.target.when, scene.household) if wanted.target.when else None
    if span is None or wanted.target.last:
        return []
    there = await scene.uow.occurrences.overlapping(scene.household.id, span)
    return [o for o in there if o.event_id == found.event.id and o.span.end > scene.now]


def _several(found: Found, within: Sequence[Occurrence], item: Item) -> Ask:
    household = item.scene.household
    days = days_words(local(o.span.start, household.zone).date() for o in within)
    edits = tuple(CancelEvent(o.event_id, o.recurrence_id, "one") for o in within)
    return Ask(
        "confirm",
        tr("Cancel {title} on {days}?", title=found.event.title, days=days),
        (Option(yes_to(edits), edits=edits),),
        kind="confirm",
        heading=tr("Are you sure?"),
        edits=edits,
    )


def _edit(found: Found, scope: Scope) -> CancelEvent:
    return CancelEvent(found.event.id, found.occurrence.recurrence_id, scope)
