"""A question put to a family, its options, and who may settle it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from scheduling.edits import Edit

ProposalKind = Literal["question", "clash", "confirm"]
"""question: something is unclear, the asker or a parent answers. clash: a fix is to be chosen.
confirm: what was asked touches much, or deletes for good."""


class ProposalState(StrEnum):
    OPEN = "open"
    DECIDED = "decided"
    DONE = "done"
    REJECTED = "rejected"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Option:
    """One way out. label: the button's. text: the numbered line on the card, with what it
    would disturb. edits: what it does. affects: members other than the asker whose events
    change. answer: for a question, the value of the slot asked for (JSON). overrides: ids of
    soft rules this option knowingly breaks."""

    label: str
    text: str = ""
    edits: tuple[Edit, ...] = ()
    affects: tuple[UUID, ...] = ()
    answer: Any = None
    overrides: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """asker: who began the request. slot: what a question asks for. item: which of the
    request's items it is about. choice: index into options once decided; None = rejected.
    decided_by: the inbox row of the winning tap. event_ids: events it touches.
    heading/body: the card as first shown."""

    id: UUID
    household_id: UUID
    chat_id: UUID
    thread_id: str
    kind: ProposalKind
    heading: str
    body: str
    options: tuple[Option, ...]
    asker: UUID | None
    expires_at: datetime
    slot: str = ""
    item: int = 0
    event_ids: tuple[UUID, ...] = ()
    consent: Literal["any_parent", "everyone_affected"] = "any_parent"
    state: ProposalState = ProposalState.OPEN
    choice: int | None = None
    decided_by: UUID | None = None
    decider: UUID | None = None

    @property
    def card(self) -> str:
        return f"proposal:{self.id.hex}"


@dataclass(frozen=True, slots=True)
class Vote:
    """One member's tap (table `approvals`); choice None = reject."""

    proposal_id: UUID
    member_id: UUID
    choice: int | None
    on_behalf_of: UUID | None = None
