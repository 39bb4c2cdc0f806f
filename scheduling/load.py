"""How much there is to do, over all families: for whoever decides how many workers do it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Backlog:
    """waiting: chats with work that nobody is at. running: chats that somebody is at. oldest: how
    long the oldest unfinished message has waited. latency: from the door in to being done, of the
    slowest twentieth (p95) of what was done in the last minute; zero where that was nothing."""

    waiting: int
    running: int
    oldest: timedelta
    latency: timedelta


class Backlogs(Protocol):
    async def now(self) -> Backlog: ...
