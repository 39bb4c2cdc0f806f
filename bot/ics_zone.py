"""VTIMEZONE for a zone, written from the zone data itself.

icalendar can write one, but puts a spring transition an hour late (it takes the wall time after
the change, where RFC 5545, 3.6.5 wants it by the offset before).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def zone_component(zone: str, first_year: int, last_year: int) -> Timezone:
    """Right from the start of `first_year` to the end of `last_year`."""
    tz = ZoneInfo(zone)
    component = Timezone()
    component.add("TZID", zone)
    start = datetime(first_year, 1, 1, tzinfo=UTC)
    component.add_component(_observance(tz, start, _offset(tz, start)))
    for change in _changes(tz, start, datetime(last_year + 1, 1, 1, tzinfo=UTC)):
        component.add_component(_observance(tz, change, _offset(tz, change - timedelta(seconds=1))))
    return component


def _observance(
    tz: tzinfo, change: datetime, before: timedelta
) -> TimezoneDaylight | TimezoneStandard:
    local = change.astimezone(tz)
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.add("DTSTART", (change + before).replace(tzinfo=None))
    part.add("TZOFFSETFROM", before)
    part.add("TZOFFSETTO", _offset(tz, change))
    part.add("TZNAME", local.tzname() or "")
    return part


def _changes(tz: tzinfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """The instants at which the offset changes, found day by day, then to the second."""
    day = start
    while day < end:
        if _offset(tz, day) != _offset(tz, day + _DAY):
            yield _bisect(tz, day, day + _DAY)
        day += _DAY


def _bisect(tz: tzinfo, low: datetime, high: datetime) -> datetime:
    before = _offset(tz, low)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low).total_seconds() // 2)
        low, high = (middle, high) if _offset(tz, middle) == before else (low, middle)
    return high


def _offset(tz: tzinfo, instant: datetime) -> timedelta:
    return instant.astimezone(tz).utcoffset() or timedelta(0)
