"""What the small parsers find, before it is put together and resolved against now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

Which = Literal["this", "next", "last"]
Grain = Literal["day", "weekend", "week", "month", "year", "days"]
Half = Literal["am", "pm"]


@dataclass(frozen=True, slots=True)
class Fields:
    """A day named by parts of its date, not all of them said.

    which: "this Friday", "next March", "last Monday".
    known_holiday: a weekday that may disagree with the date loses against it.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    which: Which | None = None

    def joined(self, other: Fields) -> Fields | None:
        """Both together ("Fri" + "Jul 18"), or None where they name the same part twice."""
        mine, theirs = self._said(), other._said()
        if mine.keys() & theirs.keys():
            return None
        both = {**mine, **theirs}
        return Fields(
            both.get("year"),
            both.get("month"),
            both.get("day"),
            both.get("weekday"),
            self.which or other.which,
        )

    def _said(self) -> dict[str, int]:
        pairs = {
            "year": self.year,
            "month": self.month,
            "day": self.day,
            "weekday": self.weekday,
        }
        return {name: value for name, value in pairs.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days already resolved: [first, until). grain tells one day from a week, a month…

    doubt: another first day a careful listener would ask about.
    """

    first: date
    until: date
    grain: Grain = "day"
    past: bool = False
    doubt: date | None = None
    holiday: bool = False

    @classmethod
    def day(cls, first: date, *, past: bool = False, doubt: date | None = None) -> Stretch:
        """One day."""
        return cls(first, first + timedelta(days=1), "day", past, doubt)

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.until - self.first).days


@dataclass(frozen=True, slots=True)
class Nowhere:
    """A date or hour that does not exist, in words for a family ("31 February")."""

    words: str


Days = Stretch | Nowhere


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. half: am or pm where said; sure: nothing about it needs a guess
    (24-hour spelling, noon, am/pm). bare: a naked number, a time only beside other words."""

    hour: int
    minute: int = 0
    half: Half | None = None
    sure: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class ClockSpan:
    """From one time of day to another."""

    start: Clock
    end: Clock


@dataclass(frozen=True, slots=True)
class FieldsSpan:
    """From one written date to another; parts said once belong to both."""

    start: Fields
    end: Fields


@dataclass(frozen=True, slots=True)
class Daypart:
    """Morning, afternoon…: a window of the day; tonight fixes the day too."""

    name: str
    start: time
    end: time
    today: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time; months vary, so they are kept apart."""

    months: int = 0
    days: int = 0
    seconds: int = 0

    def __add__(self, other: Length) -> Length:
        return Length(
            self.months + other.months, self.days + other.days, self.seconds + other.seconds
        )

    @property
    def delta(self) -> relativedelta:
        """To add to a moment."""
        return relativedelta(months=self.months, days=self.days, seconds=self.seconds)

    @property
    def span(self) -> timedelta:
        """As a plain length; a month counts 30 days."""
        return timedelta(days=self.days + 30 * self.months, seconds=self.seconds)

    @property
    def elapsed(self) -> bool:
        """True of hours and minutes alone; a day or a month ends at the same hour of the wall
        clock, whatever the clocks did meanwhile."""
        return self.fine and not (self.months or self.days)

    @property
    def fine(self) -> bool:
        """True where it has hours, minutes or seconds."""
        return self.seconds != 0


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment already resolved: now, in 20 minutes, two hours ago; until: "the next 3 hours"."""

    at: datetime
    past: bool = False
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Every:
    """A repetition as said.

    nth: which of the weekdays in a month ((1, 3): the first and third). month: the month of a
    yearly one that has weekdays. anchor: the date a yearly one falls on. count: "10 Tuesdays".
    often: how many times in each ("twice a week"); more than once needs its days named.
    """

    freq: str
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    anchor: Fields | None = None
    daypart: str | None = None
    count: int | None = None
    month: int | None = None
    often: int = 1


@dataclass(frozen=True, slots=True)
class Times:
    """How many occurrences: "6 times", "x6", "for 8 lessons"."""

    count: int


Part = (
    Fields
    | FieldsSpan
    | Stretch
    | Nowhere
    | Clock
    | ClockSpan
    | Daypart
    | Length
    | Moment
    | Every
    | Times
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part and the tokens [first, last) that said it."""

    part: Part
    first: int
    last: int
