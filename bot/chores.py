"""What an installation does beside answering: looking after itself.

Each chore has its hour. It runs as a task of its own, so that the loops which answer people never
wait for it, and whatever goes wrong in it is logged and ends there.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from scheduling.watching import Kind, watched

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chore:
    """minute, hour: when, UTC; hour None = every hour. at_start: also when a process begins, for
    machines that are off at that hour. work: safe to do twice, and in two processes at the same
    time."""

    name: str
    work: Callable[[], Awaitable[object]]
    minute: int
    hour: int | None = None
    at_start: bool = False

    async def do(self) -> None:
        """Now."""
        with watched(Kind.CHORE, self.name) as done:
            try:
                await self.work()
            # A backup that fails must not end the bot; the next hour, or the next night, is
            # another try, and the log says what was wrong.
            except Exception:
                done.outcome = "failed"
                log.exception("the chore %s failed", self.name)
