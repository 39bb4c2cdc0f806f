"""Family time: the system's clock, and one that is moved by hand."""

from __future__ import annotations

from datetime import UTC, datetime

from scheduling.span import instant


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class HandClock:
    """Stands still until it is set; scripts and tests move it."""

    def __init__(self, now: datetime) -> None:
        self._now = instant(now)

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        """Move to `now` (aware). Raises ValueError for a naive time or one that lies back."""
        moved = instant(now)
        if moved < self._now:
            raise ValueError(f"family time cannot go back from {self._now} to {moved}")
        self._now = moved
