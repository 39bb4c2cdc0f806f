"""A stretch of time: half-open, aware, compared in UTC.

Naive datetimes are refused at the door, because two wall times of one zone compare wrongly
across a DST night (Python ignores `fold` when both sides share a tzinfo).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from scheduling.errors import EmptySpan


def instant(moment: datetime) -> datetime:
    """The same moment in UTC. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError(f"a span needs an aware datetime, not {moment!r}")
    return moment.astimezone(UTC)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """[start, end) in UTC. Raises EmptySpan unless start < end."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", instant(self.start))
        object.__setattr__(self, "end", instant(self.end))
        if self.start >= self.end:
            raise EmptySpan("That would end before it starts. When does it end?")

    @property
    def duration(self) -> timedelta:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, moment: datetime) -> bool:
        return self.start <= instant(moment) < self.end

    def padded(self, by: timedelta) -> Span:
        """The span with `by` added on both sides."""
        return Span(self.start - by, self.end + by)

    def shifted(self, by: timedelta) -> Span:
        return Span(self.start + by, self.end + by)
