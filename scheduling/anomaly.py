"""Whether the last hour was unlike the week before it: slower by far, or with many more failures.

The step is measured against the week's median and its spread (the median of the distances from it),
which a few bad hours do not move. A quiet hour says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

FEWEST_TURNS = 10
"""In an hour that can be told to be unlike others."""
FEWEST_HOURS = 12
"""Of the week, before there is anything to compare with."""
SPREADS = 6.0
SLOWER = 2.0
"""At least so many times the usual latency: a steady service has hardly any spread."""
FAILURES = 0.05
"""At least that share of an hour's turns, as in the alert for failures."""


@dataclass(frozen=True, slots=True)
class Hour:
    """begins: UTC. turns: finished in it. failed: given up. seconds: from arrival to the end, on
    average."""

    begins: datetime
    turns: int
    failed: int
    seconds: float


def anomalies(week: Sequence[Hour], last: Hour) -> list[str]:
    """Sentences for an operator, none where nothing has changed. week: the hours before `last`."""
    told = [hour for hour in week if hour.turns >= FEWEST_TURNS]
    if last.turns < FEWEST_TURNS or len(told) < FEWEST_HOURS:
        return []
    found = []
    usual, limit = _step([hour.seconds for hour in told])
    if last.seconds > limit and last.seconds > SLOWER * usual:
        found.append(
            f"Answers took {last.seconds:.1f} s on average in the last hour; "
            f"{usual:.1f} s is usual."
        )
    usual, limit = _step([hour.failed / hour.turns for hour in told])
    share = last.failed / last.turns
    if share > limit and share > FAILURES:
        found.append(
            f"{share:.0%} of the messages of the last hour were given up; {usual:.0%} is usual."
        )
    return found


def _step(values: Sequence[float]) -> tuple[float, float]:
    """What is usual, and where what is not usual begins."""
    usual = median(values)
    spread = median(abs(value - usual) for value in values)
    return usual, usual + SPREADS * spread
