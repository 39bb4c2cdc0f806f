"""Calendar files (RFC 5545) read into `CalendarFile`. Pure, bounded, and it trusts nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Calendar
from icalendar import Event as VEvent

from scheduling.errors import LimitExceeded, NotUnderstood, SchedulingError
from scheduling.events import Override
from scheduling.imports import MOST_EVENTS, MOST_TIMES, CalendarFile, ImportedEvent
from scheduling.rrules import parts
from scheduling.speech import N_, tr

LARGEST = 1_000_000
"""Bytes of a file that is looked at."""
LONGEST_TITLE, LONGEST_PLACE, LONGEST_UID = 120, 120, 500
LONGEST = timedelta(days=366)
_YEARS = range(1970, 2101)

BROKEN = N_("I can't read that file as a calendar. Please send the .ics file itself.")
EMPTY = N_("There are no events in that calendar file.")
TOO_LARGE = N_("That calendar file is too large: 1 MB and 500 events at most, please.")


def read_calendar(content: bytes, name: str, zone: str) -> CalendarFile:
    """zone: of times that name none. Raises NotUnderstood or LimitExceeded with a kind sentence."""
    if len(content) > LARGEST:
        raise LimitExceeded(tr(TOO_LARGE))
    masters, exceptions, unread = _components(content, zone)
    if not masters and not unread:
        raise NotUnderstood(tr(EMPTY))
    events = tuple(_with_exceptions(m, exceptions.get(m.uid, [])) for m in masters.values())
    return CalendarFile(clean(name, 60) or tr("the file"), events, tuple(dict.fromkeys(unread)))


def clean(text: object, longest: int) -> str:
    """One line of what can be shown; people's and machines' words alike are data."""
    line = " ".join("".join(c if c.isprintable() else " " for c in str(text or "")).split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


Exceptions = dict[str, list[tuple[datetime, ImportedEvent]]]


def _components(
    content: bytes, zone: str
) -> tuple[dict[str, ImportedEvent], Exceptions, list[str]]:
    masters: dict[str, ImportedEvent] = {}
    exceptions: Exceptions = {}
    unread: list[str] = []
    cancels, found = False, 0
    for calendar in _calendars(content):
        cancels = str(calendar.get("METHOD", "")).upper() == "CANCEL"
        for component in calendar.walk("VEVENT"):
            found += 1
            if found > MOST_EVENTS:
                raise LimitExceeded(tr(TOO_LARGE))
            try:
                event = _event(component, zone)
            # Whatever a file does to its parser, the rest of it can still be read.
            except Exception as error:
                unread.append(_why(component, error))
                continue
            event = replace(event, gone=event.gone or cancels)
            at = component.get("RECURRENCE-ID")
            if at is None:
                masters.setdefault(event.uid, event)
            else:
                exceptions.setdefault(event.uid, []).append((_wall(at.dt, event.timezone), event))
    return masters, exceptions, unread


def _calendars(content: bytes) -> list[Any]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    if "BEGIN:VCALENDAR" not in text.upper():
        raise NotUnderstood(tr(BROKEN))
    try:
        return list(Calendar.from_ical(text, multiple=True))
    except Exception:  # Any: the parser raises many kinds, and all mean the same to a family.
        raise NotUnderstood(tr(BROKEN)) from None


class _Unreadable(Exception):
    """One event of a file; its words say why, for a family."""


def _why(component: Any, error: Exception) -> str:
    title = clean(component.get("SUMMARY"), 60) or tr("An event without a name")
    return (
        f"{title}: {error}"
        if isinstance(error, _Unreadable)
        else tr("{title}: not readable", title=title)
    )


def _event(component: VEvent, zone: str) -> ImportedEvent:
    begins = component.get("DTSTART")
    if begins is None:
        raise _Unreadable(tr("it has no start"))
    all_day = not isinstance(begins.dt, datetime)
    timezone = _zone(begins.dt, zone)
    start = _wall(begins.dt, timezone)
    if start.year not in _YEARS:
        raise _Unreadable(tr("its date is too far away"))
    duration = _duration(component, start, timezone, all_day=all_day)
    return ImportedEvent(
        uid=clean(component.get("UID"), LONGEST_UID) or f"{component.get('SUMMARY')} {start}",
        title=clean(component.get("SUMMARY"), LONGEST_TITLE) or "Event",
        start=start,
        duration=duration,
        timezone=timezone,
        all_day=all_day,
        rrule=_rule(component, timezone),
        cancelled=tuple(_dates(component, "EXDATE", timezone)),
        place=clean(component.get("LOCATION"), LONGEST_PLACE) or None,
        transparent=str(component.get("TRANSP", "")).upper() == "TRANSPARENT",
        gone=str(component.get("STATUS", "")).upper() == "CANCELLED",
    )


def _zone(moment: object, zone: str) -> str:
    """The IANA zone of a time, as far as it names one; the family's for what floats."""
    told = getattr(moment, "tzinfo", None)
    key = getattr(told, "key", None) or getattr(told, "zone", None)
    # An instant in UTC has a zone for machines; people live in theirs.
    if told is None or not key or str(key).upper() in ("UTC", "ETC/UTC"):
        return zone
    try:
        return ZoneInfo(str(key)).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return zone


