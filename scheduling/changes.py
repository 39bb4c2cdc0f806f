"""What has changed in a family, numbered: for those who follow it from outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

ChangeKind = Literal[
    "event.created",
    "event.updated",
    "event.cancelled",
    "conflict.detected",
    "proposal.opened",
    "proposal.decided",
    "family.updated",
]


@dataclass(frozen=True, slots=True)
class Happening:
    """subject: the event, the proposal, or the family itself."""

    kind: ChangeKind
    subject: UUID


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Everything that one change brought. version: of the family from then on, without gaps;
    whoever knows a version asks for what came after it. at: machine time."""

    version: int
    at: datetime
    happenings: tuple[Happening, ...]


class Changes(Protocol):
    async def after(self, household_id: UUID, version: int, limit: int) -> Sequence[ChangeRow]:
        """What came after that version, in order."""

    async def latest(self, household_id: UUID) -> int:
        """The family's version as it is now."""
