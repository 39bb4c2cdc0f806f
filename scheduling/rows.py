"""Rows that several parts of the product hand to each other, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from scheduling.events import Event
from scheduling.family import Household
from scheduling.messages import ChatAddress, Inbound, Outgoing


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat known to the product. state: `gone` when the bot was removed or blocked. linked: it
    was joined with another by a code, and is told what is done there."""

    id: UUID
    household_id: UUID
    address: ChatAddress
    state: Literal["active", "gone"] = "active"
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Located:
    """Where something happened, and the family as it is. member_id: of that family; None for
    one who is not known there. idle: nothing that happened in the chat before is waiting to be
    done. exactly: False where a topic is not known yet, and this is the group it is in."""

    chat: Chat
    household: Household
    member_id: UUID | None
    idle: bool
    exactly: bool = True


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One thing that happened, on its way through the orchestrator.

    asked: a question stands open in the chat. seq: grows in order of arrival. attempts: how
    often draining it was begun.
    member_id: who, if that account is a member of the household.
    """

    id: UUID
    seq: int
    household_id: UUID
    chat_id: UUID
    member_id: UUID | None
    inbound: Inbound
    received_at: datetime
    attempts: int = 0
    asked: bool = False


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """seq: order within its chat. message_ref: the platform's id of the message to edit, where
    this row's card was sent before. attempts: deliveries tried."""

    id: UUID
    seq: int
    outgoing: Outgoing
    chat: Chat
    message_ref: str | None
    attempts: int


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A change and how to take it back. before / after: the events touched, as they were and as
    they became (None = did not exist). thread_id: the request that made it. summary: in words
    for the family. undone_by: the inbox row that took it back."""

    id: UUID
    household_id: UUID
    actor: UUID | None
    at: datetime
    thread_id: str
    summary: str
    chat_id: UUID | None
    card: str | None
    changes: tuple[tuple[Event | None, Event | None], ...]
    undone_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A clash that stands on the calendar (table `conflicts`)."""

    id: UUID
    household_id: UUID
    type: Literal["time", "resource", "constraint"]
    severity: str
    sentence: str
    starts: datetime
    event_ids: tuple[UUID, ...]
    status: Literal["detected", "resolved", "ignored"] = "detected"
    proposal_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Focus:
    """The event last shown to a person in a chat: what "it" means there."""

    event_id: UUID
    recurrence_id: datetime | None


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A code by which another chat may join the family of this one. offered_to: the chat where
    it was written, which it is for from then on. expires_at, used_at: family time."""

    id: UUID
    household_id: UUID
    chat_id: UUID
    code_hash: str
    expires_at: datetime
    offered_to: UUID | None = None
    used_at: datetime | None = None
