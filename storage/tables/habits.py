"""What the family has said that events of one title are always like."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Column, Index, Table

from storage.tables.base import household_key, key, metadata, written
from storage.types import Duration, Payload, UtcDateTime, Words

# title: as events.title_key. members: whose; a list, because "soccer for Mia and Leo" is not
# what either of them has alone. forgotten_at: events booked until then (machine time) tell nothing
# of the title; a row may say nothing else.
habits = Table(
    "habits",
    metadata,
    key(),
    household_key(),
    Column("title", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("members", Payload(tuple[UUID, ...]), nullable=False),
    Column("length", Duration),
    Column("place", Words),
    Column("people", Payload(tuple[UUID, ...]), nullable=False),
    Column("resources", Payload(tuple[UUID, ...]), nullable=False),
    Column("forgotten_at", UtcDateTime),
    *written(),
)
Index("ix_habits_title", habits.c.household_id, habits.c.title)
