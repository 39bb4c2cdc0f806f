"""How many instances a load wants: one pure function, for a pool here and for Cloud Run alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil

from scheduling.load import Backlog


@dataclass(frozen=True, slots=True)
class Limits:
    """minimum, maximum: instances, whatever the load. per_instance: requests in hand that one
    instance is given before there is another. slow_seconds, busy_cpu: past these there is one more
    instance than now. cool_down: seconds for which there have to be too many before there are
    fewer.

    The defaults are the deployment document's: 1 to 10 instances; 1 or 2 for a quiet day, 3 to 5
    for five concurrent events, 8 to 10 for ten and more, 1 off hours; slow and busy as its alerts
    have it.
    """

    minimum: int = 1
    maximum: int = 10
    per_instance: float = 1.25
    slow_seconds: float = 2.0
    busy_cpu: float = 0.8
    cool_down: float = 300.0


@dataclass(frozen=True, slots=True)
class Load:
    """depth: requests that wait. running: requests that are worked on. latency: seconds from
    arrival to answer of the slowest twentieth. cpu: share of the instances' processors, 0 to 1.
    idle: seconds for which fewer instances than there are would have done."""

    depth: int = 0
    running: int = 0
    latency: float = 0.0
    cpu: float = 0.0
    idle: float = 0.0


def needed(load: Load, instances: int, limits: Limits = Limits()) -> int:
    """For what is to be done at this moment. instances: as many as there are."""
    wanted = ceil((load.depth + load.running) / limits.per_instance)
    waits = load.depth > 0 and load.latency > limits.slow_seconds
    if waits or load.cpu > limits.busy_cpu:
        wanted = max(wanted, instances + 1)
    return min(max(wanted, limits.minimum), limits.maximum)


def wanted(load: Load, instances: int, limits: Limits = Limits()) -> int:
    """Up at once, by as many as are needed. Down only after the cool-down, one at a time, so that a
    pause between two bursts does not cost a cold start."""
    now = needed(load, instances, limits)
    within = min(max(instances, limits.minimum), limits.maximum)
    if now >= within:
        return now
    return max(now, within - 1) if load.idle >= limits.cool_down else within


def load_of(backlog: Backlog) -> Load:
    """What the database knows of it."""
    latency = max(backlog.latency, backlog.oldest).total_seconds()
    return Load(backlog.waiting, backlog.running, latency)


class Steering:
    """What is wanted, look after look: it remembers since when there have been too many.

    now: seconds, of a clock that never goes back."""

    def __init__(self, limits: Limits, now: Callable[[], float]) -> None:
        self._limits = limits
        self._now = now
        self._enough_since = now()
        self._known: int | None = None

    def look(self, load: Load, instances: int) -> tuple[Load, int]:
        """The load with how long it has been idle, and how many instances it wants."""
        now = self._now()
        # Where somebody else has changed their number, the cool-down begins again for everyone.
        changed = self._known not in (None, instances)
        if changed or needed(load, instances, self._limits) >= instances:
            self._enough_since = now
        load = replace(load, idle=now - self._enough_since)
        goal = wanted(load, instances, self._limits)
        if goal < instances:
            self._enough_since = now
        self._known = goal
        return load, goal
