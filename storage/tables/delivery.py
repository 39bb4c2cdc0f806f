"""What comes in, what goes out, and what is to be said later."""

from __future__ import annotations

from typing import Any, get_args

from sqlalchemy import Boolean, Column, Index, Integer, Table, UniqueConstraint

from scheduling.messages import Inbound, InboundKind, Outgoing
from scheduling.notices import NoticeKind, NoticeState
from storage.tables.base import chat_key, household_key, key, lease, metadata, sequence, written
from storage.tables.family import PLATFORMS
from storage.types import Duration, Id, Payload, UtcDateTime, WallTime, Words, one_of

inbox = Table(
    "inbox",
    metadata,
    sequence(),
    Column("id", Id, nullable=False, unique=True),
    household_key(index=True),
    chat_key(),
    Column("member_id", Id, index=True),
    Column("platform", one_of("platform", PLATFORMS), nullable=False),
    Column("key", Words, nullable=False),
    Column("kind", one_of("kind", get_args(InboundKind)), nullable=False),
    Column("message_ref", Words),
    Column("inbound", Payload(Inbound), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("state", one_of("state", ("waiting", "done", "failed")), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("finished_at", UtcDateTime),
    UniqueConstraint("platform", "key"),
    sqlite_autoincrement=True,
)
_unfinished = inbox.c.state == "waiting"
Index(
    "ix_inbox_waiting",
    inbox.c.chat_id,
    inbox.c.seq,
    sqlite_where=_unfinished,
    postgresql_where=_unfinished,
)
# Of all families together, for an operator.
Index("ix_inbox_received", inbox.c.received_at)
_failed = inbox.c.state == "failed"
Index("ix_inbox_failed", inbox.c.finished_at, sqlite_where=_failed, postgresql_where=_failed)
Index("ix_inbox_message", inbox.c.chat_id, inbox.c.message_ref)

# reply_to: what it answers, for those who go on from there. retry_at: machine time before which
# it is not tried. reason: why it was given up.
outbox = Table(
    "outbox",
    metadata,
    sequence(),
    Column("id", Id, nullable=False, unique=True),
    household_key(),
    chat_key(),
    Column("key", Words, nullable=False),
    Column("card", Words),
    Column("reply_to", Words),
    Column("outgoing", Payload(Outgoing), nullable=False),
    Column("state", one_of("state", ("waiting", "sent", "given_up")), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("retry_at", UtcDateTime, nullable=False),
    *lease(),
    Column("message_ref", Words),
    Column("reason", Words),
    Column("created_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    UniqueConstraint("household_id", "key"),
    sqlite_autoincrement=True,
)
_unsent = outbox.c.state == "waiting"
Index(
    "ix_outbox_waiting",
    outbox.c.chat_id,
    outbox.c.seq,
    sqlite_where=_unsent,
    postgresql_where=_unsent,
)
Index("ix_outbox_card", outbox.c.chat_id, outbox.c.card, outbox.c.seq)
Index("ix_outbox_message", outbox.c.chat_id, outbox.c.message_ref)
Index("ix_outbox_reply", outbox.c.chat_id, outbox.c.reply_to)

notices = Table(
    "notices",
    metadata,
    key(),
    household_key(),
    Column("kind", one_of("kind", NoticeKind), nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("chat_id", Id),
    Column("event_id", Id),
    Column("recurrence_id", WallTime),
    Column("lead", Duration),
    Column("proposal_id", Id),
    Column("asked", Boolean, nullable=False),
    Column("state", one_of("state", NoticeState), nullable=False),
    Column("data", Payload(dict[str, Any]), nullable=False),
    *lease(),
    *written(),
)
_pending = notices.c.state == "waiting"
Index("ix_notices_due", notices.c.due, sqlite_where=_pending, postgresql_where=_pending)
Index("ix_notices_event", notices.c.household_id, notices.c.event_id)
