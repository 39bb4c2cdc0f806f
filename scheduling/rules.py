"""What a family's standing rules forbid, in local time.

A rule of the hour (after, before, blocked) speaks of events that have an hour: an all-day trip
breaks it only where the whole day is blocked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from scheduling.events import Occurrence
from scheduling.family import Household, Rule
from scheduling.phrasing import local
from scheduling.recurrence import to_instant
from scheduling.rrules import WEEKDAYS
from scheduling.span import Span

_DAY = timedelta(days=1)
_LAST_MINUTE = time(23, 59)


def bound_by(rule: Rule, people: Iterable[UUID]) -> frozenset[UUID]:
    """Those of these people whom the rule binds."""
    return frozenset(p for p in people if not rule.members or p in rule.members)


def zone_of(household: Household, member_id: UUID) -> ZoneInfo:
    """The zone a person's rules are meant in."""
    member = household.member(member_id)
    return ZoneInfo(member.zone) if member and member.zone else household.zone


def holds_on(rule: Rule, day: date) -> bool:
    return not rule.days or WEEKDAYS[day.weekday()] in rule.days


def local_days(span: Span, zone: ZoneInfo) -> Iterator[date]:
    """Each local day the span touches."""
    day, end = local(span.start, zone).date(), local(span.end, zone)
    while datetime.combine(day, time()) < end:
        yield day
        day += _DAY


def day_span(day: date, zone: ZoneInfo) -> Span:
    """A local day: 23 or 25 hours where the clock changes."""
    return between(day, time(), time(), zone)


@lru_cache(maxsize=4096)
def between(day: date, first: time, last: time, zone: ZoneInfo) -> Span:
    """[first, last) on that local day; past midnight where `last` is not later. 23:59 is the
    midnight that follows, since that is how people write it."""
    start, end = datetime.combine(day, first), datetime.combine(day, last)
    if last >= _LAST_MINUTE:
        end = datetime.combine(day + _DAY, time())
    elif end <= start:
        end += _DAY
    begin = to_instant(start, zone)
    # A window inside the hour that a clock change skips still has a length.
    return Span(begin, max(to_instant(end, zone), begin + timedelta(minutes=1)))


def kept_free(rule: Rule, day: date, zone: ZoneInfo, *, all_day: bool = False) -> list[Span]:
    """The spans of that local day which an event of that kind must not touch."""
    spans = []
    if rule.blocked is not None and (not all_day or _whole_day(rule.blocked)):
        spans.append(between(day, *rule.blocked, zone))
    if rule.after is not None and rule.after > time() and not all_day:
        spans.append(between(day, rule.after, time(), zone))
    return spans


def _whole_day(blocked: tuple[time, time]) -> bool:
    return blocked[0] == time() and (blocked[1] == time() or blocked[1] >= _LAST_MINUTE)


def breaks_window(rule: Rule, occurrence: Occurrence, zone: ZoneInfo) -> bool:
    """Whether it happens at an hour that the rule keeps free."""
    start = local(occurrence.span.start, zone)
    if _too_early(rule, start) and not occurrence.all_day:
        return True
    if rule.blocked is None and rule.after is None:
        return False
    # A window that began the evening before may reach into the first day.
    days = [start.date() - _DAY, *local_days(occurrence.span, zone)]
    return any(
        kept.overlaps(occurrence.span)
        for day in days
        if holds_on(rule, day)
        for kept in kept_free(rule, day, zone, all_day=occurrence.all_day)
    )


def _too_early(rule: Rule, start: datetime) -> bool:
    return rule.before is not None and start.time() < rule.before and holds_on(rule, start.date())


def counted_days(occurrence: Occurrence, zone: ZoneInfo) -> list[date]:
    """The local days on which it is one of the day's events: a party past midnight is one
    event of its evening, a trip is one of each of its days."""
    if occurrence.all_day:
        return list(local_days(occurrence.span, zone))
    return [local(occurrence.span.start, zone).date()]
