"""Edits applied to events: pure, and always to the event as it is at that moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from scheduling.edits import (
    AddEvent,
    CancelEvent,
    ChangeEvent,
    Edit,
    MoveEvent,
    ReplaceEvent,
)
from scheduling.errors import Stale
from scheduling.events import Event, Override, Status
from scheduling.recurrence import occurrence, rule_times
from scheduling.shifting import shift
from scheduling.speech import tr
from scheduling.splitting import detach, split, without

_DAY = timedelta(days=1)
_TIMED_AGAIN = timedelta(hours=1)
"""How long an all-day event is once it has a time, where the edit does not say."""


def apply(edit: Edit, event: Event | None) -> list[Event]:
    """The events to save after `edit`; more than one where a series is cut.

    Raises Stale if the event or the occurrence it speaks of is not there any more.
    """
    if isinstance(edit, AddEvent):
        return [edit.event]
    if event is None or event.status is Status.CANCELLED:
        raise Stale(tr("That is not on the calendar any more."))
    if isinstance(edit, ReplaceEvent):
        return [_replaced(edit.event, event)]
    if occurrence(event, edit.recurrence_id) is None:
        raise Stale(tr("“{title}” has changed meanwhile. Please look again.", title=event.title))
    if isinstance(edit, CancelEvent):
        return _cancel(edit, event)
    return _move(edit, event) if isinstance(edit, MoveEvent) else _change(edit, event)


def _replaced(new: Event, event: Event) -> Event:
    return replace(
        new,
        id=event.id,
        version=event.version,
        participants=event.participants or new.participants,
        resources=event.resources,
        reminders=event.reminders,
        priority=event.priority,
        flexibility=event.flexibility,
        chat_id=event.chat_id,
        created_by=event.created_by,
    )


def _cancel(edit: CancelEvent, event: Event) -> list[Event]:
    gone = replace(event, status=Status.CANCELLED)
    if edit.scope == "series" or not event.repeats:
        return [gone]
    if edit.scope == "following":
        before, _ = split(event, edit.recurrence_id, None)
        return [before or gone]
    left = without(event, edit.recurrence_id)
    return [left if _has_any(left) else gone]


def _has_any(event: Event) -> bool:
    """Whether anything is left of a series: at the latest soon after its last exception."""
    far = min(max([event.start, *event.cancelled]), datetime(9980, 1, 1)) + 3660 * _DAY
    return any(wall not in event.cancelled for wall in rule_times(event, far))


def _move(edit: MoveEvent, event: Event) -> list[Event]:
    if not event.repeats:
        return [_retimed(replace(event, start=edit.start), edit)]
    if edit.scope == "series":
        return [_move_series(edit, event)]
    if edit.scope == "following":
        before, after = split(event, edit.recurrence_id, edit.split_id)
        moved = _move_series(edit, after)
        return [before, moved] if before else [moved]
    if edit.all_day not in (None, event.all_day):
        rest, alone = detach(event, edit.recurrence_id, edit.split_id)
        return [rest, _retimed(replace(alone, start=edit.start), edit)]
    duration = _length(edit.duration, event.all_day)
    start = _start(edit.start, event.all_day)
    return [_overridden(event, edit.recurrence_id, start=start, **_lasting(duration, edit))]


def _move_series(edit: MoveEvent, event: Event) -> Event:
    """All of it; the occurrence pointed at loses a time of its own, so it lands there too."""
    freed = _freed(event, edit.recurrence_id, "start", *(["duration"] if edit.duration else []))
    all_day = event.all_day if edit.all_day is None else edit.all_day
    return _retimed(shift(freed, edit.recurrence_id, _start(edit.start, all_day)), edit)


def _retimed(event: Event, edit: MoveEvent) -> Event:
    """The event with the length and all-day of the edit, made to fit each other."""
    all_day = event.all_day if edit.all_day is None else edit.all_day
    duration, wall_end = edit.duration, edit.wall_end
    if duration is None:
        again = event.all_day and not all_day
        duration = _TIMED_AGAIN if again else event.duration
        wall_end = event.wall_end and not again
    return replace(
        event,
        start=_start(event.start, all_day),
        all_day=all_day,
        duration=_length(duration, all_day) or duration,
        wall_end=wall_end and not all_day,
        overrides=tuple(_fitted(o, all_day) for o in event.overrides),
    )


def _fitted(override: Override, all_day: bool) -> Override:
    start = None if override.start is None else _start(override.start, all_day)
    return replace(override, start=start, duration=_length(override.duration, all_day))


def _lasting(duration: timedelta | None, edit: MoveEvent | ChangeEvent) -> dict[str, Any]:
    """A new length as fields of an event or override, with what kind of length it is."""
    return {} if duration is None else {"duration": duration, "wall_end": edit.wall_end}


def _start(wall: datetime, all_day: bool) -> datetime:
    return datetime.combine(wall.date(), time()) if all_day else wall


def _length(duration: timedelta | None, all_day: bool) -> timedelta | None:
    """An all-day length in whole days, at least one."""
    if duration is None or not all_day:
        return duration
    return max(_DAY, -(-duration // _DAY) * _DAY)


def _change(edit: ChangeEvent, event: Event) -> list[Event]:
    if not event.repeats or edit.scope == "series":
        return [_changed(event, edit)]
    if edit.scope == "following":
        before, after = split(event, edit.recurrence_id, edit.split_id)
        changed = _changed(after, edit)
        return [before, changed] if before else [changed]
    if edit.reminders is not None or edit.priority is not None:
        rest, alone = detach(event, edit.recurrence_id, edit.split_id)
        return [rest, _changed(alone, edit)]
    return [
        _overridden(
            event,
            edit.recurrence_id,
            title=edit.title,
            place=edit.place,
            participants=edit.participants,
            resources=edit.resources,
            **_lasting(_length(edit.duration, event.all_day), edit),
        )
    ]


_CHANGEABLE = ("title", "place", "duration", "participants", "resources", "reminders", "priority")


def _changed(event: Event, edit: ChangeEvent) -> Event:
    """The whole event with what the edit names; so too the occurrence pointed at."""
    fitted = replace(edit, duration=_length(edit.duration, event.all_day))
    named = [name for name in _CHANGEABLE if getattr(fitted, name) is not None]
    freed = _freed(event, edit.recurrence_id, *named)
    new = {name: getattr(fitted, name) for name in named}
    return replace(freed, **new | _lasting(fitted.duration, edit))


def _freed(event: Event, recurrence_id: datetime, *names: str) -> Event:
    """The event with these fields of that occurrence as in the series again."""
    free: dict[str, Any] = dict.fromkeys(n for n in names if n in Override.__dataclass_fields__)
    if "duration" in free:
        free["wall_end"] = False
    overrides = [
        replace(o, **free) if o.recurrence_id == recurrence_id else o for o in event.overrides
    ]
    return replace(event, overrides=_telling(overrides))


def _overridden(event: Event, recurrence_id: datetime, **fields: Any) -> Event:
    """The series with these fields of one occurrence changed; a field that is None stays."""
    old = next((o for o in event.overrides if o.recurrence_id == recurrence_id), None)
    given = {name: value for name, value in fields.items() if value is not None}
    new = _plain(replace(old or Override(recurrence_id), **given), event)
    others = [o for o in event.overrides if o.recurrence_id != recurrence_id]
    return replace(event, overrides=_telling([*others, new]))


def _plain(override: Override, event: Event) -> Override:
    """Without what is as in the series anyway, so that moving back leaves no trace."""
    same: dict[str, Any] = {
        name: None
        for name in ("title", "place", "participants", "resources")
        if getattr(override, name) == getattr(event, name)
    }
    if (override.duration, override.wall_end) == (event.duration, event.wall_end):
        same |= {"duration": None, "wall_end": False}
    start = None if override.start == override.recurrence_id else override.start
    return replace(override, start=start, **same)


def _telling(overrides: list[Override]) -> tuple[Override, ...]:
    """Those that say anything, in order."""
    kept = [o for o in overrides if o != Override(o.recurrence_id)]
    return tuple(sorted(kept, key=lambda o: o.recurrence_id))
