"""What is on: a list by day, short enough for a phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from agents.scene import Scene
from scheduling.agenda import by_day
from scheduling.matching import local_day
from scheduling.span import Span


async def agenda(scene: Scene, window: Span, people: Sequence[UUID] = ()) -> str:
    """The window's occurrences by day, of some people only where any are named."""
    found = await scene.on_calendar(window)
    if people:
        found = [o for o in found if set(o.people) & set(people)]
    return by_day(found, scene.household, window, scene.local_now.date())


def next_days(scene: Scene, days: int) -> Span:
    """From the beginning of today, `days` local days."""
    today = scene.local_now.date()
    first = local_day(today, scene.household)
    last = local_day(today + timedelta(days=days - 1), scene.household)
    return Span(first.start, last.end)
