"""From a rule to instants: expanded in local wall time, then placed on the clock.

A series is at 4 PM the whole year, whatever the night of the clock change does; so the rule
runs over naive wall times and only its results are turned into instants. RFC 5545 rules are
read by dateutil; their end is counted here, because dateutil cannot bound a COUNT in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from scheduling import rrules
from scheduling.errors import LimitExceeded, NotUnderstood
from scheduling.events import Event, Occurrence, Override, Status
from scheduling.span import Span, instant

MAX_OCCURRENCES = 5_000
MAX_STEPS = 100_000
"""How many wall times of one rule are ever walked through to reach a window."""

HORIZON = relativedelta(months=18)
PAST = relativedelta(years=5)
"""How far back a series is kept as rows; an imported one may have begun in 1990."""

_SLACK = timedelta(days=2)
"""More than any zone offset and clock change together: naive bounds are widened by it."""


def to_instant(local: datetime, zone: ZoneInfo) -> datetime:
    """A wall time as an instant. One that a clock change skips moves forward by the gap; one
    that happens twice is the first. Raises LimitExceeded at the ends of the calendar."""
    try:
        return local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    except OverflowError as error:
        raise LimitExceeded("That date is too far away for me.") from error


def rule_times(event: Event, until: datetime) -> Iterator[datetime]:
    """Wall times by the rule in order, up to and including `until`; cancelled ones too.

    Raises NotUnderstood for a rule that cannot be read, LimitExceeded for an endless walk.
    """
    if event.rrule is None:
        return iter([event.start] if event.start <= until else [])
    rule = rrules.parts(event.rrule)
    last_day = rrules.until(rule)
    if last_day is not None:
        until = min(until, datetime.combine(last_day, time.max))
    return islice(_walk(rule, event.start, until), rrules.count(rule))


def _walk(rule: dict[str, str], start: datetime, until: datetime) -> Iterator[datetime]:
    rrules.interval(rule)
    bounded = rrules.join(rrules.ending(rule, None)) + f";UNTIL={until:%Y%m%dT%H%M%S}"
    try:
        yield from _limited(iter(rrulestr(bounded, dtstart=start)))
    except (ValueError, IndexError, TypeError) as error:
        raise NotUnderstood("I can't read how often that repeats.") from error


def _limited(walk: Iterator[datetime]) -> Iterator[datetime]:
    yield from islice(walk, MAX_STEPS)
    if next(walk, None) is not None:
        raise LimitExceeded("That repeats too often for a family calendar.")


def expand(event: Event, window: Span) -> list[Occurrence]:
    """Every occurrence that touches the window, in order of start, exceptions honoured.

    Raises LimitExceeded beyond 5,000 of them, NotUnderstood for a rule that cannot be read.
    """
    found = [o for o in _near(event, window) if o.span.overlaps(window)]
    return sorted(found, key=lambda o: (o.span, o.recurrence_id))


def _near(event: Event, window: Span) -> list[Occurrence]:
    """Occurrences by the rule near the window, and all overrides: one may have moved in."""
    first, last = _naive_bounds(event, window)
    overrides = {o.recurrence_id: o for o in event.overrides}
    gone = frozenset(event.cancelled)
    reach = max([last, *overrides])
    zone = ZoneInfo(event.timezone)
    found: list[Occurrence] = []
    for wall in rule_times(event, reach):
        if wall in gone or not (wall in overrides or first <= wall <= last):
            continue
        if len(found) == MAX_OCCURRENCES:
            raise LimitExceeded("That repeats too often for a family calendar.")
        found.append(_occurrence(event, wall, overrides.get(wall), zone))
    return found


def _naive_bounds(event: Event, window: Span) -> tuple[datetime, datetime]:
    start, end = window.start.replace(tzinfo=None), window.end.replace(tzinfo=None)
    try:
        return start - event.duration - _SLACK, end + _SLACK
    except OverflowError as error:
        raise LimitExceeded("That date is too far away for me.") from error


def occurrence(event: Event, recurrence_id: datetime) -> Occurrence | None:
    """The occurrence of that rule time as it stands, None if there is none (any more)."""
    if recurrence_id in event.cancelled or not _has_rule_time(event, recurrence_id):
        return None
    override = next((o for o in event.overrides if o.recurrence_id == recurrence_id), None)
    return _occurrence(event, recurrence_id, override, ZoneInfo(event.timezone))


def _has_rule_time(event: Event, wall: datetime) -> bool:
    return any(found == wall for found in rule_times(event, wall))


def _occurrence(
    event: Event, wall: datetime, override: Override | None, zone: ZoneInfo
) -> Occurrence:
    changed = override or Override(wall)
    lasts = event if changed.duration is None else changed
    assert lasts.duration is not None
    by_wall = event.all_day or lasts.wall_end
    return Occurrence(
        event_id=event.id,
        recurrence_id=wall,
        span=placed(changed.start or wall, lasts.duration, by_wall, zone),
        title=event.title if changed.title is None else changed.title,
        all_day=event.all_day,
        transparent=event.transparent,
        reminder_only=event.reminder_only,
        series=event.repeats,
        participants=(event.participants if changed.participants is None else changed.participants),
        resources=event.resources if changed.resources is None else changed.resources,
        place=event.place if changed.place is None else changed.place,
        status=event.status,
        priority=event.priority,
        flexibility=event.flexibility,
    )


def placed(start: datetime, duration: timedelta, by_wall: bool, zone: ZoneInfo) -> Span:
    """A wall time and a length as instants. by_wall: the length ends at a wall time too, as that
    of whole days and of a named end: 23 or 25 hours on some nights. Else it is elapsed time."""
    begin = to_instant(start, zone)
    try:
        end = to_instant(start + duration, zone) if by_wall else begin + duration
        # "2:30 to 3:30 AM" in a gap: both are the moment at which the clocks go on.
        return Span(begin, end if end > begin else begin + duration)
    except OverflowError as error:
        raise LimitExceeded("That date is too far away for me.") from error


def horizon(now: datetime) -> datetime:
    """How far ahead occurrences are kept as rows: 18 months."""
    return instant(now) + HORIZON


def materialise(event: Event, now: datetime) -> tuple[list[Occurrence], datetime]:
    """The rows to keep for an event and the instant up to which they are complete.

    A single event is kept however far it lies; a series from five years back to the horizon.
    """
    until = horizon(now)
    if not event.repeats:
        only = occurrence(event, event.start)
        return ([only] if only else []), until
    return _starting(event, _beginning(event, instant(now) - PAST), until), until


def extension(
    event: Event, known_until: datetime, now: datetime
) -> tuple[list[Occurrence], datetime]:
    """What `materialise` would add to a series known up to `known_until`, and the new horizon."""
    until = max(horizon(now), instant(known_until))
    return _starting(event, instant(known_until), until), until


def _beginning(event: Event, earliest: datetime) -> datetime:
    moved = [o.start for o in event.overrides if o.start is not None]
    return max(earliest, to_instant(min([event.start, *moved]), ZoneInfo(event.timezone)))


def _starting(event: Event, first: datetime, until: datetime) -> list[Occurrence]:
    """Those that start within [first, until)."""
    if first >= until:
        return []
    return [o for o in expand(event, Span(first, until)) if o.span.start >= first]


_LOOK_AHEAD = (timedelta(days=62), timedelta(days=550), timedelta(days=3660))
"""Windows in which the next occurrence is looked for: most are near, 29 February is not."""


def next_occurrence(event: Event, after: datetime) -> Occurrence | None:
    """The first that starts later than `after`; None if there is none within ten years."""
    if event.status is Status.CANCELLED:
        return None
    if not event.repeats:
        only = occurrence(event, event.start)
        return only if only and only.span.start > instant(after) else None
    # A series that begins far ahead is looked for from its beginning.
    start = max(instant(after), _beginning(event, instant(after)) - timedelta(microseconds=1))
    for ahead in _LOOK_AHEAD:
        later = [o for o in expand(event, Span(start, start + ahead)) if o.span.start > start]
        if later:
            return later[0]
    return None
