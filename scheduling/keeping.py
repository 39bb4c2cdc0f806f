"""What is kept, and until when: the rows behind old requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Standing:
    """busy: something of the request still waits, for a turn, for an answer, or to be done."""

    household_id: UUID
    busy: bool


class Keeping(Protocol):
    """Over all families: for the nightly work only."""

    async def standing(self, thread_ids: Sequence[str]) -> Mapping[str, Standing]:
        """Of each thread that is some family's; the others are left over from families that
        were deleted."""
