"""Events and occurrences as rows of their tables, and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table

from scheduling.events import Event, Occurrence, Override, Participant
from scheduling.habits import title_key
from scheduling.span import Span
from storage.codec import adapter
from storage.json_rows import in_order, json_rows
from storage.repositories.households import calendar_of
from storage.tables import event_exceptions, event_participants, events, resource_reservations
from storage.tables.calendar import LONG
from storage.transaction import Values

PARTS = {
    event_participants: ("member_id", "part"),
    resource_reservations: ("resource_id",),
    event_exceptions: ("recurrence_id", "override"),
}
"""The tables of an event's parts, and what each row holds beside its place."""

PART_LISTS = [
    json_rows(table, [table.c[name] for name in names], table.c.event_id == events.c.id).label(
        table.name
    )
    for table, names in PARTS.items()
]
"""Columns to select, or to return, beside those of `events`: its parts, one list a table."""


def event_from(row: Row[Any]) -> Event:
    """From a row with the columns of `events` and `PART_LISTS`."""
    exceptions = in_order(row.event_exceptions)
    return Event(
        id=row.id,
        household_id=row.household_id,
        title=row.title,
        start=row.start,
        duration=row.duration,
        timezone=row.timezone,
        all_day=row.all_day,
        wall_end=row.wall_end,
        rrule=row.rrule,
        cancelled=_read(
            tuple[datetime, ...], [e["recurrence_id"] for e in exceptions if not e["override"]]
        ),
        overrides=_read(tuple[Override, ...], [e["override"] for e in exceptions if e["override"]]),
        participants=_read(tuple[Participant, ...], in_order(row.event_participants)),
        resources=_read(
            tuple[UUID, ...], [r["resource_id"] for r in in_order(row.resource_reservations)]
        ),
        place=row.place,
        status=row.status,
        priority=row.priority,
        flexibility=row.flexibility,
        transparent=row.transparent,
        reminder_only=row.reminder_only,
        reminders=row.reminders,
        chat_id=row.chat_id,
        created_by=row.created_by,
        source=row.source,
        version=row.version,
    )


def _read(kind: Any, rows: list[Any]) -> Any:
    return adapter(kind).validate_python(rows) if rows else ()


def event_values(event: Event) -> Values:
    """The columns of `events`, but for version, horizon and the time of writing."""
    return {
        "id": event.id,
        "household_id": event.household_id,
        "calendar_id": calendar_of(event.household_id),
        "title": event.title,
        "title_key": title_key(event.title),
        "start": event.start,
        "duration": event.duration,
        "timezone": event.timezone,
        "all_day": event.all_day,
        "wall_end": event.wall_end,
        "rrule": event.rrule,
        "place": event.place,
        "status": event.status,
        "priority": event.priority,
        "flexibility": event.flexibility,
        "transparent": event.transparent,
        "reminder_only": event.reminder_only,
        "reminders": event.reminders,
        "chat_id": event.chat_id,
        "created_by": event.created_by,
        "source": event.source,
    }


def part_values(event: Event) -> dict[Table, list[Values]]:
    """The rows of each table of parts."""
    parts: dict[Table, list[dict[str, Any]]] = {
        event_participants: [
            {"member_id": p.member_id, "part": p.part} for p in event.participants
        ],
        resource_reservations: [{"resource_id": resource} for resource in event.resources],
        event_exceptions: [
            *({"recurrence_id": moment, "override": None} for moment in event.cancelled),
            *({"recurrence_id": o.recurrence_id, "override": o} for o in event.overrides),
        ],
    }
    owner = {"event_id": event.id, "household_id": event.household_id}
    return {
        table: [{**row, **owner, "position": i} for i, row in enumerate(rows)]
        for table, rows in parts.items()
    }


def occurrence_values(household_id: UUID, occurrence: Occurrence) -> Values:
    return {
        "event_id": occurrence.event_id,
        "recurrence_id": occurrence.recurrence_id,
        "household_id": household_id,
        "start_at": occurrence.span.start,
        "end_at": occurrence.span.end,
        "long": occurrence.span.duration > LONG,
        "title": occurrence.title,
        "all_day": occurrence.all_day,
        "transparent": occurrence.transparent,
        "reminder_only": occurrence.reminder_only,
        "series": occurrence.series,
        "participants": occurrence.participants,
        "resources": occurrence.resources,
        "place": occurrence.place,
        "status": occurrence.status,
        "priority": occurrence.priority,
        "flexibility": occurrence.flexibility,
    }


def occurrence_from(row: Row[Any]) -> Occurrence:
    return Occurrence(
        event_id=row.event_id,
        recurrence_id=row.recurrence_id,
        span=Span(row.start_at, row.end_at),
        title=row.title,
        all_day=row.all_day,
        transparent=row.transparent,
        reminder_only=row.reminder_only,
        series=row.series,
        participants=row.participants,
        resources=row.resources,
        place=row.place,
        status=row.status,
        priority=row.priority,
        flexibility=row.flexibility,
    )
