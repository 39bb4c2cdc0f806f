"""The HTTP API: who may use it, what came of what was asked there, and who is told."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from scheduling.access import Scope
from scheduling.changes import Happening
from storage.tables.base import chat_key, household_key, key, metadata, removable, written
from storage.types import Id, Payload, UtcDateTime, Words, one_of

tokens = Table(
    "tokens",
    metadata,
    key(),
    household_key(index=True),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False),
    Column("name", Words, nullable=False),
    Column("scope", one_of("scope", Scope), nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    *removable(),
)

# request_id: the inbox row. steps: what each agent found on the way.
tasks = Table(
    "tasks",
    metadata,
    Column("request_id", Id, primary_key=True),
    household_key(index=True),
    Column("steps", Payload(tuple[dict[str, Any], ...]), nullable=False),
    *written(),
)

# version: `households.version` from then on. created_at: machine time.
changes = Table(
    "changes",
    metadata,
    household_key(primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("happenings", Payload(tuple[Happening, ...]), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

# chat_id: where what it is told lies in the outbox. told: the version it has been told up to.
webhooks = Table(
    "webhooks",
    metadata,
    key(),
    household_key(index=True),
    chat_key(),
    Column("url", Words, nullable=False),
    Column("kinds", Payload(tuple[str, ...]), nullable=False),
    Column("told", Integer, nullable=False),
    *removable(),
)
