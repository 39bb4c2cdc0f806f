"""When the reminders of an event fall due (RFC 5545 calls it VALARM; ours are rows).

One notice per event and lead, pointing at the next occurrence; sending it moves it on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid5
from zoneinfo import ZoneInfo

from scheduling.events import Event, Occurrence
from scheduling.family import Household, Settings
from scheduling.notices import Notice, NoticeKind, NoticeState

EVENING_BEFORE = timedelta(hours=6)
"""A day without an hour is announced at 18:00 the evening before."""


def leads(event: Event, settings: Settings) -> tuple[timedelta, ...]:
    """How long before its start an event is announced; asked-for leads replace the default."""
    if event.reminder_only:
        return (timedelta(0),)
    if event.reminders is not None:
        return event.reminders
    if event.all_day:
        return (EVENING_BEFORE,)
    return tuple(timedelta(minutes=m) for m in settings.reminders)


def event_notices(
    event: Event, household: Household, upcoming: Sequence[Occurrence], now: datetime
) -> list[Notice]:
    """The waiting notices of an event, each at its first due time after `now`.

    upcoming: the event's occurrences in order of start, from now on.
    """
    asked = event.reminder_only or event.reminders is not None
    found = []
    for lead in leads(event, household.settings):
        notice = Notice(
            id=uuid5(event.id, f"notice:{int(lead.total_seconds())}"),
            household_id=household.id,
            kind=NoticeKind.EVENT,
            due=now,
            chat_id=event.chat_id,
            event_id=event.id,
            lead=lead,
            asked=asked,
        )
        found.append(next_notice(notice, household, upcoming, after=now))
    return [n for n in found if n is not None]


def next_notice(
    notice: Notice, household: Household, upcoming: Iterable[Occurrence], after: datetime
) -> Notice | None:
    """The same notice for the first occurrence that falls due later than `after`, or None."""
    lead = notice.lead or timedelta(0)
    for occurrence in upcoming:
        due = occurrence.span.start - lead
        if not notice.asked:
            due = outside_quiet_hours(due, occurrence.span.start, household)
        if due > after:
            return replace(
                notice,
                due=due,
                recurrence_id=occurrence.recurrence_id,
                state=NoticeState.WAITING,
            )
    return None


def in_quiet_hours(moment: datetime, household: Household) -> bool:
    """Whether the family's quiet hours hold at that instant. They may pass midnight."""
    quiet = household.settings.quiet_hours
    if quiet is None:
        return False
    start, end = quiet
    local = moment.astimezone(household.zone).time()
    return start <= local < end if start <= end else local >= start or local < end


def quiet_bounds(moment: datetime, household: Household) -> tuple[datetime, datetime]:
    """The quiet stretch that contains `moment`, as instants. Only while `in_quiet_hours`."""
    assert household.settings.quiet_hours is not None
    start, end = household.settings.quiet_hours
    local = moment.astimezone(household.zone)
    begins = local.date() if start <= end or local.time() >= start else local.date() - timedelta(1)
    ends = begins if start <= end else begins + timedelta(1)
    return _at(begins, start, household.zone), _at(ends, end, household.zone)


def outside_quiet_hours(due: datetime, start: datetime, household: Household) -> datetime:
    """A due time moved out of quiet hours: to their end, or, where the event would have begun
    by then, to their beginning (told the evening before is better than told too late)."""
    if not in_quiet_hours(due, household):
        return due
    begins, ends = quiet_bounds(due, household)
    return ends if ends < start else begins


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
