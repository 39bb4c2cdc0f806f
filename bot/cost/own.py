"""This installation's own figures, from what its models were asked. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scheduling.usage import UsageLine

WINDOW = 30
"""Days looked back, and days in the month that is projected."""


@dataclass(frozen=True, slots=True)
class Own:
    """requests: those a model was asked for. calls_each: model calls a request. days: how many of
    the last 30 there are figures for. spent and projected_month: millionths of a US dollar;
    projected_month is what 30 days cost at the pace of these."""

    requests: int
    calls: int
    calls_each: float
    days: int
    spent: int
    today: int
    projected_month: int


def own_figures(lines: Sequence[UsageLine], requests: int, today: date) -> Own:
    """lines: of the last 30 days; requests: in the same time. today: in UTC, as the lines are."""
    calls = sum(line.calls for line in lines)
    spent = sum(line.cost for line in lines)
    first = min((date.fromisoformat(line.day) for line in lines), default=today)
    # From the first call on: an installation of a week ago is not a quiet month.
    days = min(max((today - first).days + 1, 1), WINDOW)
    return Own(
        requests=requests,
        calls=calls,
        calls_each=calls / requests if requests else 0.0,
        days=days,
        spent=spent,
        today=sum(line.cost for line in lines if line.day == today.isoformat()),
        projected_month=round(spent * WINDOW / days),
    )
