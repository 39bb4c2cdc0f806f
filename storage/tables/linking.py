"""Joining chats: the codes that are out, and the wrong ones that were tried."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from storage.tables.base import chat_key, household_key, key, metadata
from storage.types import Id, UtcDateTime

# offered_to: the chat in which the code was written. expires_at, used_at: family time.
link_codes = Table(
    "link_codes",
    metadata,
    key(),
    household_key(index=True),
    chat_key(index=True),
    Column("code_hash", Text, nullable=False, unique=True),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("offered_to", Id),
    Column("used_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
)

# tried_at: family time.
link_tries = Table(
    "link_tries",
    metadata,
    key(),
    household_key(index=True),
    chat_key(index=True),
    Column("tried_at", UtcDateTime, nullable=False),
)
