"""Moving an event to another time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from agents.planning.answered import with_answer
from agents.planning.item import Item
from agents.planning.targets import (
    Found,
    confirm_series,
    find_target,
    points_at_one,
    scope_question,
    scope_settled,
)
from agents.planning.times import settle
from agents.readiness import Ask, Plan, Ready, Say
from scheduling.edits import MoveEvent
from scheduling.events import Event
from scheduling.language.intents.move import new_time
from scheduling.language.readings import Move, Scope
from scheduling.language.when import When
from scheduling.phrasing import day, local, span_words
from scheduling.recurrence import to_instant
from scheduling.speech import tr


async def plan_move(wanted: Move, item: Item) -> Plan:
    """A MoveEvent. A move's new day counts from the occurrence that moves."""
    found = await find_target(wanted.target, item)
    if not isinstance(found, Found):
        return found
    start, length, all_day = _wall(found, item)
    if wanted.shift is not None:
        return _ready(found, _edit(found, start + wanted.shift, item), wanted, item)
    if wanted.to is not None and wanted.to.start is None and wanted.to.until is not None:
        lasts = _until(start, wanted.to.until, wanted.to)
        ended = replace(_edit(found, start, item), duration=lasts, wall_end=True)
        return _ready(found, ended, wanted, item)
    said = wanted.to
    if wanted.to_words and wanted.target.when is None:
        # A bare weekday is one of the week in which the event stands.
        said = new_time(wanted.to_words, start.date(), item.scene.local_now) or wanted.to
    to = with_answer(said, item.answers.get("when"), item.scene.local_now)
    if to is None or to.start is None or to.alternatives or to.impossible:
        asked = settle(said, found.event.title, item)
        if isinstance(asked, Ask):
            return Ask("when", _when_text(asked, found), asked.options, free=True)
        to = said
    assert to is not None
    return _to(to, start, length, all_day, found, wanted, item)


def _until(start: datetime, until: datetime, said: When) -> timedelta:
    """How long it lasts if it ends at that hour: of its own day, or of the night after it."""
    end = datetime.combine(start.date(), until.time()) if said.time else until
    while end <= start:
        end += timedelta(days=1)
    return end - start


def _when_text(asked: Ask, found: Found) -> str:
    if asked.options:
        return asked.text
    why, asks, _ = asked.text.rpartition("When is ")
    return (
        tr("{why}When shall {title} be?", why=why, title=found.event.title) if asks else asked.text
    )


def in_its_zone(event: Event, wall: datetime, item: Item) -> datetime:
    """A wall time of the family in the zone the event was booked in, which may be another."""
    zone = item.scene.household.zone
    if event.all_day or event.timezone == item.scene.household.timezone:
        return wall
    return local(to_instant(wall, zone), ZoneInfo(event.timezone))


def _wall(found: Found, item: Item) -> tuple[datetime, timedelta, bool]:
    start = local(found.occurrence.span.start, item.scene.household.zone)
    return start, found.occurrence.span.duration, found.occurrence.all_day


def _to(
    to: When,
    start: datetime,
    length: timedelta,
    all_day: bool,
    found: Found,
    wanted: Move,
    item: Item,
) -> Plan:
    """Only a time of day keeps the day; only a day keeps the time and the length."""
    assert to.start is not None
    duration, wall_end = _lasting(to)
    becomes_all_day: bool | None = None
    if to.time is not None and isinstance(to.start, datetime):
        new = datetime.combine(start.date(), to.time)
    elif isinstance(to.start, datetime):
        new = to.start
        becomes_all_day = False if all_day else None
    elif to.window is not None:
        new = to.window[0]
        slot = settle(to, found.event.title, item)
        new = getattr(slot, "start", new)
    else:
        new = datetime.combine(to.start, time() if all_day else start.time())
    if becomes_all_day is False and duration is None:
        duration = timedelta(minutes=item.scene.household.settings.default_duration)
    if new < item.scene.local_now - length:
        return Ask(
            "when",
            tr(
                "{date} is already past. When shall {title} be?",
                date=day(new.date(), item.scene.local_now.date()),
                title=found.event.title,
            ),
            free=True,
        )
    edit = replace(
        _edit(found, new, item), duration=duration, wall_end=wall_end, all_day=becomes_all_day
    )
    return _ready(found, edit, wanted, item)


def _lasting(to: When) -> tuple[timedelta | None, bool]:
    """The new length, if one was said, and whether its end was named."""
    if isinstance(to.start, datetime) and isinstance(to.end, datetime):
        return to.end - to.start, not to.measured
    return to.duration, False


def _edit(found: Found, start: datetime, item: Item) -> MoveEvent:
    return MoveEvent(
        found.event.id,
        found.occurrence.recurrence_id,
        in_its_zone(found.event, start, item),
        split_id=item.id("split"),
    )


def _stays(edit: MoveEvent, found: Found, item: Item) -> bool:
    """Whether the occurrence that is meant would not move at all."""
    start, _, _ = _wall(found, item)
    same_length = edit.duration is None and edit.all_day is None
    return same_length and edit.start == in_its_zone(found.event, start, item)


def _ready(found: Found, move: MoveEvent, wanted: Move, item: Item) -> Plan:
    scope: Scope | None = item.answers.get("scope") or wanted.scope
    if not found.event.repeats:
        scope = "series"
    elif scope is None and points_at_one(wanted.target):
        scope = "one"
    if scope is None:
        return scope_question(found, "Move", item)
    edit = replace(move, scope=scope)
    if _stays(edit, found, item):
        when = span_words(found.occurrence, item.scene.household, item.scene.local_now.date())
        return Say(tr("{title} is there already: {when}.", title=found.event.title, when=when))
    if scope != "one" and found.event.repeats and not scope_settled(item):
        return confirm_series(found, "Move", edit, scope, item)
    return Ready((edit,))
