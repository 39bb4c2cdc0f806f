"""A calendar file: what of it is new, what has changed, what does not fit; asked about as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from agents.drafting import clashes, draft
from agents.planning.item import Item
from agents.planning.people import people_of
from agents.readiness import Ask, Plan, Say
from agents.scene import Scene
from scheduling.edits import AddEvent, CancelEvent, Edit, ReplaceEvent
from scheduling.errors import SchedulingError
from scheduling.events import Event, Participant, Status
from scheduling.imports import CalendarFile, ImportedEvent, event_id
from scheduling.language.interpret import interpret
from scheduling.language.readings import Context, Create
from scheduling.phrasing import event_words, names
from scheduling.proposals import Option
from scheduling.recurrence import materialise
from scheduling.words import counted

SHOWN = 8
"""Lines of each kind on the card; a phone shows no more at once."""
MOST_OCCURRENCES = 5_000
"""Of a whole file, a year and a half ahead: a family of six with a full day every day."""
TOO_MUCH = (
    "That file would put more than 5,000 dates on your calendar, so I took none of it. "
    "Please send a smaller part."
)
COPIES = 8
"""How often the same event may be cancelled here and sent again."""


@dataclass(slots=True)
class _Sorted:
    """The file's events by what would become of them."""

    new: list[Edit] = field(default_factory=list)
    changed: list[Edit] = field(default_factory=list)
    gone: list[Edit] = field(default_factory=list)
    same: int = 0
    over: int = 0
    occurrences: int = 0
    unread: list[str] = field(default_factory=list)
    clashing: list[str] = field(default_factory=list)

    @property
    def edits(self) -> tuple[Edit, ...]:
        return (*self.new, *self.changed, *self.gone)


async def plan_file(file: CalendarFile, item: Item) -> Plan:
    """One question for the whole file. What breaks a rule or clashes is left out and named: the
    rest is not held up by it."""
    scene = item.scene
    found = _Sorted(unread=list(file.unread))
    known = await _known(file, scene)
    people = _people(item)
    for event in file.events:
        _sort(event, known[event.uid], people, item, found)
        if found.occurrences > MOST_OCCURRENCES:
            return Say(TOO_MUCH)
    await _leave_out_clashes(found, scene)
    if not found.edits:
        return Say(_nothing(file, found))
    return Ask(
        "import",
        _card(found, people, scene),
        (Option(_label(found), edits=found.edits),),
        kind="confirm",
        heading=f"{file.name}: put it on the calendar?",
        edits=found.edits,
    )


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


def _people(item: Item) -> tuple[Participant, ...]:
    """Whom the words beside the file name ("for Mia"); nobody, where they name no one."""
    scene = item.scene
    persons = Context(
        sender=scene.speaker.name if scene.speaker else "", people=people_of(scene.household)
    )
    words = f"appointment tomorrow at 9am {item.text}"
    (made, *_) = interpret(words, persons, scene.local_now).items or (None,)
    if not isinstance(made, Create) or not made.who.said:
        return ()
    members = [scene.household.named(name) for name in made.who.names]
    return tuple(Participant(m.id) for m in members if m is not None)


def _sort(
    event: ImportedEvent,
    known: tuple[UUID, Event | None],
    people: tuple[Participant, ...],
    item: Item,
    found: _Sorted,
) -> None:
    own_id, current = known
    new = _event(event, own_id, people, item)
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
    event: ImportedEvent, own_id: UUID, people: tuple[Participant, ...], item: Item
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
    )


def _as_filed(event: Event) -> tuple[object, ...]:
    """What a file says of an event."""
    return (
        *(event.title, event.start, event.duration, event.timezone, event.all_day),
        *(event.rrule, event.cancelled, event.place, event.transparent),
        tuple(replace(o, participants=None, resources=None) for o in event.overrides),
    )


async def _leave_out_clashes(found: _Sorted, scene: Scene) -> None:
    planned = await draft(scene, found.edits)
    clashing: dict[UUID, str] = {}
    for conflict in await clashes(scene, planned):
        clashing.setdefault(conflict.candidate.event_id, conflict.sentence)
    if not clashing:
        return
    titles = {c.after.id: c.after.title for c in planned.changes}
    found.clashing = [f"{titles[i]}: {sentence}" for i, sentence in clashing.items()]
    found.new = [e for e in found.new if _id(e) not in clashing]
    found.changed = [e for e in found.changed if _id(e) not in clashing]


def _id(edit: Edit) -> UUID:
    return edit.event.id if isinstance(edit, AddEvent) else edit.event_id


def _label(found: _Sorted) -> str:
    parts = [
        f"add {len(found.new)}" if found.new else "",
        f"change {len(found.changed)}" if found.changed else "",
        f"cancel {len(found.gone)}" if found.gone else "",
    ]
    return ", ".join(part for part in parts if part).capitalize()


def _card(found: _Sorted, people: tuple[Participant, ...], scene: Scene) -> str:
    whose = names(scene.household, [p.member_id for p in people if p.member_id])
    lines = _listed("", found.new, scene)
    lines += _listed("Changed in the file:", found.changed, scene)
    if found.gone:
        lines.append(f"Cancelled in the file: {counted(len(found.gone), 'event', 'events')}.")
    lines += _named("Left out, because it clashes:", found.clashing)
    lines += _named("Left out, because I can't keep it:", found.unread)
    lines += _counted(found)
    if found.new:
        lines.append(f"For {whose}." if whose else "For nobody in particular.")
    return "\n".join(lines)


def _listed(heading: str, edits: Sequence[Edit], scene: Scene) -> list[str]:
    if not edits:
        return []
    settings, today = scene.household.settings, scene.local_now.date()
    events = [e.event for e in edits if isinstance(e, AddEvent | ReplaceEvent)]
    events.sort(key=lambda e: (e.start, e.title))
    lines = [f"• {event_words(e, settings, today)}  {e.title}" for e in events[:SHOWN]]
    more = [f"… and {len(events) - SHOWN} more"] if len(events) > SHOWN else []
    return [*([heading] if heading else []), *lines, *more]


def _named(heading: str, found: Sequence[str]) -> list[str]:
    if not found:
        return []
    more = [f"… and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return [heading, *(f"• {each}" for each in found[:SHOWN]), *more]


def _counted(found: _Sorted) -> list[str]:
    lines = [
        f"{counted(found.same, 'event is', 'events are')} on the calendar already."
        if found.same
        else "",
        f"{counted(found.over, 'event is', 'events are')} over." if found.over else "",
    ]
    return [line for line in lines if line]


def _nothing(file: CalendarFile, found: _Sorted) -> str:
    lines = [f"There is nothing to add from {file.name}.", *_counted(found)]
    lines += _named("Left out, because it clashes:", found.clashing)
    lines += _named("Left out, because I can't keep it:", found.unread)
    return "\n".join(lines)
