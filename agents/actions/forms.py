"""The form of an event: what it is drawn from."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from agents.scene import Scene
from scheduling.family import Household
from scheduling.forms import FormSheet, blank, filled
from scheduling.ports import UnitOfWork

NEXT = 400
"""Occurrences looked through for the next one of a series."""


async def form_sheet(scene: Scene, entry_id: UUID | None) -> FormSheet | None:
    """A new event's, or that of the event booked with an audit entry. None where that is not on
    the calendar any more."""
    household = scene.household
    if entry_id is None:
        me = (scene.member.id,) if scene.member else ()
        return FormSheet(household, blank(household, scene.local_now, me))
    entry = await scene.uow.audit.get(household.id, entry_id)
    changed = entry.changes[0][1] if entry and entry.changes else None
    return await event_sheet(scene.uow, household, changed.id, scene.now) if changed else None


async def event_sheet(
    uow: UnitOfWork, household: Household, event_id: UUID, now: datetime
) -> FormSheet | None:
    """The event at its next occurrence, or the last one where it has just passed; None where it
    is not on the calendar any more."""
    event = await uow.events.get(household.id, event_id)
    if event is None:
        return None
    since = now - timedelta(days=1)
    found = await uow.occurrences.of_event(household.id, event.id, since, NEXT)
    ahead = [o for o in found if o.span.end > now]
    return FormSheet(household, filled(event, (ahead or found)[0], household)) if found else None
