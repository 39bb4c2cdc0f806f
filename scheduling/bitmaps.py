"""Time as the bits of one Python integer: bit n is the n-th unit from the beginning.

A fortnight in quarters of an hour is 1,344 bits; laying calendars over each other is then a
few machine instructions, and so is the search for a run long enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduling.span import Span


@dataclass(frozen=True, slots=True)
class Grid:
    """`size` units from `start` (UTC)."""

    start: datetime
    unit: timedelta
    size: int

    @property
    def everything(self) -> int:
        return (1 << self.size) - 1

    def touched(self, spans: Iterable[Span], pad: timedelta = timedelta(0)) -> int:
        """The units that any of the spans, widened by `pad`, touches, be it in part."""
        return self._fill((self._floor(s.start - pad), self._ceil(s.end + pad)) for s in spans)

    def inside(self, spans: Iterable[Span]) -> int:
        """The units that lie wholly in one of the spans."""
        return self._fill((self._ceil(s.start), self._floor(s.end)) for s in spans)

    def beginning_in(self, spans: Iterable[Span]) -> int:
        """The units whose first moment lies in one of the spans."""
        return self._fill((self._ceil(s.start), self._ceil(s.end)) for s in spans)

    def every(self, units: int) -> int:
        """Each units-th unit, from the first on."""
        repeats = -(-self.size // units)
        return (((1 << units * repeats) - 1) // ((1 << units) - 1)) & self.everything

    def at(self, index: int) -> datetime:
        return self.start + index * self.unit

    def _floor(self, moment: datetime) -> int:
        return (moment - self.start) // self.unit

    def _ceil(self, moment: datetime) -> int:
        return -((self.start - moment) // self.unit)

    def _fill(self, bounds: Iterable[tuple[int, int]]) -> int:
        bits = 0
        for first, last in bounds:
            low, high = max(first, 0), min(last, self.size)
            if low < high:
                bits |= ((1 << (high - low)) - 1) << low
        return bits


def runs(free: int, length: int) -> int:
    """Where `length` free units in a row begin; doubling, so a long run costs no more."""
    have = 1
    while have < length:
        step = min(have, length - have)
        free &= free >> step
        have += step
    return free


def ones(bits: int) -> Iterator[int]:
    """The positions of the set bits, in order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def stretches(bits: int) -> Iterator[tuple[int, int]]:
    """Runs of set bits as [first, last], in order; each costs a few operations."""
    while bits:
        first = (bits & -bits).bit_length() - 1
        rest = ~(bits >> first)
        length = (rest & -rest).bit_length() - 1
        yield first, first + length - 1
        bits = bits >> (first + length) << (first + length)
