"""Where an occurrence could go instead, nearest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduling.errors import EmptySpan
from scheduling.events import Occurrence
from scheduling.phrasing import local
from scheduling.recurrence import to_instant
from scheduling.resolutions.situation import Situation
from scheduling.rules import day_span
from scheduling.slots import WAKING, Search, free_starts
from scheduling.span import Span

DAYS_AHEAD = 7
_DAY = timedelta(days=1)


def same_day(situation: Situation, moving: Occurrence) -> list[datetime]:
    """Free starts on the local day of `moving`, nearest first, the later of two equal ones."""
    if moving.all_day:
        return []
    zone = situation.household.zone
    window = day_span(local(moving.span.start, zone).date(), zone)
    starts = _free(situation, moving, window)
    wanted = moving.span.start
    return sorted(starts, key=lambda s: (abs(s - wanted), s < wanted))


def other_days(situation: Situation, moving: Occurrence) -> Iterator[datetime]:
    """One start a day over the week that follows: the free one nearest to the same hour."""
    zone = situation.household.zone
    wall = local(moving.span.start, zone)
    for number in range(1, DAYS_AHEAD + 1):
        day = wall.date() + number * _DAY
        same_hour = to_instant(datetime.combine(day, wall.time()), zone)
        if moving.all_day:
            yield same_hour
        elif starts := _free(situation, moving, day_span(day, zone)):
            yield min(starts, key=lambda s: (abs(s - same_hour), s < same_hour))


def _free(situation: Situation, moving: Occurrence, window: Span) -> list[datetime]:
    """Free starts that break no wish; where there is none, those that break some."""
    try:
        ahead = Span(max(window.start, situation.now), window.end)
    except EmptySpan:
        return []
    search = Search(
        household=situation.household,
        members=tuple(moving.busy),
        resources=moving.resources,
        window=ahead,
        duration=moving.span.duration,
        busy=situation.busy_near(ahead, without=moving),
        waking=_waking(moving, situation.household.zone),
        wishes=True,
    )
    found = free_starts(search)
    if not found and any(not r.hard for r in search.rules):
        found = free_starts(replace(search, wishes=False))
    return [s for s in found if s != moving.span.start]


def _waking(moving: Occurrence, zone: ZoneInfo) -> tuple[time, time]:
    """The usual hours, widened to those of the event itself where it lies outside."""
    start, end = local(moving.span.start, zone), local(moving.span.end, zone)
    if start.date() != end.date():
        return min(WAKING[0], start.time()), time(23, 59)
    return min(WAKING[0], start.time()), max(WAKING[1], end.time())