def _wall(moment: date | datetime, zone: str) -> datetime:
    """Naive wall time in the zone; a UTC time is brought there."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _duration(component: Any, start: datetime, zone: str, *, all_day: bool) -> timedelta:
    ends, lasts = component.get("DTEND"), component.get("DURATION")
    if ends is not None:
        length = _wall(ends.dt, zone) - start
    elif lasts is not None:
        length = lasts.dt
    else:
        length = timedelta(days=1) if all_day else timedelta(hours=1)
    if all_day:
        length = max(timedelta(days=length.days), timedelta(days=1))
    if length < timedelta():
        raise _Unreadable(tr("it ends before it begins"))
    if length > LONGEST:
        raise _Unreadable(tr("it lasts longer than a year"))
    return length or timedelta(minutes=15)


_UNTIL = re.compile(r"UNTIL=(\d{8}T\d{6})Z")


def _rule(component: Any, zone: str) -> str | None:
    told = component.get("RRULE")
    if told is None:
        return None
    if isinstance(told, list):
        raise _Unreadable(tr("it repeats by several rules at once"))
    # A rule's end is a day here; as an instant it may be the day before by the family's clock.
    rule = _UNTIL.sub(lambda m: f"UNTIL={_local_day(m[1], zone)}", told.to_ical().decode())
    try:
        named = parts(rule)
    except SchedulingError:
        raise _Unreadable(tr("it repeats in a way I can't keep")) from None
    if named["FREQ"] == "HOURLY" or named.keys() & {"BYHOUR", "BYMINUTE", "BYSECOND"}:
        raise _Unreadable(tr("it repeats many times a day"))
    return rule


def _local_day(instant: str, zone: str) -> str:
    utc = datetime.strptime(instant, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return f"{utc.astimezone(ZoneInfo(zone)):%Y%m%d}"


def _dates(component: Any, name: str, zone: str) -> Iterator[datetime]:
    told = component.get(name)
    lists = told if isinstance(told, list) else [told] if told is not None else []
    named = [each.dt for one in lists for each in one.dts]
    if len(named) > MOST_TIMES:
        raise _Unreadable(tr("it names too many dates"))
    yield from (_wall(moment, zone) for moment in named)


def _with_exceptions(
    master: ImportedEvent, exceptions: list[tuple[datetime, ImportedEvent]]
) -> ImportedEvent:
    """The series with the occurrences that differ; one that is cancelled is left out of it."""
    if master.rrule is None or not exceptions:
        return master
    gone = [at for at, event in exceptions if event.gone]
    moved = [
        Override(
            at,
            start=event.start,
            duration=event.duration,
            title=event.title if event.title != master.title else None,
            place=event.place if event.place != master.place else None,
        )
        for at, event in exceptions
        if not event.gone
    ]
    kept = {override.recurrence_id: override for override in moved if override.recurrence_id}
    return replace(
        master,
        cancelled=tuple(sorted({*master.cancelled, *gone})),
        overrides=tuple(kept[at] for at in sorted(kept)),
    )
