"""Questions put to a family, the answers, what stands against each other, what was done."""

from __future__ import annotations

from typing import Any, get_args
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from scheduling.events import Event
from scheduling.proposals import Option, ProposalKind, ProposalState
from scheduling.rating import THUMBS
from storage.tables.base import household_key, key, metadata, sequence, written
from storage.types import Id, Payload, UtcDateTime, Words, one_of

# decided_at: machine time, for the sweep that finds what was decided and never committed.
proposals = Table(
    "proposals",
    metadata,
    key(),
    household_key(),
    Column("chat_id", Id, nullable=False),
    Column("thread_id", Text, nullable=False),
    Column("kind", one_of("kind", get_args(ProposalKind)), nullable=False),
    Column("heading", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("options", Payload(tuple[Option, ...]), nullable=False),
    Column("asker", Id),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("slot", Words, nullable=False),
    Column("item", Integer, nullable=False),
    Column("event_ids", Payload(tuple[UUID, ...]), nullable=False),
    Column("consent", one_of("consent", ("any_parent", "everyone_affected")), nullable=False),
    Column("state", one_of("state", ProposalState), nullable=False),
    Column("choice", Integer),
    Column("decided_by", Id),
    Column("decider", Id),
    Column("answer", Payload(Any)),
    Column("decided_at", UtcDateTime),
    *written(),
)
Index("ix_proposals_state", proposals.c.household_id, proposals.c.state)
Index("ix_proposals_thread", proposals.c.thread_id)
_decided = proposals.c.state == "decided"
Index(
    "ix_proposals_decided",
    proposals.c.decided_at,
    sqlite_where=_decided,
    postgresql_where=_decided,
)

approvals = Table(
    "approvals",
    metadata,
    Column("proposal_id", Id, ForeignKey("proposals.id"), primary_key=True),
    Column("member_id", Id, primary_key=True),
    household_key(index=True),
    Column("choice", Integer),
    Column("on_behalf_of", Id),
    Column("voted_at", UtcDateTime, nullable=False),
)

# at: family time.
ratings = Table(
    "ratings",
    metadata,
    Column("proposal_id", Id, ForeignKey("proposals.id"), primary_key=True),
    Column("member_id", Id, primary_key=True),
    household_key(index=True),
    Column("thumb", one_of("thumb", THUMBS), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    *written(),
)
Index("ix_ratings_at", ratings.c.at)

conflicts = Table(
    "conflicts",
    metadata,
    key(),
    household_key(),
    Column("type", one_of("type", ("time", "resource", "constraint")), nullable=False),
    Column("severity", Text, nullable=False),
    Column("sentence", Words, nullable=False),
    Column("starts", UtcDateTime, nullable=False),
    Column("event_ids", Payload(tuple[UUID, ...]), nullable=False),
    Column("status", one_of("status", ("detected", "resolved", "ignored")), nullable=False),
    Column("proposal_id", Id),
    *written(),
)
Index("ix_conflicts_status", conflicts.c.household_id, conflicts.c.status)
# Of all families together, for an operator.
Index("ix_conflicts_created", conflicts.c.created_at)
Index("ix_conflicts_updated", conflicts.c.updated_at)

# seq orders entries of the same instant: a replayed clock may give several the same `at`.
audit = Table(
    "audit",
    metadata,
    sequence(),
    Column("id", Id, nullable=False, unique=True),
    household_key(),
    Column("actor", Id),
    Column("at", UtcDateTime, nullable=False),
    Column("thread_id", Text, nullable=False),
    Column("summary", Words, nullable=False),
    Column("chat_id", Id),
    Column("card", Text),
    Column("changes", Payload(tuple[tuple[Event | None, Event | None], ...]), nullable=False),
    Column("undone_by", Id),
    sqlite_autoincrement=True,
)
Index("ix_audit_chat", audit.c.household_id, audit.c.chat_id, audit.c.seq)
Index("ix_audit_thread", audit.c.thread_id)
