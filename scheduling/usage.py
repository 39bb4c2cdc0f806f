"""What language models were asked, and what that cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from scheduling.language.worded import Worded


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One question put to a model, for one request.

    agent: which agent asked. asked_at: family time. outcome: "asked" until it is known, then
    "answered" or what went wrong. cost: millionths of a US dollar. answer: what it said, kept for
    a day, so that a request that is taken up again after a crash does not ask twice. text: what
    was heard, kept as long.
    """

    id: UUID
    household_id: UUID
    request_id: UUID
    agent: str
    model: str
    asked_at: datetime
    outcome: str = "asked"
    tokens_in: int = 0
    tokens_out: int = 0
    cost: int = 0
    answer: tuple[Worded, ...] | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class UsageLine:
    """Calls of one agent on one day (UTC)."""

    day: str
    agent: str
    model: str
    calls: int
    failed: int
    tokens_in: int
    tokens_out: int
    cost: int


class Usage(Protocol):
    async def begin(self, call: ModelCall) -> bool:
        """False if that request's agent has asked before."""

    async def finish(self, call: ModelCall) -> None:
        """Write back outcome, tokens, cost and answer."""

    async def find(self, household_id: UUID, request_id: UUID, agent: str) -> ModelCall | None: ...
    async def spent(self, household_id: UUID, since: datetime) -> int:
        """Millionths of a US dollar, of what was asked from then on."""

    async def forget_answers(self, before: datetime) -> None:
        """Of every family; the figures stay. For the daily sweep."""

    async def by_day(self, since: datetime) -> Sequence[UsageLine]:
        """Of every family, for whoever runs the product; the newest day first."""

    async def requests(self, since: datetime) -> int:
        """Of every family: how many requests a model was asked for at all, from then on."""
