"""What is kept, and until when: the rows behind old requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

Log = Literal["inbox", "outbox", "audit"]
"""What is written at its end and numbered: messages in, messages out, changes made."""

Heap = Literal["conflicts", "proposals", "notices", "chats"]
"""What has no order. chats: those of single requests by HTTP, of which nothing else is left."""


@dataclass(frozen=True, slots=True)
class Standing:
    """busy: something of the request still waits, for a turn, for an answer, or to be done."""

    household_id: UUID
    busy: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a log. at: when it was written. waits: it is still to be done or sent."""

    seq: int
    id: UUID
    at: datetime
    waits: bool


class Keeping(Protocol):
    """Over all families: for the nightly work only."""

    async def standing(self, thread_ids: Sequence[str]) -> Mapping[str, Standing]:
        """Of each thread that is some family's; the others are left over from families that
        were deleted."""

    async def entries(self, log: Log, beyond: int, limit: int) -> Sequence[Entry]:
        """The next rows of a log, in their order, beyond that number."""

    async def drop(self, log: Log, ids: Sequence[UUID]) -> None:
        """With a message goes what the HTTP API tells of its task."""

    async def drop_settled(self, heap: Heap, before: datetime, limit: int) -> int:
        """Remove some of what was settled before that moment (machine time); how many there were.
        Nothing goes that is open: a question, a notice that is to come, a clash ahead. With a
        question go the answers and thumbs it was given."""
