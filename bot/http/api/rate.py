"""How many requests a token may make."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic
from uuid import UUID

MOST_KNOWN = 10_000
"""Tokens whose allowance is remembered; one that is forgotten begins anew with a full one."""


class Rate:
    """A bucket a token, filled evenly: `per_minute` at once, and then as fast as it fills.

    Of this process: with several, each allows as much. per_minute: 0 = no limit.
    """

    def __init__(self, per_minute: int, now: Callable[[], float] = monotonic) -> None:
        self.per_minute = per_minute
        self._now = now
        self._buckets: OrderedDict[UUID, tuple[float, float]] = OrderedDict()

    def take(self, token: UUID) -> int:
        """Seconds until the next request is let in; 0 lets this one in."""
        if not self.per_minute:
            return 0
        now = self._now()
        left, since = self._buckets.pop(token, (float(self.per_minute), now))
        filled = min(self.per_minute, left + (now - since) * self.per_minute / 60)
        allowed = filled >= 1
        self._buckets[token] = (filled - 1 if allowed else filled, now)
        if len(self._buckets) > MOST_KNOWN:
            self._buckets.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((1 - filled) * 60 / self.per_minute))
