"""What language models were asked, and what that cost."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text, UniqueConstraint

from scheduling.language.worded import Worded
from storage.tables.base import household_key, key, metadata, written
from storage.types import Id, Payload, UtcDateTime, Words

# asked_at: family time. cost: millionths of a US dollar. answer, text: for a day, see `ModelCall`.
usage = Table(
    "usage",
    metadata,
    key(),
    household_key(),
    Column("request_id", Id, nullable=False),
    Column("agent", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("cost", BigInteger, nullable=False),
    Column("answer", Payload(tuple[Worded, ...])),
    Column("text", Words),
    *written(),
    UniqueConstraint("request_id", "agent"),
)
Index("ix_usage_asked", usage.c.household_id, usage.c.asked_at)
# Of all families together, for an operator.
Index("ix_usage_day", usage.c.asked_at)
