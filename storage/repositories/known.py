"""Reading through a cache, by the family's stamp."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from pydantic import ValidationError

from scheduling.events import Occurrence
from scheduling.family import Household
from scheduling.ports import Households, Occurrences
from scheduling.query_cache import NoCache, QueryCache
from scheduling.span import Span
from storage.codec import adapter, decode, encode
from storage.transaction import Transaction

T = TypeVar("T")

MOST_BYTES = 1_000_000
"""A longer answer is not kept: fetching it would take as long as asking."""
DAY = timedelta(days=1)
LAST = datetime(9999, 12, 30, tzinfo=UTC)
"""No whole day ends after it that a datetime can name."""


class SqlKnown:
    """Implements `scheduling.query_cache.Known`."""

    def __init__(
        self,
        tx: Transaction,
        households: Households,
        occurrences: Occurrences,
        cache: QueryCache,
    ) -> None:
        self._tx = tx
        self._households = households
        self._occurrences = occurrences
        self._cache = cache

    async def household(self, household_id: UUID, stamp: str) -> Household:
        async def ask() -> Household:
            return await self._households.get(household_id)

        if self._must_ask(household_id, stamp):
            return await ask()
        return await self._kept(Household, _key(household_id, stamp, "family"), ask)

    async def overlapping(self, household_id: UUID, stamp: str, window: Span) -> list[Occurrence]:
        if self._must_ask(household_id, stamp):
            return await self._occurrences.overlapping(household_id, window)
        days = _whole_days(window)

        async def ask() -> list[Occurrence]:
            return await self._occurrences.overlapping(household_id, days)

        key = _key(household_id, stamp, f"on {_named(days)}")
        found = await self._kept(list[Occurrence], key, ask)
        return [o for o in found if o.span.start < window.end and o.span.end > window.start]

    async def titles(self, household_id: UUID, stamp: str, window: Span) -> list[tuple[UUID, str]]:
        async def ask() -> list[tuple[UUID, str]]:
            return await self._occurrences.titles(household_id, window)

        if self._must_ask(household_id, stamp):
            return await ask()
        key = _key(household_id, stamp, f"titles {_named(window)}")
        return await self._kept(list[tuple[UUID, str]], key, ask)

    def _must_ask(self, household_id: UUID, stamp: str) -> bool:
        """What this transaction has written, and may yet take back, is nobody else's."""
        changed = household_id in self._tx.changed_households
        return isinstance(self._cache, NoCache) or not stamp or changed

    async def _kept(self, kind: Any, key: str, ask: Callable[[], Awaitable[T]]) -> T:
        held = await self._cache.get(key)
        if held is not None:
            try:
                known: T = decode(kind, held.decode())
            except (ValidationError, UnicodeDecodeError):
                # Nothing of ours: it is asked anew, and what is found takes its place.
                held = None
            else:
                return known
        found = await ask()
        value = encode(kind, found).encode()
        if len(value) <= MOST_BYTES:
            await self._cache.put(key, value)
        return found


def _whole_days(window: Span) -> Span:
    """Days of UTC around it: "from now on" is the same question all day long."""
    if window.end > LAST:
        return window
    first = datetime.combine(window.start.astimezone(UTC).date(), time(), UTC)
    last = datetime.combine(window.end.astimezone(UTC).date(), time(), UTC)
    return Span(first, last if last == window.end else last + DAY)


def _named(window: Span) -> str:
    return f"{window.start:%Y%m%dT%H%M%S.%f}-{window.end:%Y%m%dT%H%M%S.%f}"


def _key(household_id: UUID, stamp: str, question: str) -> str:
    return f"family_scheduler:known:{_form()}:{household_id.hex}:{stamp}:{question}"


@cache
def _form() -> str:
    """Changes with the form of what is kept, so that a newer release reads none of an older's."""
    schemas = [adapter(kind).json_schema() for kind in (Household, list[Occurrence])]
    return hashlib.sha256(json.dumps(schemas, sort_keys=True).encode()).hexdigest()[:12]
