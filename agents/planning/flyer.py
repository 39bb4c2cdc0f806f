"""A flyer, a ticket, an appointment card: its events, asked about as one."""

from __future__ import annotations

from dataclasses import replace

from agents.planning.answered import date_of
from agents.planning.create import plan_create
from agents.planning.file_card import Sorted, people_beside, put_to_family, source_of
from agents.planning.item import Item
from agents.planning.people import names_of
from agents.readiness import Plan, Ready
from scheduling.clashes.likeness import APART, likely_same
from scheduling.edits import AddEvent
from scheduling.events import Event
from scheduling.imports import MOST_EVENTS, Flyer
from scheduling.language.documents import announced
from scheduling.language.readings import Create
from scheduling.language.resolving import resolve
from scheduling.recurrence import materialise
from scheduling.span import Span
from scheduling.speech import tr


async def plan_flyer(flyer: Flyer, item: Item) -> Plan:
    """One question for all that it announces. A day without an hour is a whole day: there is
    nobody to ask."""
    found = Sorted()
    people, source = people_beside(item), source_of(flyer.name, item)
    announcing, found.unread = _announced(flyer, item)
    for number, wanted in enumerate(announcing):
        if _is_over(wanted, item):
            found.over += 1
            continue
        # A number of its own: each event has an id, and the item has only one.
        one = replace(item, index=MOST_EVENTS * (item.index + 1) + number, text=wanted.title)
        outcome = await plan_create(
            _settled(wanted), replace(one, answers=_unasked(wanted)), as_ever=False
        )
        if not isinstance(outcome, Ready):
            found.unread.append(f"{wanted.title}: {outcome.text}")
            continue
        for edit in outcome.edits:
            assert isinstance(edit, AddEvent)
            event = replace(edit.event, source=source)
            event = event if event.participants else replace(event, participants=people)
            await _sort(event, item, found)
    return await put_to_family(flyer.name, found, people, item)


def _announced(flyer: Flyer, item: Item) -> tuple[list[Create], list[str]]:
    """What is booked, and nothing else: a flyer that says "cancel the dentist" is paper. Then
    what could not be read, a sentence each."""
    now, unread = item.scene.local_now, list[str]()
    found = list(announced(flyer.text, now))
    for worded in flyer.worded:
        if worded.kind != "create" or not worded.title:
            continue
        resolved = resolve(worded, "", names_of(item.scene), now)
        made = [i for i in resolved if isinstance(i, Create) and i.when is not None]
        found += made
        unread += [] if made else [tr("{title}: I can't tell its day.", title=worded.title)]
    return found, unread


def _is_over(wanted: Create, item: Item) -> bool:
    """Single events only: a series that began long ago goes on."""
    when = wanted.when
    if when is None or when.start is None or when.repeat is not None:
        return False
    last = when.end if when.end is not None else when.start
    return date_of(last) < item.scene.local_now.date()


def _settled(wanted: Create) -> Create:
    """For those of the family whom it names, and nobody by default."""
    return replace(wanted, who=replace(wanted.who, unknown=(), said=True), confidence=1.0)


def _unasked(wanted: Create) -> dict[str, object]:
    when = wanted.when
    if when is None or when.start is None or not when.all_day or when.end is not None:
        return {}
    return {"when": {"start": when.start.isoformat(), "all_day": True}}


async def _sort(event: Event, item: Item, found: Sorted) -> None:
    """By whether it is over, or there already, in whoever's words."""
    scene = item.scene
    ahead = [o for o in materialise(event, scene.now)[0] if o.span.end > scene.now]
    if not ahead:
        found.over += 1
        return
    around = Span(ahead[0].span.start - APART, ahead[0].span.end + APART)
    there = await scene.uow.occurrences.overlapping(scene.household.id, around)
    if likely_same(ahead[0], there) is not None:
        found.same += 1
    else:
        found.new.append(AddEvent(event))
