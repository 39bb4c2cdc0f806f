"""Finding the event that words point at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from agents.actions.edited import booking_of
from agents.planning.item import Item
from agents.readiness import Ask, Say
from agents.scene import Scene
from scheduling.edits import Edit, MoveEvent
from scheduling.events import Event, Occurrence
from scheduling.family import Role
from scheduling.language.readings import Scope, Target
from scheduling.language.when import When
from scheduling.matching import matches, named_span
from scheduling.phrasing import clock, day, moment, names, span_words
from scheduling.proposals import Option
from scheduling.span import Span
from scheduling.speech import N_, tr

AHEAD = timedelta(days=400)
MOST_SHOWN = 4
NO_LAST = N_("{title} goes on without an end, so there is no last one. Please say its day.")


@dataclass(frozen=True, slots=True)
class Found:
    event: Event
    occurrence: Occurrence


async def find_target(target: Target, item: Item) -> Found | Ask | Say:
    """The event meant, or a question where several could be, or a kind sentence for none."""
    chosen = item.answers.get("target")
    if chosen is not None:
        return await load(UUID(chosen["event"]), chosen["at"], item, chosen=True)
    it = (target.it or not target.words) and target.when is None
    if it and item.focus is not None:
        at = item.focus.recurrence_id.isoformat() if item.focus.recurrence_id else None
        shown = await load(item.focus.event_id, at, item)
        if isinstance(shown, Say) or _with_them(target, shown.occurrence, item):
            return shown
    return await _search(target, item)


def _with_them(target: Target, occurrence: Occurrence, item: Item) -> bool:
    """ "Make mine 4:30" is not about what was shown last, if that is somebody else's."""
    named = [item.scene.household.named(name) for name in target.who.names]
    return not named or any(m is not None and m.id in occurrence.people for m in named)


async def _search(target: Target, item: Item) -> Found | Ask | Say:
    scene = item.scene
    window = Span(scene.now - timedelta(days=1), scene.now + AHEAD)
    named = named_span(target.when, scene.household) if target.when else None
    if named is not None and target.when is not None and not target.when.alternatives:
        window = named.padded(timedelta(days=1))
    occurrences = await scene.uow.occurrences.overlapping(scene.household.id, window)
    found = _every_reading(target, occurrences[::-1] if target.last else occurrences, item)
    if target.last and found:
        title, open_ended = found[0].title, target.when is None
        found = await _last_of(found, window.end if open_ended else None, item)
        if not found:
            return Say(tr(NO_LAST, title=title))
    if not found:
        return Say(_nothing(target, item))
    if len(found) == 1:
        return await load(found[0].event_id, found[0].recurrence_id.isoformat(), item)
    return Ask(
        "target", tr("Which one do you mean?"), tuple(_choice(o, item) for o in found[:MOST_SHOWN])
    )


def _every_reading(
    target: Target, occurrences: Sequence[Occurrence], item: Item
) -> list[Occurrence]:
    """What the words may mean; a day that people read differently may mean two occurrences."""
    readings: tuple[When | None, ...] = (None,)
    if target.when is not None:
        readings = (target.when, *target.when.alternatives)
    scene = item.scene
    found: dict[object, Occurrence] = {}
    for when in readings:
        meant = replace(target, when=replace(when, alternatives=()) if when else None)
        for occurrence in matches(meant, occurrences, scene.household, scene.now):
            found.setdefault((occurrence.event_id, occurrence.recurrence_id), occurrence)
    return list(found.values())


def points_at_one(target: Target) -> bool:
    """Whether the words name one of a series, so that nobody need be asked which."""
    return target.when is not None or target.last


async def _last_of(
    found: Sequence[Occurrence], until: datetime | None, item: Item
) -> list[Occurrence]:
    """The last that lies ahead; and what was shown last, if that is another, for it may be
    meant as well. until: nothing that goes on beyond it has a last one."""
    ends = [o for o in found if until is None or not await _goes_on(o, until, item)]
    last = max(ends, key=lambda o: o.span, default=None)
    if last is None:
        return []
    shown = item.focus.event_id if item.focus is not None else last.event_id
    return [o for o in ends if o is last or o.event_id == shown]


async def _goes_on(occurrence: Occurrence, until: datetime, item: Item) -> bool:
    occurrences, family = item.scene.uow.occurrences, item.scene.household
    return bool(await occurrences.of_event(family.id, occurrence.event_id, until, 1))


