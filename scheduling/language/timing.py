"""Several time expressions of one clause put together into the one that is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from scheduling.language.when import When


def combine(times: Iterable[When]) -> When | None:
    """A day said here, an hour there and a length elsewhere as one `When`; None for none."""
    return next(iter(separate(times)), None)


def separate(times: Iterable[When]) -> list[When]:
    """The several moments of one clause ("Monday at 4 and Wednesday at 5"), pieces joined."""
    found: list[When] = []
    for when in times:
        if found and not _another(found[-1], when):
            found[-1] = _join(found[-1], when)
        else:
            found.append(when)
    return found


def _another(first: When, second: When) -> bool:
    """Whether the second is a further moment of the same shape, not a part of the first."""
    if first.repeat or second.repeat or first.past or second.past or _bare_clock(second):
        return False
    if first.start is None or second.start is None or first.start == second.start:
        return False
    return (_has_clock(first) == _has_clock(second) and not (first.end or second.end)) or (
        _has_clock(first) and _has_clock(second)
    )


def _join(first: When, second: When) -> When:
    if _bare_clock(second) and not _has_clock(first) and first.start is not None:
        return _at(first, second)
    if _bare_clock(first) and not _has_clock(second) and second.start is not None:
        return _at(second, first)
    if _has_clock(second) and not (_has_clock(first) or first.repeat or first.end):
        return second  # "Halloween party Oct 31st 6:30pm": the same day, told better
    if second.start is None and second.duration is not None and first.duration is None:
        return replace(first, duration=second.duration, span=_span(first, second))
    if first.start is None and first.duration is not None and second.duration is None:
        return replace(second, duration=first.duration, span=_span(first, second))
    if second.repeat and not first.repeat:
        return _repeated(second, first)
    return _placed(first, second) or first


_PLAIN = re.compile(r"FREQ=(?P<freq>WEEKLY|MONTHLY|YEARLY)(?:;INTERVAL=\d+)?$")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _placed(repeating: When, day: When) -> When | None:
    """ "weekly piano on Tuesday at 4": the day that a bare "weekly" falls on."""
    plain = _PLAIN.match(repeating.repeat.rrule) if repeating.repeat else None
    if plain is None or repeating.repeat is None or day.repeat or day.start is None or day.end:
        return None
    if _bare_clock(day):
        return _at(repeating, day)
    on = {
        "WEEKLY": f";BYDAY={_DAYS[day.start.weekday()]}",
        "MONTHLY": f";BYMONTHDAY={day.start.day}",
    }
    rrule = repeating.repeat.rrule + on.get(plain["freq"], "")
    repeat = replace(repeating.repeat, rrule=rrule)
    return replace(repeating, repeat=repeat, start=day.start, span=_span(repeating, day))


def on_day_of(when: When, day: When) -> When:
    """A bare clock time moved to the day another expression names."""
    return _at(day, when) if _bare_clock(when) and day.start and not _bare_clock(day) else when


def length(when: When | None) -> timedelta | None:
    """How long, where the words say it: by a length or by a start and an end."""
    if when is None or when.duration is not None:
        return when.duration if when else None
    both = isinstance(when.start, datetime) and isinstance(when.end, datetime)
    return when.end - when.start if both else None  # type: ignore[operator]


def is_bare_clock(when: When) -> bool:
    """True for "at 5": a time of day that names no day."""
    return _bare_clock(when)


def _bare_clock(when: When) -> bool:
    return when.time is not None and when.repeat is None


def _has_clock(when: When) -> bool:
    return isinstance(when.start, datetime)


def _at(day: When, clock: When) -> When:
    if clock.time is None or day.start is None:
        return day
    start = datetime.combine(day.start, clock.time)
    end, measured = day.end if isinstance(day.end, datetime) else None, day.measured
    if isinstance(clock.start, datetime) and isinstance(clock.end, datetime):
        end, measured = start + (clock.end - clock.start), clock.measured
    return replace(
        day,
        start=start,
        end=end,
        measured=measured,
        window=None,
        duration=clock.duration or day.duration,
        span=_span(day, clock),
        alternatives=tuple(_at(other, clock) for other in day.alternatives),
        assumed=(*day.assumed, *clock.assumed),
        confidence=min(day.confidence, clock.confidence),
    )


def _repeated(repeating: When, other: When) -> When:
    """The hour or first day of a repetition that the text gives apart from it."""
    if _has_clock(repeating) or other.start is None:
        return repeating
    if _bare_clock(other):
        return _at(repeating, other)
    return replace(
        repeating,
        start=other.start,
        end=other.end,
        measured=other.measured,
        span=_span(repeating, other),
    )


def _span(first: When, second: When) -> tuple[int, int]:
    return min(first.span[0], second.span[0]), max(first.span[1], second.span[1])
