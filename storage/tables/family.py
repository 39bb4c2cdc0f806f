"""The family: people, their accounts and chats, what they share, and their rules."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from scheduling.family import ResourceType, Role, RuleType, Settings
from scheduling.span import Span
from storage.tables.base import (
    chat_key,
    household_key,
    key,
    lease,
    metadata,
    removable,
    written,
)
from storage.types import Id, Payload, UtcDateTime, WallTime, Words, one_of

PLATFORMS = ("console", "telegram", "slack", "http")

households = Table(
    "households",
    metadata,
    key(),
    Column("name", Words, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("settings", Payload(Settings), nullable=False),
    Column("onboarded", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    *written(),
)

members = Table(
    "members",
    metadata,
    key(),
    household_key(index=True),
    Column("position", Integer, nullable=False),
    Column("name", Words, nullable=False),
    Column("role", one_of("role", Role), nullable=False),
    Column("aliases", Payload(tuple[str, ...]), nullable=False),
    Column("zone", Text),
    *removable(),
)

resources = Table(
    "resources",
    metadata,
    key(),
    household_key(index=True),
    Column("position", Integer, nullable=False),
    Column("name", Words, nullable=False),
    Column("type", one_of("type", ResourceType), nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("out", Payload(tuple[Span, ...]), nullable=False),
    *removable(),
)

# terms: the fields of a Rule that have no column of their own.
constraints = Table(
    "constraints",
    metadata,
    key(),
    household_key(index=True),
    Column("position", Integer, nullable=False),
    Column("type", one_of("type", RuleType), nullable=False),
    Column("text", Words, nullable=False),
    Column("hard", Boolean, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("terms", Text, nullable=False),
    *removable(),
)

# topic is '' where there is none: in a unique key no two NULLs are the same. linked: its family
# has been joined with another chat's, and what is done in one is told in the other.
chats = Table(
    "chats",
    metadata,
    key(),
    household_key(index=True),
    Column("platform", one_of("platform", PLATFORMS), nullable=False),
    Column("external_id", Words, nullable=False),
    Column("topic", Words, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("title", Words, nullable=False),
    Column("space", Words),
    Column("linked", Boolean, nullable=False, server_default=false()),
    Column("state", one_of("state", ("active", "gone")), nullable=False),
    *lease(),
    *written(),
    UniqueConstraint("platform", "external_id", "topic"),
)
Index("ix_chats_space", chats.c.platform, chats.c.space)
# Few chats are linked, and a program that asks much has many.
Index(
    "ix_chats_linked",
    chats.c.household_id,
    sqlite_where=text("linked = 1"),
    postgresql_where=text("linked"),
)

identities = Table(
    "identities",
    metadata,
    Column("platform", one_of("platform", PLATFORMS), primary_key=True),
    Column("external_id", Words, primary_key=True),
    household_key(primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
)

# sealed: encrypted by the adapter, whose key is in no database.
installations = Table(
    "installations",
    metadata,
    Column("platform", one_of("platform", PLATFORMS), primary_key=True),
    Column("space", Words, primary_key=True),
    Column("sealed", Text, nullable=False),
    *written(),
)

focus = Table(
    "focus",
    metadata,
    chat_key(primary_key=True),
    Column("member_id", Id, primary_key=True),
    household_key(primary_key=True),
    Column("event_id", Id, nullable=False),
    Column("recurrence_id", WallTime),
)

feeds = Table(
    "feeds",
    metadata,
    Column("token_hash", Text, primary_key=True),
    household_key(index=True),
    Column("member_id", Id),
    Column("created_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
)
