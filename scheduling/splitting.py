"""A series cut in two, or one occurrence cut out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from scheduling import rrules
from scheduling.events import Event, Override
from scheduling.recurrence import rule_times


def split(event: Event, at: datetime, new_id: UUID | None) -> tuple[Event | None, Event]:
    """The half before the rule time `at`, which ends the day before, and the half from it on.

    The first is None when nothing of it would be left. The second then keeps the event's id;
    otherwise it gets `new_id`. Each half keeps the exceptions that fall to it.
    """
    before = _before(event, at)
    if before is None:
        return None, event
    rule = rrules.parts(event.rrule or "")
    count = rrules.count(rule)
    if count is not None:
        passed = sum(1 for wall in rule_times(event, at) if wall < at)
        rule["COUNT"] = str(count - passed)
    after = replace(
        event,
        id=new_id or derived_id(event, at),
        start=at,
        rrule=rrules.join(rule),
        cancelled=tuple(c for c in event.cancelled if c >= at),
        overrides=tuple(o for o in event.overrides if o.recurrence_id >= at),
        version=0,
    )
    return before, after


def _before(event: Event, at: datetime) -> Event | None:
    last = at.date() - timedelta(days=1)
    rule = rrules.ending(rrules.parts(event.rrule or ""), last)
    half = replace(
        event,
        rrule=rrules.join(rule),
        cancelled=tuple(c for c in event.cancelled if c < at),
        overrides=tuple(o for o in event.overrides if o.recurrence_id < at),
    )
    left = (wall for wall in rule_times(half, at) if wall not in half.cancelled)
    return half if next(left, None) is not None else None


def detach(event: Event, at: datetime, new_id: UUID | None) -> tuple[Event, Event]:
    """The series without the occurrence of rule time `at`, and that occurrence as an event of
    its own: for a change that an `Override` cannot hold."""
    changed = next((o for o in event.overrides if o.recurrence_id == at), Override(at))
    alone = replace(
        event,
        id=new_id or derived_id(event, at),
        rrule=None,
        cancelled=(),
        overrides=(),
        version=0,
        start=changed.start or at,
        duration=event.duration if changed.duration is None else changed.duration,
        wall_end=event.wall_end if changed.duration is None else changed.wall_end,
        title=event.title if changed.title is None else changed.title,
        place=event.place if changed.place is None else changed.place,
        participants=(event.participants if changed.participants is None else changed.participants),
        resources=event.resources if changed.resources is None else changed.resources,
    )
    return without(event, at), alone


def without(event: Event, at: datetime) -> Event:
    """The series with that occurrence cancelled."""
    return replace(
        event,
        cancelled=tuple(sorted({*event.cancelled, at})),
        overrides=tuple(o for o in event.overrides if o.recurrence_id != at),
    )


def derived_id(event: Event, at: datetime) -> UUID:
    """An id for what is cut off, where the edit names none: the same on every replay."""
    return uuid5(event.id, f"{at:%Y%m%dT%H%M%S}")
