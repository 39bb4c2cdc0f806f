"""What a filled-in form comes to: a new event, or the changes it makes to one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from agents.planning.item import Item
from agents.planning.move import in_its_zone
from agents.planning.targets import (
    Found,
    confirm_series,
    load,
    scope_question,
    scope_settled,
)
from agents.readiness import Ask, Plan, Ready, Say
from scheduling.edits import AddEvent, CancelEvent, ChangeEvent, Edit, MoveEvent
from scheduling.events import Event, Part, Participant
from scheduling.family import Household
from scheduling.forms import EventForm, filled, problems
from scheduling.language.readings import Scope
from scheduling.proposals import Option
from scheduling.speech import tr


async def plan_form(form: EventForm, item: Item) -> Plan:
    """An AddEvent, or a move and a change of the event that the form was opened on."""
    if form.gone:
        return await _gone(form, item)
    wrong = problems(form, item.scene.household, item.scene.local_now)
    if wrong:
        return Say(" ".join(wrong.values()))
    if form.event_id is None:
        return Ready((AddEvent(_event(form, item)),))
    found = await _found(form, form.event_id, item)
    if not isinstance(found, Found):
        return found
    before = filled(found.event, found.occurrence, item.scene.household)
    if replace(form, scope=None) == before:
        return Say(tr("{title} is like that already.", title=found.event.title))
    if form.repeats != before.repeats:
        return _anew(form, found, item)
    scope: Scope | None = item.answers.get("scope") or form.scope
    if found.event.repeats and scope is None:
        return scope_question(found, "Change", item)
    edits = _edits(form, before, found, scope or "series", item)
    return (
        Ready(edits) if edits else Say(tr("{title} is like that already.", title=found.event.title))
    )


async def _found(form: EventForm, event_id: UUID, item: Item) -> Found | Say:
    at = form.recurrence_id.isoformat() if form.recurrence_id else None
    return await load(event_id, at, item, chosen=at is not None)


async def _gone(form: EventForm, item: Item) -> Plan:
    """One occurrence goes at once; a series, or the rest of one, is asked about first."""
    if form.event_id is None:
        return Say(tr("Nothing was changed."))
    found = await _found(form, form.event_id, item)
    if not isinstance(found, Found):
        return found
    scope: Scope | None = item.answers.get("scope") or form.scope
    if not found.event.repeats:
        scope = "series"
    if scope is None:
        return scope_question(found, "Cancel", item)
    edit = CancelEvent(found.event.id, found.occurrence.recurrence_id, scope)
    if scope == "one" or not found.event.repeats or scope_settled(item):
        return Ready((edit,))
    return confirm_series(found, "Cancel", edit, scope, item)


def _event(form: EventForm, item: Item, chat_id: UUID | None = None) -> Event:
    scene = item.scene
    return Event(
        id=item.id("event"),
        household_id=scene.household.id,
        title=_line(form.title),
        start=form.begins,
        duration=_length(form, item),
        wall_end=form.end is not None,
        timezone=scene.household.timezone,
        all_day=form.start is None,
        rrule=form.repeats or None,
        participants=tuple(Participant(i) for i in _members(form, item)),
        resources=_things(form, scene.household),
        place=_line(form.place) or None,
        reminders=form.leads(),
        chat_id=chat_id or scene.chat_id,
        created_by=scene.member.id if scene.member else None,
    )


def _anew(form: EventForm, found: Found, item: Item) -> Plan:
    """Another rhythm is another series: the old one ends where the new one begins."""
    event = _event(form, item, found.event.chat_id)
    scope: Scope = "following" if found.event.repeats else "series"
    ended = CancelEvent(found.event.id, found.occurrence.recurrence_id, scope)
    edits: tuple[Edit, ...] = (AddEvent(event), ended)
    if not found.event.repeats:
        return Ready(edits)
    what = tr("Replace {title} from then on", title=found.event.title)
    return Ask(
        "confirm",
        tr("{what} by the new rhythm?", what=what),
        (Option(tr("Yes, replace it"), what, edits),),
        kind="confirm",
        heading=tr("Are you sure?"),
        edits=edits,
    )


def _edits(
    form: EventForm, before: EventForm, found: Found, scope: Scope, item: Item
) -> tuple[Edit, ...]:
    at, split = found.occurrence.recurrence_id, item.id("split")
    edits: list[Edit] = []
    if _times(form, item) != _times(before, item):
        whole = form.start is None
        move = MoveEvent(
            found.event.id,
            at,
            form.begins if whole else in_its_zone(found.event, form.begins, item),
            duration=_length(form, item),
            wall_end=form.end is not None,
            all_day=whole if whole != found.event.all_day else None,
            scope=scope,
            split_id=split,
        )
        edits.append(move)
    change = ChangeEvent(
        found.event.id,
        at,
        scope=scope,
        title=_line(form.title) if form.title != before.title else None,
        place=_line(form.place) if form.place != before.place else None,
        participants=_participants(form, found, item)
        if set(form.members) != set(before.members)
        else None,
        resources=_things(form, item.scene.household)
        if set(form.resources) != set(before.resources)
        else None,
        reminders=form.leads() if form.reminder != before.reminder else None,
        split_id=split,
    )
    if change != ChangeEvent(found.event.id, at, scope=scope, split_id=split):
        edits.insert(0, change)
    return tuple(edits)


def _times(form: EventForm, item: Item) -> tuple[object, ...]:
    return form.begins, _length(form, item), form.start is None


def _length(form: EventForm, item: Item) -> timedelta:
    family = item.scene.household
    return form.length(timedelta(minutes=family.settings.default_duration))


def _participants(form: EventForm, found: Found, item: Item) -> tuple[Participant, ...]:
    """The people chosen; who drives, and what is still open, stays."""
    others = [p for p in found.occurrence.participants if p.part is not Part.ATTENDEE]
    return (*(Participant(i) for i in _members(form, item)), *others)


def _members(form: EventForm, item: Item) -> tuple[UUID, ...]:
    """Those of the family who were chosen; the one who filled it in where nobody was."""
    ours = {m.id for m in item.scene.household.members}
    chosen = tuple(i for i in form.members if i in ours)
    if chosen or item.scene.member is None:
        return chosen
    return (item.scene.member.id,)


def _things(form: EventForm, household: Household) -> tuple[UUID, ...]:
    return tuple(i for i in form.resources if household.resource(i) is not None)


def _line(words: str) -> str:
    """As data: one line, no control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())
