"""Events, their exceptions, and the occurrences they expand to.

An event has local wall time and a zone; an occurrence is a span of instants. RFC 5545:
`recurrence_id` is the wall time an occurrence would have had by the rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from scheduling.span import Span


class Status(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class Priority(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        return list(Priority).index(self)


class Flexibility(StrEnum):
    FIXED = "fixed"
    PREFERRED = "preferred"
    FLEXIBLE = "flexible"


class Part(StrEnum):
    """What someone has to do with an event. Only attendees and drivers are busy by it."""

    ATTENDEE = "attendee"
    DRIVER = "driver"
    RESPONSIBLE = "responsible"


@dataclass(frozen=True, slots=True)
class Participant:
    """member_id None: the part is open ("who picks up Leo?") and someone is to take it."""

    member_id: UUID | None
    part: Part = Part.ATTENDEE


@dataclass(frozen=True, slots=True)
class Override:
    """One occurrence that differs from its series. A field that is None is as in the series.

    recurrence_id: wall time by the rule. start: the new wall time. wall_end: of `duration`, as
    in an event; says nothing where that is None.
    """

    recurrence_id: datetime
    start: datetime | None = None
    duration: timedelta | None = None
    wall_end: bool = False
    title: str | None = None
    place: str | None = None
    participants: tuple[Participant, ...] | None = None
    resources: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The file that an event was read out of. name: "flyer.pdf", "a photo". by: who sent it.
    at: when, UTC. message: the platform's id of the message it came with."""

    name: str
    by: UUID | None
    at: datetime
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One event or series, with everything that belongs to it (one aggregate).

    start: naive local wall time in `timezone` (midnight when all_day).
    duration: real elapsed time; for all_day a whole number of local days.
    wall_end: the end was named ("10pm to 6am"), not a length: `duration` is then the distance
        on the wall clock, and an occurrence over a night of the clock change is an hour longer
        or shorter.
    rrule: RFC 5545 without its prefix, UNTIL as a local date; None for a single event.
    cancelled: recurrence_ids of occurrences taken out (EXDATE).
    transparent: shown, but nobody is busy by it (TRANSP), as a birthday.
    reminders: leads before the start; None = as the family has it. () = none.
    chat_id: the chat that asked, where reminders go. version: grows with each saved change.
    reminder_only: a bare reminder ("remind Dad to call"): told at its start, busies nobody.
    source: the file it was read out of; None for what people said.
    """

    id: UUID
    household_id: UUID
    title: str
    start: datetime
    duration: timedelta
    timezone: str
    all_day: bool = False
    wall_end: bool = False
    rrule: str | None = None
    cancelled: tuple[datetime, ...] = ()
    overrides: tuple[Override, ...] = ()
    participants: tuple[Participant, ...] = ()
    resources: tuple[UUID, ...] = ()
    place: str | None = None
    status: Status = Status.CONFIRMED
    priority: Priority = Priority.MEDIUM
    flexibility: Flexibility = Flexibility.PREFERRED
    transparent: bool = False
    reminder_only: bool = False
    reminders: tuple[timedelta, ...] | None = None
    chat_id: UUID | None = None
    created_by: UUID | None = None
    source: Source | None = None
    version: int = 0

    @property
    def repeats(self) -> bool:
        return self.rrule is not None

    @property
    def people(self) -> tuple[UUID, ...]:
        """The attendees."""
        return attendees(self.participants)


def attendees(participants: tuple[Participant, ...]) -> tuple[UUID, ...]:
    return tuple(
        p.member_id for p in participants if p.part is Part.ATTENDEE and p.member_id is not None
    )


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One happening of an event, as instants. The table `occurrences` holds these rows.

    recurrence_id: wall time by the rule (for a single event: its start).
    """

    event_id: UUID
    recurrence_id: datetime
    span: Span
    title: str
    all_day: bool = False
    transparent: bool = False
    reminder_only: bool = False
    series: bool = False
    participants: tuple[Participant, ...] = ()
    resources: tuple[UUID, ...] = ()
    place: str | None = None
    status: Status = Status.CONFIRMED
    priority: Priority = Priority.MEDIUM
    flexibility: Flexibility = Flexibility.PREFERRED

    @property
    def people(self) -> tuple[UUID, ...]:
        """The attendees."""
        return attendees(self.participants)

    @property
    def busy(self) -> frozenset[UUID]:
        """Members who cannot be elsewhere: attendees and drivers, unless transparent."""
        if self.transparent or self.reminder_only:
            return frozenset()
        return frozenset(
            p.member_id
            for p in self.participants
            if p.member_id is not None and p.part in (Part.ATTENDEE, Part.DRIVER)
        )
