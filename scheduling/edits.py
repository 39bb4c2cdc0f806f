"""What can be done to the calendar, as data: stored in a proposal, applied when it is decided.

`apply(edit, event)` is pure and returns the events as they should be saved. It is applied to
the event as it is at that moment, never to a copy from when the question was asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from scheduling.events import Event, Participant, Priority

Scope = Literal["one", "following", "series"]


@dataclass(frozen=True, slots=True)
class AddEvent:
    """Book `event` (its id is chosen by the caller, so a replay books nothing twice)."""

    event: Event
    kind: Literal["add"] = "add"


@dataclass(frozen=True, slots=True)
class MoveEvent:
    """Give an occurrence, the rest of a series, or all of it a new wall time.

    recurrence_id: which occurrence the words pointed at; `start` is its new wall time and
    the others of the scope shift by the same wall-clock distance. duration None: unchanged.
    wall_end: of `duration`, as in an event.
    split_id: the id of the second half when `following` splits a series.
    """

    event_id: UUID
    recurrence_id: datetime
    start: datetime
    duration: timedelta | None = None
    wall_end: bool = False
    all_day: bool | None = None
    scope: Scope = "one"
    split_id: UUID | None = None
    kind: Literal["move"] = "move"


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """Change anything but the start. A field that is None stays. A `duration` is a length, so
    that an end named before does not count any more, unless `wall_end` says that this is one."""

    event_id: UUID
    recurrence_id: datetime
    scope: Scope = "one"
    title: str | None = None
    place: str | None = None
    duration: timedelta | None = None
    wall_end: bool = False
    participants: tuple[Participant, ...] | None = None
    resources: tuple[UUID, ...] | None = None
    reminders: tuple[timedelta, ...] | None = None
    priority: Priority | None = None
    split_id: UUID | None = None
    kind: Literal["change"] = "change"


@dataclass(frozen=True, slots=True)
class CancelEvent:
    """Take an occurrence, the rest of a series, or all of it off the calendar."""

    event_id: UUID
    recurrence_id: datetime
    scope: Scope = "one"
    kind: Literal["cancel"] = "cancel"


@dataclass(frozen=True, slots=True)
class ReplaceEvent:
    """An event that came out of a calendar file is as the file has it now. What the family has
    added itself, people, things and reminders, stays. recurrence_id: its start until now."""

    event_id: UUID
    recurrence_id: datetime
    event: Event
    scope: Scope = "series"
    kind: Literal["replace"] = "replace"


Edit = AddEvent | MoveEvent | ChangeEvent | CancelEvent | ReplaceEvent
