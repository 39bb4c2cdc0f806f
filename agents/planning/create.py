"""Booking an event, or a bare reminder."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from agents.planning.exceptions import exception_dates
from agents.planning.item import Item
from agents.planning.leads import in_time, too_late
from agents.planning.people import people, unknown_people
from agents.planning.rides import is_child
from agents.planning.sense import overnight, unreal_date
from agents.planning.targets import Found, find_target
from agents.planning.times import Slot, settle
from agents.planning.usual import as_said, as_usual
from agents.readiness import SURE, Ask, Plan, Ready, Say
from agents.wording import new_event
from scheduling.edits import AddEvent, ChangeEvent
from scheduling.events import Event, Part, Participant
from scheduling.family import Household
from scheduling.language.readings import Create, Remind
from scheduling.proposals import Option
from scheduling.speech import tr

LONGEST_TITLE = 200


async def plan_create(wanted: Create, item: Item, *, as_ever: bool = True) -> Plan:
    """An AddEvent, or the one question that is missing. as_ever: what is left out is as events
    of the title usually are; not so for what others have written."""
    title = _title(wanted.title or str(item.answers.get("title", {}).get("text", "")))
    if not title:
        return Ask("title", tr("What is it? Tell me a name for it."), free=True)
    unreal = unreal_date(title, item.text, item.scene.local_now)
    if unreal is not None:
        return Say(unreal)
    slot = settle(wanted.when, title, item)
    if not isinstance(slot, Slot):
        return slot
    late = overnight(wanted.when, slot.duration, item.text) if wanted.when else None
    if late is not None and not slot.all_day and "sure" not in item.answers:
        return late
    asked = unknown_people(wanted.who, item)
    if isinstance(asked, Ask | Say):
        return asked
    filled = as_said(wanted, slot, asked, item)
    filled = await as_usual(wanted, title, filled, item) if as_ever else filled
    reminders, late_notes = wanted.reminders, tuple[str, ...]()
    if wanted.when is not None and wanted.when.repeat is None:
        reminders, late_notes = in_time(wanted.reminders, slot.start, item)
    left_out, notes = await _exceptions(wanted, slot, item)
    event = Event(
        id=item.id("event"),
        household_id=item.scene.household.id,
        title=_title(f"{title}, {wanted.note}") if wanted.note else title,
        start=slot.start,
        duration=filled.slot.duration,
        timezone=item.scene.household.timezone,
        all_day=slot.all_day,
        wall_end=slot.wall_end,
        rrule=wanted.when.repeat.rrule if wanted.when and wanted.when.repeat else None,
        cancelled=left_out,
        participants=_participants(wanted, filled.people, item.scene.household),
        resources=filled.resources,
        place=filled.place,
        transparent=slot.transparent,
        reminders=reminders or None,
        chat_id=item.scene.chat_id,
        created_by=item.scene.member.id if item.scene.member else None,
    )
    unsure = wanted.confidence < SURE and wanted.when is not None
    if unsure and "sure" not in item.answers:
        return _sure(event, item)
    return Ready(
        (AddEvent(event),), assumed=(*filled.assumed, *late_notes, *notes), usual=filled.usual
    )


def _title(said: str) -> str:
    """The title as data: one line, no control characters, of a bearable length."""
    line = " ".join("".join(c if c.isprintable() else " " for c in said).split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"


def _sure(event: Event, item: Item) -> Ask:
    lines = new_event(event, item.scene.household, item.scene.local_now.date())
    return Ask(
        "sure",
        "\n".join([*lines, tr("Shall I put “{title}” on the calendar?", title=event.title)]),
        (Option(tr("Yes, book it"), answer=True), Option(tr("No"), answer=False)),
    )


def _participants(
    wanted: Create, attendees: tuple[UUID, ...], household: Household
) -> tuple[Participant, ...]:
    found = [Participant(i) for i in attendees]
    driver = household.named(wanted.driver) if wanted.driver else None
    if driver is not None:
        # An adult has to drive: a child's offer leaves the part open.
        found.append(Participant(None if is_child(driver) else driver.id, Part.DRIVER))
    if wanted.open_role is not None:
        found.append(Participant(None, Part(wanted.open_role)))
    return tuple(found)


async def _exceptions(
    wanted: Create, slot: Slot, item: Item
) -> tuple[tuple[datetime, ...], tuple[str, ...]]:
    repeat = wanted.when.repeat if wanted.when else None
    if repeat is None:
        return (), ()
    dates, notes = await exception_dates(repeat, item.scene)
    return tuple(datetime.combine(d, slot.start.time()) for d in dates), notes


async def plan_remind(wanted: Remind, item: Item) -> Plan:
    """A bare reminder at a moment, or one more lead before an event that exists."""
    if wanted.target is not None and wanted.before is not None:
        return await _before_event(wanted, item)
    title = _title(wanted.title or str(item.answers.get("title", {}).get("text", "")))
    if not title:
        return Ask("title", tr("What shall I remind you of?"), free=True)
    slot = settle(wanted.when, title, item)
    if not isinstance(slot, Slot):
        return slot
    scene = item.scene
    event = Event(
        id=item.id("event"),
        household_id=scene.household.id,
        title=title,
        start=slot.start if not slot.all_day else slot.start + timedelta(hours=9),
        duration=timedelta(minutes=1),
        timezone=scene.household.timezone,
        rrule=wanted.when.repeat.rrule if wanted.when and wanted.when.repeat else None,
        participants=tuple(Participant(i) for i in people(wanted.who, scene)),
        transparent=True,
        reminder_only=True,
        chat_id=scene.chat_id,
        created_by=scene.member.id if scene.member else None,
    )
    return Ready((AddEvent(event),))


async def _before_event(wanted: Remind, item: Item) -> Plan:
    assert wanted.target is not None
    assert wanted.before is not None
    found = await find_target(wanted.target, item)
    if not isinstance(found, Found):
        return found
    asked = (wanted.before, *wanted.also)
    late = too_late(asked, found, item)
    if late is not None:
        return late
    leads = (*(found.event.reminders or ()), *asked)
    edit = ChangeEvent(
        found.event.id,
        found.occurrence.recurrence_id,
        scope="series",
        reminders=tuple(dict.fromkeys(leads)),
    )
    return Ready((edit,))
