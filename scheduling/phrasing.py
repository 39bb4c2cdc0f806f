"""Words for times, people and things, as a family reads them on a phone.

Every day is named with its weekday and its date, so that a wrong guess is seen at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from scheduling.events import Event, Occurrence
from scheduling.family import Household, Settings
from scheduling.phrasing_repeats import rrule_words
from scheduling.span import Span
from scheduling.speech import tr, trn
from scheduling.words import WEEKDAY_WORDS, and_list, day

__all__ = [
    "WEEKDAY_WORDS",
    "and_list",
    "clock",
    "day",
    "days_words",
    "duration_words",
    "event_words",
    "local",
    "moment",
    "names",
    "resource_names",
    "rrule_words",
    "span_words",
    "the",
    "times",
]

_MINUTE = timedelta(minutes=1)
_UNITS = (10080, 1440, 60, 1)
"""Minutes of a week, a day, an hour, a minute."""


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """The naive wall time of an instant."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def clock(t: time | datetime, settings: Settings) -> str:
    """ "2:00 PM", or "14:00" where the family writes 24 hours. `t` is wall time."""
    if settings.hours24:
        return f"{t.hour:02d}:{t.minute:02d}"
    return f"{t.hour % 12 or 12}:{t.minute:02d} {_half(t)}"


def _half(t: time | datetime) -> str:
    return "AM" if t.hour < 12 else "PM"


def times(start: datetime, end: datetime, settings: Settings) -> str:
    """Two wall times of one day: "2:00–3:00 PM", "11:30 AM–1:00 PM", "14:00–15:00"."""
    first, last = clock(start, settings), clock(end, settings)
    if not settings.hours24 and _half(start) == _half(end):
        first = first.removesuffix(f" {_half(start)}")
    return f"{first}–{last}"


def moment(at: datetime, household: Household, today: date | None = None) -> str:
    """An instant: "Sat 7 Mar, 2:00 PM"."""
    wall = local(at, household.zone)
    return f"{day(wall.date(), today)}, {clock(wall, household.settings)}"


def span_words(occ: Occurrence | Span, household: Household, today: date | None = None) -> str:
    """When it happens: "Sat 7 Mar, 2:00–3:00 PM"; "Sat 7 Mar, all day";
    "Mon 9 Mar to Thu 12 Mar"; "Fri 6 Mar, 10:00 PM to Sat 7 Mar, 1:00 AM"."""
    span, all_day = (occ, False) if isinstance(occ, Span) else (occ.span, occ.all_day)
    start, end = local(span.start, household.zone), local(span.end, household.zone)
    return _between(start, end, all_day, household.settings, today)


def event_words(event: Event, settings: Settings, today: date | None = None) -> str:
    """When an event happens, with how it repeats: "Tue 10 Mar, 4:00–4:45 PM, every Tuesday"."""
    when = _between(event.start, event.start + event.duration, event.all_day, settings, today)
    return f"{when}, {rrule_words(event.rrule, today)}" if event.rrule else when


def _between(
    start: datetime, end: datetime, all_day: bool, settings: Settings, today: date | None
) -> str:
    all_day = all_day or (start.time() == time() == end.time() and end > start)
    last = (end - timedelta(microseconds=1)).date()
    if all_day and last <= start.date():
        return tr("{day}, all day", day=day(start.date(), today))
    if all_day:
        return tr("{day} to {last}", day=day(start.date(), today), last=day(last, today))
    first = f"{day(start.date(), today)}, {clock(start, settings)}"
    if last == start.date() and end <= start:
        return tr("{first} to {last} (the clocks go back)", first=first, last=clock(end, settings))
    if last == start.date():
        return f"{day(start.date(), today)}, {times(start, end, settings)}"
    return tr(
        "{day} to {last}", day=first, last=f"{day(end.date(), today)}, {clock(end, settings)}"
    )


def duration_words(length: timedelta) -> str:
    """ "45 minutes", "1 hour 30 minutes", "3 days"; seconds are not said."""
    minutes, said = int(length / _MINUTE), []
    for size in _UNITS:
        number, minutes = divmod(minutes, size)
        if number:
            said.append(_counted(number, size))
    return " ".join(said) or _counted(0, 1)


def _counted(number: int, size: int) -> str:
    match size:
        case 10080:
            return trn("{number} week", "{number} weeks", number)
        case 1440:
            return trn("{number} day", "{number} days", number)
        case 60:
            return trn("{number} hour", "{number} hours", number)
    return trn("{number} minute", "{number} minutes", number)


def days_words(days: Iterable[date], today: date | None = None) -> str:
    """ "Tue 10 Mar and Tue 24 Mar", in order; from the fifth on "and 3 more"."""
    ordered = sorted(set(days))
    shown = [day(d, today) for d in ordered[:4]]
    return and_list(
        [*shown, tr("{number} more", number=len(ordered) - 4)] if len(ordered) > 4 else shown
    )


def names(household: Household, ids: Iterable[UUID]) -> str:
    """ "Anna, Ben and Mia", in the household's order; someone unknown is "someone"."""
    wanted = set(ids)
    known = [m.name for m in household.members if m.id in wanted]
    strangers = len(wanted) - len(known)
    return and_list(known + [tr("someone")] * min(strangers, 1))


def the(name: str) -> str:
    """ "the car", but a proper name or one with its own article stays: "Grandma's room"."""
    first = name.split(" ", 1)[0]
    if first[:1].isupper() or first.casefold() in {"the", "my", "our", "a", "an"}:
        return name
    return tr("the {thing}", thing=name)


def resource_names(household: Household, ids: Sequence[UUID]) -> str:
    """ "the car and the guest room"; one unknown is left out."""
    known = (household.resource(i) for i in ids)
    return and_list([the(r.name) for r in known if r is not None])
