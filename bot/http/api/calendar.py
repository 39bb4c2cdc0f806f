"""Reading the calendar: what is on, when everybody is free, what stands against what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from bot.http.api.caller import Caller, Reader
from bot.http.api.problems import Problem, documented
from bot.http.api.views import (
    Conflicts,
    Events,
    EventView,
    Slots,
    SlotView,
    asked_view,
    conflict_view,
    event_view,
    occurrence_view,
)
from scheduling.slots import free_slots
from scheduling.span import Span

router = APIRouter(tags=["calendar"])

EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
LONGEST_WINDOW = timedelta(days=366)
USUAL_WINDOW = timedelta(days=7)

From = Annotated[AwareDatetime | None, Query(alias="from", description="Left out: now.")]
To = Annotated[AwareDatetime | None, Query(description="Left out: a week later.")]


@router.get("/events", responses=documented())
async def events(caller: Reader, start: From = None, to: To = None) -> Events:
    """What is on the calendar, occurrence by occurrence, in order of start."""
    window = _window(caller, start, to)
    async with caller.backend.reader() as uow:
        found = await uow.known.overlapping(caller.token.household_id, caller.stamp, window)
    return Events(occurrences=[occurrence_view(each) for each in found])


@router.get("/events/{event_id}", responses=documented(404))
async def event(event_id: UUID, caller: Reader) -> EventView:
    """One event or series."""
    async with caller.backend.reader() as uow:
        found = await uow.events.get(caller.token.household_id, event_id)
    if found is None:
        raise Problem(404, "There is no such event.")
    return event_view(found)


@router.get("/free-slots", responses=documented(404))
async def slots(
    caller: Reader,
    start: From = None,
    to: To = None,
    minutes: Annotated[int, Query(ge=5, le=7 * 24 * 60, description="How long it takes.")] = 60,
    member: Annotated[
        list[UUID] | None, Query(max_length=50, description="Whose; left out: everybody's.")
    ] = None,
    resource: Annotated[list[UUID] | None, Query(max_length=50)] = None,
) -> Slots:
    """Stretches in which all of them are free, under the family's rules."""
    window = _window(caller, start, to)
    things = resource or []
    ours, near = caller.token.household_id, window.padded(timedelta(days=1))
    async with caller.backend.reader() as uow:
        household = await uow.known.household(ours, caller.stamp)
        busy = await uow.known.overlapping(ours, caller.stamp, near)
    people = member or [m.id for m in household.members]
    unknown = [i for i in people if household.member(i) is None]
    if unknown or any(household.resource(i) is None for i in things):
        raise Problem(404, "Somebody or something named there is not of this family.")
    length = timedelta(minutes=minutes)
    found = free_slots(household, people, things, window, length, busy)
    return Slots(slots=[SlotView(start=s.start, end=s.end) for s in found])


@router.get("/conflicts", responses=documented())
async def conflicts(caller: Reader) -> Conflicts:
    """Clashes that nobody has settled, and the questions that stand open."""
    ours = caller.token.household_id
    async with caller.backend.reader() as uow:
        found = await uow.conflicts.open(ours)
        asked = await uow.proposals.open_of_household(ours)
    return Conflicts(
        conflicts=[conflict_view(row) for row in found], asked=[asked_view(each) for each in asked]
    )


def _window(caller: Caller, start: datetime | None, to: datetime | None) -> Span:
    """Raises Problem 422 for one that is empty, too long, or outside of what is kept."""
    for moment in (start, to):
        if moment is not None and not _is_kept(moment):
            raise Problem(422, "from and to lie between 1970 and 2200.")
    begin = start or (to - USUAL_WINDOW if to else caller.backend.clock.now())
    end = to or begin + USUAL_WINDOW
    if not begin < end:
        raise Problem(422, "from lies before to.")
    if end - begin > LONGEST_WINDOW:
        raise Problem(422, f"At most {LONGEST_WINDOW.days} days at once.")
    return Span(begin.astimezone(UTC), end.astimezone(UTC))


def _is_kept(moment: datetime) -> bool:
    # Compared as written first: near the ends of the calendar its offset leads out of it.
    bare = moment.replace(tzinfo=UTC)
    day = timedelta(days=1)
    return EARLIEST + day < bare < LATEST - day
