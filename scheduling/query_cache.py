"""What a family's calendar was found to say, remembered for as long as nothing of it changes.

What is asked is kept under the family's stamp (`Household.stamp`), which every write changes: a
write needs to forget nothing, since nobody asks under the old stamp again. Only what does not
depend on the time of asking is kept; what does is worked out of that each time.
"""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from scheduling.events import Occurrence
from scheduling.family import Household
from scheduling.span import Span


class QueryCache(Protocol):
    """Holds bytes for a while. Where it cannot, it knows nothing; it never raises."""

    async def get(self, key: str) -> bytes | None: ...
    async def put(self, key: str, value: bytes) -> None: ...
    async def close(self) -> None:
        """Let go of whatever it is connected to."""


class NoCache:
    """Implements `QueryCache` where there is none."""

    async def get(self, key: str) -> bytes | None:
        return None

    async def put(self, key: str, value: bytes) -> None:
        return

    async def close(self) -> None:
        return


class Known(Protocol):
    """Reading that need not ask the database where the answer is known.

    stamp: of the family as it was read in this request; "" = ask in any case. What is found may
    be newer than the stamp, never older. Within a transaction that has changed the family, the
    database is asked.
    """

    async def household(self, household_id: UUID, stamp: str) -> Household:
        """As `Households.get`. Raises NotFound."""

    async def overlapping(self, household_id: UUID, stamp: str, window: Span) -> list[Occurrence]:
        """As `Occurrences.overlapping`."""

    async def titles(self, household_id: UUID, stamp: str, window: Span) -> list[tuple[UUID, str]]:
        """As `Occurrences.titles`; remembered for exactly that window."""
