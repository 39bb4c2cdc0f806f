"""How much there is to do, over all families: for whoever decides how many workers do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from scheduling.anomaly import Hour
from scheduling.rating import Thumb


@dataclass(frozen=True, slots=True)
class Backlog:
    """waiting: chats with work that nobody is at. running: chats that somebody is at. oldest: how
    long the oldest unfinished message has waited. latency: from the door in to being done, of the
    slowest twentieth (p95) of what was done in the last minute; zero where that was nothing."""

    waiting: int
    running: int
    oldest: timedelta
    latency: timedelta


@dataclass(frozen=True, slots=True)
class Figures:
    """What an operator looks at, over all families.

    inbox, outbox: rows that wait. oldest: for how long the oldest row that is due has waited, of
    the inbox, of the outbox, of reminders. late: reminders due for more than a minute.
    checkpoint_bytes: of all threads. cost_today: of models since midnight UTC, in millionths of a
    US dollar. The rest: within the last 24 hours.
    """

    inbox: int
    outbox: int
    oldest: Mapping[Literal["inbox", "outbox", "reminder"], timedelta]
    late: int
    checkpoint_bytes: int
    cost_today: int
    turns_failed: int
    events_created: int
    conflicts_found: int
    conflicts_resolved: int
    thumbs: Mapping[Thumb, int]


class Backlogs(Protocol):
    async def now(self) -> Backlog: ...
    async def figures(self, now: datetime) -> Figures:
        """now: family time."""

    async def hours(self, since: datetime) -> list[Hour]:
        """What was finished, by the hour in which it came in (UTC), oldest first."""
