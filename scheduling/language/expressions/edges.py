"""The end, start, middle or rest of a week, month or year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from scheduling.language.expressions.parts import Stretch

_EDGES = {"week": (2, 4), "weekend": (1, 1), "month": (10, 20), "year": (59, 304)}
"""How many days the start of a week, month or year holds, and how many precede its end."""


def edge_of(days: Stretch, edge: str, today: date) -> Stretch:
    """The end, start, middle or rest of a week, month or year."""
    if edge in ("rest", "later"):
        return replace(days, first=max(today, days.first), grain="days")
    if edge == "earlier":
        return replace(days, until=max(today, days.first + timedelta(days=1)), grain="days")
    start, end = _EDGES.get(days.grain, (1, days.days - 1))
    if edge == "start":
        return replace(days, until=days.first + timedelta(days=start), grain="part")
    if edge == "end":
        return replace(days, first=days.first + timedelta(days=end), grain="part")
    third = days.days // 3
    first = days.first + timedelta(days=third)
    return replace(days, first=first, until=first + timedelta(days=third), grain="part")
