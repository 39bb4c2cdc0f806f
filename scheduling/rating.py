"""Whether a way out of a clash was a good one: a thumb up or down, one a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, get_args
from uuid import UUID

Thumb = Literal["up", "down"]
THUMBS: tuple[Thumb, ...] = get_args(Thumb)


@dataclass(frozen=True, slots=True)
class Rating:
    """proposal_id: the clash that was settled. at: family time."""

    household_id: UUID
    proposal_id: UUID
    member_id: UUID
    thumb: Thumb
    at: datetime


class Ratings(Protocol):
    async def put(self, rating: Rating) -> None:
        """The person's one vote on it; a later one takes its place."""

    async def of_proposal(self, household_id: UUID, proposal_id: UUID) -> list[Rating]: ...
