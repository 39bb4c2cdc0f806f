"""A calendar file: what of it is new, what has changed, what does not fit; asked about as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from agents.planning.file_card import Sorted, people_beside, put_to_family, source_of
from agents.planning.item import Item
from agents.readiness import Plan, Say
from agents.scene import Scene
from scheduling.edits import AddEvent, CancelEvent, ReplaceEvent
from scheduling.errors import SchedulingError
from scheduling.events import Event, Participant, Source, Status
from scheduling.imports import CalendarFile, ImportedEvent, event_id
from scheduling.recurrence import materialise
from scheduling.speech import N_, tr

MOST_OCCURRENCES = 5_000
"""Of a whole file, a year and a half ahead: a family of six with a full day every day."""
TOO_MUCH = N_(
    "That file would put more than 5,000 dates on your calendar, so I took none of it. "
    "Please send a smaller part."
)
COPIES = 8
"""How often the same event may be cancelled here and sent again."""


async def plan_file(file: CalendarFile, item: Item) -> Plan:
    """The question, or why there is none."""
    scene = item.scene
    found = Sorted(unread=list(file.unread))
    known = await _known(file, scene)
    people, source = people_beside(item), source_of(file.name, item)
    for event in file.events:
        _sort(event, known[event.uid], people, source, item, found)
        if found.occurrences > MOST_OCCURRENCES:
            return Say(tr(TOO_MUCH))
    return await put_to_family(file.name, found, people, item)


async def _known(file: CalendarFile, scene: Scene) -> dict[str, tuple[UUID, Event | None]]:
    """For each uid the id it has here, and the event, if it is on the calendar."""
    home = scene.household.id
    ids = {e.uid: [event_id(home, e.uid, n) for n in range(COPIES)] for e in file.events}
    stored = await scene.uow.events.many(home, [i for copies in ids.values() for i in copies])
    by_id = {event.id: event for event in stored}
    return {uid: _current(copies, by_id) for uid, copies in ids.items()}


def _current(copies: Sequence[UUID], stored: dict[UUID, Event]) -> tuple[UUID, Event | None]:
    """The one that is on the calendar, else the first that never was: what the family has
    cancelled and is sent again comes as new."""
    for each in copies:
        event = stored.get(each)
        if event is None:
            return each, None
        if event.status is not Status.CANCELLED:
            return each, event
    return copies[-1], None


def _sort(
    event: ImportedEvent,
    known: tuple[UUID, Event | None],
    people: tuple[Participant, ...],
    source: Source,
    item: Item,
    found: Sorted,
) -> None:
    own_id, current = known
    new = _event(event, own_id, people, source, item)
    if event.gone:
        if current is not None:
            found.gone.append(CancelEvent(own_id, current.start, "series"))
        return
    try:
        ahead = [o for o in materialise(new, item.scene.now)[0] if o.span.end > item.scene.now]
    except SchedulingError as error:
        found.unread.append(f"{event.title}: {error}")
        return
    found.occurrences += len(ahead)
    if not ahead:
        found.over += 1
    elif current is None:
        found.new.append(AddEvent(new))
    elif _as_filed(current) == _as_filed(new):
        found.same += 1
    else:
        found.changed.append(ReplaceEvent(own_id, current.start, new))


def _event(
    event: ImportedEvent,
    own_id: UUID,
    people: tuple[Participant, ...],
    source: Source,
    item: Item,
) -> Event:
    scene = item.scene
    return Event(
        id=own_id,
        household_id=scene.household.id,
        title=event.title,
        start=event.start,
        duration=event.duration,
        timezone=event.timezone,
        all_day=event.all_day,
        rrule=event.rrule,
        cancelled=event.cancelled,
        overrides=event.overrides,
        participants=people,
        place=event.place,
        transparent=event.transparent,
        chat_id=scene.chat_id,
        created_by=scene.member.id if scene.member else None,
        source=source,
    )


def _as_filed(event: Event) -> tuple[object, ...]:
    """What a file says of an event."""
    return (
        *(event.title, event.start, event.duration, event.timezone, event.all_day),
        *(event.rrule, event.cancelled, event.place, event.transparent),
        tuple(replace(o, participants=None, resources=None) for o in event.overrides),
    )
