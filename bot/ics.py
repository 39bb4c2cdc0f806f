"""A family's calendar as iCalendar (RFC 5545): for the private feed and for /export. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, vRecur
from icalendar import Event as VEvent

from bot.ics_zone import zone_component
from scheduling.events import Event, Override, Participant, Priority, Status
from scheduling.family import Household

_PRIORITIES = {Priority.CRITICAL: 1, Priority.HIGH: 3, Priority.MEDIUM: 5, Priority.LOW: 9}
_ZONE_YEARS = 15
_UNTIL = re.compile(r"UNTIL=(\d{8})[^;]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def calendar_ics(household: Household, events: Sequence[Event], member_id: UUID | None) -> bytes:
    """One VCALENDAR, the same bytes for the same events. Cancelled events are left out.

    member_id: only what that person takes part in, in any part; None = the whole family's.
    """
    calendar = Calendar()
    calendar.add("PRODID", "-//Family Scheduler//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("X-WR-CALNAME", _plain(_title(household, member_id)))
    calendar.add("X-WR-TIMEZONE", household.timezone)
    shown = [
        each
        for event in sorted(events, key=lambda e: (e.start, e.id))
        if event.status is not Status.CANCELLED
        for each in _seen_by(event, member_id)
    ]
    for zone, years in sorted(_zones(shown).items()):
        calendar.add_component(zone_component(zone, *years))
    for event in shown:
        calendar.add_component(_master(household, event))
        for override in event.overrides:
            calendar.add_component(_exception(household, event, override))
    content: bytes = calendar.to_ical()
    return content


def _title(household: Household, member_id: UUID | None) -> str:
    member = household.member(member_id) if member_id else None
    return f"{household.name}: {member.name}" if member else household.name


def _seen_by(event: Event, member_id: UUID | None) -> Iterator[Event]:
    """The event as one person's feed shows it.

    An occurrence they are not in is taken out; one they join in a series of others stands alone.
    """
    if member_id is None:
        yield event
    elif _in(event.participants, member_id):
        left = [o for o in event.overrides if not _in(_people(o, event), member_id)]
        yield replace(
            event,
            overrides=tuple(o for o in event.overrides if o not in left),
            cancelled=event.cancelled + tuple(o.recurrence_id for o in left),
        )
    else:
        for override in event.overrides:
            if _in(_people(override, event), member_id):
                yield replace(_merged(event, override), rrule=None, overrides=(), cancelled=())


def _in(participants: Sequence[Participant], member_id: UUID) -> bool:
    return any(p.member_id == member_id for p in participants)


def _people(override: Override, event: Event) -> tuple[Participant, ...]:
    return event.participants if override.participants is None else override.participants


def _merged(event: Event, override: Override) -> Event:
    """The event that one differing occurrence is."""
    return replace(
        event,
        start=override.start or override.recurrence_id,
        duration=override.duration or event.duration,
        wall_end=override.wall_end if override.duration else event.wall_end,
        title=override.title or event.title,
        place=override.place or event.place,
        participants=_people(override, event),
        resources=event.resources if override.resources is None else override.resources,
    )


def _zones(events: Sequence[Event]) -> dict[str, tuple[int, int]]:
    """Zones used, each with the years that its VTIMEZONE is to cover."""
    found: dict[str, tuple[int, int]] = {}
    for event in events:
        year = event.start.year
        first, last = found.get(event.timezone, (year, year))
        found[event.timezone] = min(first, year), max(last, year)
    return {zone: (first, min(last + _ZONE_YEARS, 9998)) for zone, (first, last) in found.items()}


def _master(household: Household, event: Event) -> VEvent:
    entry = _entry(household, event, f"{event.id}")
    if event.rrule:
        entry.add("RRULE", vRecur.from_ical(_with_instant_until(event)))
    for moment in event.cancelled:
        entry.add("EXDATE", _moment(event, moment))
    return entry


def _exception(household: Household, event: Event, override: Override) -> VEvent:
    entry = _entry(household, _merged(event, override), f"{event.id}")
    entry.add("RECURRENCE-ID", _moment(event, override.recurrence_id))
    return entry


def _entry(household: Household, event: Event, uid: str) -> VEvent:
    """DTSTAMP is the start, as any other instant would make every fetch a change."""
    entry = VEvent()
    entry.add("UID", f"{uid}@family-scheduler")
    entry.add("DTSTAMP", event.start.replace(tzinfo=ZoneInfo(event.timezone)).astimezone(UTC))
    entry.add("SEQUENCE", event.version)
    entry.add("SUMMARY", _plain(event.title))
    entry.add("DTSTART", _moment(event, event.start))
    if event.all_day:
        entry.add("DTEND", (event.start + event.duration).date())
    elif event.wall_end:
        entry.add("DTEND", _moment(event, event.start + event.duration))
    else:
        entry.add("DURATION", event.duration)
    if event.place:
        entry.add("LOCATION", _plain(event.place))
    who = _who(household, event)
    if who:
        entry.add("DESCRIPTION", _plain(who))
    entry.add("STATUS", "TENTATIVE" if event.status is Status.PROPOSED else "CONFIRMED")
    free = event.transparent or event.reminder_only
    entry.add("TRANSP", "TRANSPARENT" if free else "OPAQUE")
    entry.add("PRIORITY", _PRIORITIES[event.priority])
    return entry


def _moment(event: Event, local: datetime) -> object:
    """A wall time of the event, as its kind of event writes it."""
    return local.date() if event.all_day else local.replace(tzinfo=ZoneInfo(event.timezone))


def _with_instant_until(event: Event) -> str:
    """RFC 5545 wants UNTIL in UTC where DTSTART has a zone; ours is a local date, inclusive."""
    rule = event.rrule or ""
    if event.all_day:
        return _UNTIL.sub(r"UNTIL=\1", rule)
    return _UNTIL.sub(lambda found: f"UNTIL={_end_of_day(found[1], event.timezone)}", rule)


def _end_of_day(day: str, zone: str) -> str:
    midnight = datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), ZoneInfo(zone))
    last = midnight.astimezone(UTC)
    return f"{last - timedelta(seconds=1):%Y%m%dT%H%M%SZ}"


def _who(household: Household, event: Event) -> str:
    members = [household.member(p.member_id) for p in event.participants if p.member_id]
    names = dict.fromkeys(m.name for m in members if m)
    things = [household.resource(r) for r in event.resources]
    return ", ".join([*names, *(t.name for t in things if t)])


def _plain(text: str) -> str:
    """Control characters have no place in a content line."""
    return _CONTROL.sub("", text)
