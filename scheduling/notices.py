"""What is to be said later: the rows of the reminder loop, and when they fall due.

One notice stands for all occurrences of an event at one lead: it holds the next due time and
is moved on to the occurrence after, when it has been sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID


class NoticeKind(StrEnum):
    EVENT = "event"
    SNOOZED = "snoozed"
    DAILY = "daily"
    WEEKLY = "weekly"
    FOLLOW_UP = "follow_up"
    EXPIRY = "expiry"
    CONFLICT = "conflict"
    OPEN_PART = "open_part"


class NoticeState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Notice:
    """due: UTC instant. event_id, recurrence_id: the occurrence it speaks of. lead: before
    its start. asked: asked for by name, so quiet hours do not hold it. chat_id: where it goes,
    None = every family chat. proposal_id: for follow-ups and expiry. data: small extras."""

    id: UUID
    household_id: UUID
    kind: NoticeKind
    due: datetime
    chat_id: UUID | None = None
    event_id: UUID | None = None
    recurrence_id: datetime | None = None
    lead: timedelta | None = None
    proposal_id: UUID | None = None
    asked: bool = False
    state: NoticeState = NoticeState.WAITING
    data: dict[str, Any] = field(default_factory=dict)


class Notices(Protocol):
    async def put(self, notices: Sequence[Notice]) -> None:
        """Insert, or replace by id."""

    async def get(self, household_id: UUID, notice_id: UUID) -> Notice | None: ...
    async def of_event(self, household_id: UUID, event_id: UUID) -> list[Notice]: ...
    async def drop_for_event(self, household_id: UUID, event_id: UUID) -> None:
        """Drop its waiting reminders. What was snoozed and what is open looks at the event
        itself when it falls due."""

    async def drop_for_proposal(self, household_id: UUID, proposal_id: UUID) -> None: ...
    async def drop_kind(self, household_id: UUID, kind: NoticeKind) -> None: ...
    async def claim_due(
        self, now: datetime, owner: str, lease: timedelta, limit: int
    ) -> list[Notice]:
        """Take waiting notices with due <= now, in order of due time."""

    async def settle(self, said: Sequence[Notice], owner: str) -> None:
        """Write back state, due, recurrence_id and data of each that `owner` still holds, and
        free its lease. One that was dropped or put anew meanwhile stays as it then became."""

    async def next_due(self) -> datetime | None: ...
