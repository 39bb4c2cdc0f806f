"""What a time expression says, in the family's local wall time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as ClockTime

LocalMoment = date | datetime
"""A `date` where no time of day was said, else a naive local `datetime`."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A recurrence as said; RFC 5545 words.

    rrule: the rule without its `RRULE:` prefix; UNTIL is a local date (`UNTIL=20260331`).
    except_dates: local dates left out ("except April 8", "not on 1 May").
    except_named: exceptions that only the family can date ("school holidays").
    """

    rrule: str
    except_dates: tuple[date, ...] = ()
    except_named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """One time expression, resolved against `now`.

    start: the day or moment it begins. For a repeat: its first occurrence (with `time`
        in it where one was said).
    end: the same shape as `start`; for dates EXCLUSIVE (the first day after). None if not said.
    measured: `end` comes from a length of hours that was said ("for 6 hours"): elapsed time, on
        a night of the clock change too. Otherwise it was named, and is a wall time.
    until: an end said without a beginning ("Friday till 8pm"); `start` is then the day.
    window: [from, to) for a daypart ("tomorrow morning"): somewhere inside it; `start` is
        then the date.
    duration: a length said without a start ("for 45 min"), or with one that has no `end`.
    time: a time of day said without any day ("at 5"); `start` then holds the next such moment.
    repeat: set for recurrences.
    span: [from, to) characters of the text that carried it (outermost).
    parts: where other words stand between ("Saturday for Mia at 2pm"), the [from, to) of
        each piece, in order; empty when `span` holds nothing but the time.
    alternatives: other readings that a careful listener would ask about ("next Friday" said
        on a Wednesday), likeliest of the rest first; the product asks when there are any.
    assumed: what was filled in and should be said back, in plain words ("afternoon").
    past: the text itself speaks of the past ("yesterday", "2 days ago").
    impossible: words that name a day or hour that does not exist ("31 February"); nothing
        else is set then.
    confidence: 0..1; under 0.7 the product asks.
    """

    span: tuple[int, int]
    start: LocalMoment | None = None
    end: LocalMoment | None = None
    measured: bool = False
    window: tuple[datetime, datetime] | None = None
    duration: timedelta | None = None
    time: ClockTime | None = None
    until: datetime | None = None
    repeat: Repeat | None = None
    alternatives: tuple[When, ...] = ()
    assumed: tuple[str, ...] = ()
    past: bool = False
    impossible: str | None = None
    confidence: float = 1.0
    parts: tuple[tuple[int, int], ...] = ()

    @property
    def all_day(self) -> bool:
        """True where days were said and no time of day."""
        return self.start is not None and not isinstance(self.start, datetime) and not self.window
