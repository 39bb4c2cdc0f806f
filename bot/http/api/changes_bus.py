"""Waking those who follow a family's changes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID


class Bus:
    """Who waits for a family's next change. A wake-up that is lost costs nothing but time: the
    waiting look into the database by themselves, too."""

    def __init__(self) -> None:
        self._waiting: dict[UUID, set[asyncio.Event]] = {}

    def announce(self, households: frozenset[UUID]) -> None:
        """Something has changed in these families. From the event loop's own thread."""
        for household in households:
            for event in self._waiting.get(household, ()):
                event.set()

    @contextmanager
    def following(self, household: UUID) -> Iterator[asyncio.Event]:
        """An event that is set by the family's next change."""
        event = asyncio.Event()
        self._waiting.setdefault(household, set()).add(event)
        try:
            yield event
        finally:
            others = self._waiting[household]
            others.discard(event)
            if not others:
                del self._waiting[household]
