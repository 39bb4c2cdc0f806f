"""Events as the family made them, and the occurrences they expand to."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, false, text

from scheduling.events import Flexibility, Override, Part, Participant, Priority, Source, Status
from storage.tables.base import household_key, key, metadata, removable, written
from storage.types import Duration, Id, Payload, UtcDateTime, WallTime, Words, one_of

LONG = timedelta(hours=24)
"""Occurrences longer than this are found apart, so that one trip slows no other query."""

calendars = Table(
    "calendars",
    metadata,
    key(),
    household_key(index=True),
    Column("name", Words, nullable=False),
    *removable(),
)

# horizon: occurrences are known up to here. title_key: the title as titles are compared.
events = Table(
    "events",
    metadata,
    key(),
    household_key(index=True),
    Column("calendar_id", Id, ForeignKey("calendars.id"), nullable=False),
    Column("title", Words, nullable=False),
    Column("title_key", Words, nullable=False, server_default=""),
    Column("start", WallTime, nullable=False),
    Column("duration", Duration, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("all_day", Boolean, nullable=False),
    Column("wall_end", Boolean, nullable=False, server_default=false()),
    Column("rrule", Text),
    Column("place", Words),
    Column("status", one_of("status", Status), nullable=False),
    Column("priority", one_of("priority", Priority), nullable=False),
    Column("flexibility", one_of("flexibility", Flexibility), nullable=False),
    Column("transparent", Boolean, nullable=False),
    Column("reminder_only", Boolean, nullable=False),
    Column("reminders", Payload(tuple[timedelta, ...])),
    Column("chat_id", Id),
    Column("created_by", Id),
    Column("source", Payload(Source)),
    Column("version", Integer, nullable=False),
    Column("horizon", UtcDateTime, nullable=False),
    *written(),
)
# Of all families together, for an operator.
Index("ix_events_created", events.c.created_at)
Index(
    "ix_events_horizon",
    events.c.horizon,
    sqlite_where=events.c.rrule.is_not(None),
    postgresql_where=events.c.rrule.is_not(None),
)

Index("ix_events_title", events.c.household_id, events.c.title_key, events.c.start)


def _event_key() -> Column[UUID]:
    return Column("event_id", Id, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)


event_participants = Table(
    "event_participants",
    metadata,
    _event_key(),
    Column("position", Integer, primary_key=True),
    household_key(index=True),
    Column("member_id", Id, ForeignKey("members.id"), index=True),
    Column("part", one_of("part", Part), nullable=False),
)

resource_reservations = Table(
    "resource_reservations",
    metadata,
    _event_key(),
    Column("position", Integer, primary_key=True),
    household_key(index=True),
    Column("resource_id", Id, ForeignKey("resources.id"), nullable=False, index=True),
)

# override is NULL for an occurrence taken out of its series.
event_exceptions = Table(
    "event_exceptions",
    metadata,
    _event_key(),
    Column("position", Integer, primary_key=True),
    household_key(index=True),
    Column("recurrence_id", WallTime, nullable=False),
    Column("override", Payload(Override)),
)

# Denormalised, so that agenda, conflicts and free slots read this one table only.
occurrences = Table(
    "occurrences",
    metadata,
    _event_key(),
    Column("recurrence_id", WallTime, primary_key=True),
    household_key(),
    Column("start_at", UtcDateTime, nullable=False),
    Column("end_at", UtcDateTime, nullable=False),
    Column("long", Boolean, nullable=False),
    Column("title", Words, nullable=False),
    Column("all_day", Boolean, nullable=False),
    Column("transparent", Boolean, nullable=False),
    Column("reminder_only", Boolean, nullable=False),
    Column("series", Boolean, nullable=False),
    Column("participants", Payload(tuple[Participant, ...], shared=True), nullable=False),
    Column("resources", Payload(tuple[UUID, ...], shared=True), nullable=False),
    Column("place", Words),
    Column("status", one_of("status", Status), nullable=False),
    Column("priority", one_of("priority", Priority), nullable=False),
    Column("flexibility", one_of("flexibility", Flexibility), nullable=False),
)
# As text, because only what a query says in the same words can use such an index, and
# `long = 0` is not what PostgreSQL understands.
SHORT_ONES = text("NOT long")
LONG_ONES = text("long")
_window = (occurrences.c.household_id, occurrences.c.start_at, occurrences.c.end_at)
Index("ix_occurrences_short", *_window, sqlite_where=SHORT_ONES, postgresql_where=SHORT_ONES)
Index("ix_occurrences_long", *_window, sqlite_where=LONG_ONES, postgresql_where=LONG_ONES)