def _choice(occurrence: Occurrence, item: Item) -> Option:
    household = item.scene.household
    who = names(household, occurrence.people)
    return Option(
        label=f"{occurrence.title}, {moment(occurrence.span.start, household)}",
        text=f"{occurrence.title}{f' ({who})' if who else ''}: {span_words(occurrence, household)}",
        answer={
            "event": str(occurrence.event_id),
            "at": occurrence.recurrence_id.isoformat(),
        },
    )


def _nothing(target: Target, item: Item) -> str:
    what = f"“{target.words}”" if target.words else tr("that")
    on = ""
    if target.when is not None:
        span = named_span(target.when, item.scene.household)
        on = (
            tr(" on {day}", day=moment(span.start, item.scene.household).split(",")[0])
            if span
            else ""
        )
    return tr(
        "I don't see {what} on the calendar{on}. /week shows what is there.", what=what, on=on
    )


async def load(event_id: UUID, at: str | None, item: Item, *, chosen: bool = False) -> Found | Say:
    """The event, at that occurrence; where it was chosen, at no other."""
    scene = item.scene
    event = await scene.uow.events.get(scene.household.id, event_id)
    occurrences = await scene.uow.occurrences.of_event(
        scene.household.id, event_id, scene.now - timedelta(days=1), 400
    )
    wanted = [o for o in occurrences if at is None or o.recurrence_id.isoformat() == at]
    if event is None and await _not_yet(scene, event_id):
        return Say(tr("That is not booked yet: please answer the question about it first."))
    if event is None or not occurrences or (chosen and not wanted):
        return Say(tr("That is not on the calendar any more."))
    upcoming = [o for o in occurrences if o.span.end > scene.now]
    return Found(event, (wanted or upcoming or occurrences)[0])


async def _not_yet(scene: Scene, event_id: UUID) -> bool:
    """Whether it is what an open question is to find room for."""
    asked = await scene.uow.proposals.open_in_chat(scene.household.id, scene.chat_id)
    return any(booking_of(UUID(p.thread_id), p.item) == event_id for p in asked)


def scope_settled(item: Item) -> bool:
    """Whether the question which of a series was answered by someone who may decide that: a
    child's "all of them" is put before a parent."""
    scene = item.scene
    member = scene.member
    may = member is None or not scene.household.parents or member.role is Role.PARENT
    return "scope" in item.answers and may


Verb = Literal["Cancel", "Change", "Move"]

_WHICH: dict[Verb, str] = {
    "Cancel": N_("{title} repeats. Cancel which of them?"),
    "Change": N_("{title} repeats. Change which of them?"),
    "Move": N_("{title} repeats. Move which of them?"),
}
_WHAT: dict[Verb, str] = {
    "Cancel": N_("Cancel {what}"),
    "Change": N_("Change {what}"),
    "Move": N_("Move {what}"),
}
_YES: dict[Verb, tuple[str, str]] = {
    "Cancel": (N_("Yes, cancel all of them"), N_("Yes, cancel from then on")),
    "Change": (N_("Yes, change all of them"), N_("Yes, change from then on")),
    "Move": (N_("Yes, move all of them"), N_("Yes, move from then on")),
}


def scope_question(found: Found, verb: Verb, item: Item) -> Ask:
    """Of a series: this one, from here on, or all of it."""
    when = moment(found.occurrence.span.start, item.scene.household).split(",")[0]
    choices: tuple[tuple[str, Scope], ...] = (
        (tr("Just {when}", when=when), "one"),
        (tr("This and the following"), "following"),
        (tr("All of them"), "series"),
    )
    return Ask(
        "scope",
        tr(_WHICH[verb], title=found.event.title),
        tuple(Option(label, answer=scope) for label, scope in choices),
    )


def confirm_series(found: Found, verb: Verb, edit: Edit, scope: Scope, item: Item) -> Ask:
    """What touches more than one occurrence is asked first, and says what it will touch."""
    when = moment(found.occurrence.span.start, item.scene.household).split(",")[0]
    whole = scope == "series"
    what = (
        tr("all of {title}", title=found.event.title)
        if whole
        else tr("{title} from {when} on", title=found.event.title, when=when)
    )
    to = tr(" to {when}", when=_words(edit, item)) if isinstance(edit, MoveEvent) else ""
    told = tr(_WHAT[verb], what=f"{what}{to}")
    label = tr(_YES[verb][0 if whole else 1])
    return Ask(
        "confirm",
        f"{told}?",
        (Option(label, told, (edit,)),),
        kind="confirm",
        heading=tr("Are you sure?"),
        edits=(edit,),
    )


def _words(edit: MoveEvent, item: Item) -> str:
    return f"{day(edit.start.date())}, {clock(edit.start, item.scene.household.settings)}"
