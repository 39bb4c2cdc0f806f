"""What has become of something asked for, for one who cannot watch the chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from uuid import UUID

from scheduling.messages import Inbound, Outgoing
from scheduling.proposals import Proposal
from scheduling.rows import AuditEntry, ConflictRow

StepRow = Mapping[str, Any]
"""What one agent found: agent, explanation, confidence, reasoning."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One request with all that came of it.

    request_id: its inbox row. state, attempts: the row's. said: what was answered, in order.
    entries: what it changed. proposals: what was asked of the family on its behalf, in order.
    """

    request_id: UUID
    member_id: UUID | None
    inbound: Inbound
    state: Literal["waiting", "done", "failed"]
    attempts: int
    steps: Sequence[StepRow]
    said: Sequence[Outgoing]
    entries: Sequence[AuditEntry]
    proposals: Sequence[Proposal]
    conflicts: Sequence[ConflictRow]


def task_id(request_id: UUID, inbound: Inbound) -> str:
    """What whoever asked calls the request: the API gave it an id of its own; in chats nobody
    calls it anything, and it is its inbox row."""
    asked = inbound.chat.platform == "http" and inbound.kind != "tap"
    return inbound.key if asked else str(request_id)


class Tasks(Protocol):
    async def trace(self, household_id: UUID, request_id: UUID, steps: Sequence[StepRow]) -> None:
        """Keep what the agents have found so far."""

    async def find(self, household_id: UUID, key: str) -> TaskRow | None:
        """By the key of its inbound, on the platform `http`."""
