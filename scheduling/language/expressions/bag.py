"""The parts that belong to one time expression, each in its place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from scheduling.language.expressions.joins import Day, join_days, join_repetitions
from scheduling.language.expressions.parts import (
    Clock,
    ClockSpan,
    Daypart,
    Every,
    Fields,
    FieldsSpan,
    Length,
    Moment,
    Nowhere,
    Piece,
    Stretch,
    Times,
)

Relation = Literal["beside", "to", "since", "except", "list"]


@dataclass(slots=True)
class Bag:
    """One expression while it is being gathered.

    first, last: its tokens [first, last). opener: the word before it ("until", "from").
    to: the right side of a range. to_word: the joiner before it.
    since: where a repetition starts. left_out: days it skips.
    late_day: its day was said after its time of day, so it may belong to both sides.
    apart: the tokens of each piece, where other words stand between.
    """

    first: int
    last: int
    opener: str = ""
    day: Day | None = None
    days: FieldsSpan | None = None
    clock: Clock | None = None
    hours: ClockSpan | None = None
    part: Daypart | None = None
    length: Length | None = None
    moment: Moment | None = None
    every: Every | None = None
    times: Times | None = None
    nowhere: Nowhere | None = None
    to: Bag | None = None
    to_word: str = ""
    since: Day | None = None
    left_out: list[Day] = field(default_factory=list)
    late_day: bool = False
    apart: list[tuple[int, int]] = field(default_factory=list)

    @property
    def has_day(self) -> bool:
        """True where it says which day, or which days."""
        return bool(self.day or self.days or self.every or self.moment)

    @property
    def has_hour(self) -> bool:
        """True where it says a time of day."""
        return bool(self.clock or self.hours or self.moment)

    def take(self, piece: Piece, relation: Relation) -> bool:
        """Gather `piece`; False where it does not belong."""
        if not self._take(piece, relation):
            return False
        self.last = piece.last
        return True

    def _take(self, piece: Piece, relation: Relation) -> bool:
        if relation == "to":
            return self._take_end(piece)
        if relation == "except":
            return self.leave_out(piece)
        if relation == "list":
            return bool(self.left_out) and self.leave_out(piece)
        if relation == "since" and self.every and isinstance(piece.part, Fields | Stretch):
            self.since = piece.part
            return True
        if self.to is None:
            return self._add(piece)
        if isinstance(piece.part, Every) and not self.every:
            self.hours, self.to.hours = self.hours or self.to.hours, None
            return self._add(piece)
        if self.every and not isinstance(piece.part, Fields | Stretch):
            return self._add(piece)
        return self.to._add(piece) or self._add_rest(piece)

    def _take_end(self, piece: Piece) -> bool:
        if self.to is not None or not (self.has_day or self.has_hour):
            return False
        if not isinstance(piece.part, Fields | Stretch | Clock | Moment | Daypart | ClockSpan):
            return False
        self.to = Bag(piece.first, piece.last)
        return self.to._add(piece)

    def leave_out(self, piece: Piece) -> bool:
        """A day, or days, that the repetition skips; False where it is none."""
        if not self.every:
            return False
        if isinstance(piece.part, Every) and piece.part == Every("WEEKLY", 1, piece.part.weekdays):
            self.left_out += [Fields(weekday=day) for day in piece.part.weekdays]
            return True
        if isinstance(piece.part, FieldsSpan):
            self.left_out += (days := _days_of(piece.part))
            return bool(days)
        if not isinstance(piece.part, Fields | Stretch):
            return False
        day, before = piece.part, self.left_out[-1] if self.left_out else None
        if isinstance(day, Fields) and isinstance(before, Fields) and day == Fields(day=day.day):
            day = replace(day, month=before.month)  # "except April 6th and 13th"
        self.left_out.append(day)
        return True

    def _add_rest(self, piece: Piece) -> bool:
        """After the end of a range only what holds for all of it may follow."""
        return isinstance(piece.part, Every | Length) and self._add(piece)

    def _add(self, piece: Piece) -> bool:
        match piece.part:
            case Fields() | Stretch() as day:
                return self._add_day(day)
            case FieldsSpan() as days if not self.has_day:
                self.days = days
            case Clock() as clock if not self.has_hour:
                self.clock = clock
            case ClockSpan() as hours if not self.has_hour:
                self.hours = hours
            case Daypart() as part if not self.part and not self.moment:
                self.part = part
            case Daypart(name="morning") if self.part and self.part.name == "before school":
                pass  # "first thing Monday morning"
            case Length() as length if not self.length:
                self.length = length
            case Moment() as moment if not (self.has_day or self.has_hour or self.part):
                self.moment = moment
            case Times() as times if self.every and not self.times:
                self.times = times
            case Nowhere() as nowhere if not self.nowhere:
                self.nowhere = nowhere
            case Every() as every:
                return self._add_every(every)
            case _:
                return False
        return True

    def _add_day(self, day: Day) -> bool:
        if self.moment or self.days:
            return False
        if self.every and self.every.weekdays and self.has_hour and _is_weekday(day):
            return False  # "Mon-Thu 3:15, Fri 2:15"
        joined = day if self.day is None else join_days(self.day, day)
        if joined is None:
            return False
        self.late_day = self.late_day or (self.has_hour and self.day is None)
        self.day = joined
        return True

    def _add_every(self, every: Every) -> bool:
        joined = every if self.every is None else join_repetitions(self.every, every)
        if joined is None or self.moment:
            return False
        self.every = joined
        return True

    def also(self, other: Bag) -> bool:
        """Gather "every Thursday 4pm" after "every Tuesday and": one rule of both days."""
        mine, more = self.every, other.every
        if not (mine and more and mine.weekdays and more.weekdays) or self.has_hour:
            return False
        if replace(mine, weekdays=()) != replace(more, weekdays=()) or mine.freq != "WEEKLY":
            return False
        if self.to or self.part or self.left_out or mine.count:
            return False
        self.every = replace(more, weekdays=mine.weekdays + more.weekdays)
        self.to, self.to_word, self.times = other.to, other.to_word, other.times
        self._merge(other)
        self.apart = []
        return True

    def far(self, other: Bag) -> bool:
        """Gather a bag that stands apart, where one says the day and the other the hour."""
        if self.to or self.nowhere or other.nowhere:
            return False
        if other.to:
            return self._far_until(other)
        if self.every and other.every:
            return self._far_every(other, other.every)
        if other.every and self.day:
            return False
        if self.has_day == other.has_day or self.moment or other.moment:
            return self._far_length(other)
        hour, day = (other, self) if self.has_day else (self, other)
        if (
            day.has_hour
            or not (hour.clock or hour.hours)
            or hour.opener in ("until", "till", "til")
        ):
            return self._far_length(other)
        if (hour.part and day.part) or (hour.length and day.length):
            return False
        self._merge(other)
        return True

    def _far_until(self, other: Bag) -> bool:
        """ "every Tuesday Mia has piano at 4 until June 9"."""
        last = other.to
        if last is None or last.has_hour or not last.day or not other.clock or other.has_day:
            return False
        if not self.every or self.has_hour:
            return False
        self.to, self.to_word = last, other.to_word
        self._merge(other)
        return True

    def _far_every(self, other: Bag, every: Every) -> bool:
        """ "biweekly dinner on Thursdays at 7"."""
        joined = join_repetitions(self.every or every, every)
        if joined is None or (self.has_hour and other.has_hour):
            return False
        self.every = joined
        self._merge(other)
        return True

    def _far_length(self, other: Bag) -> bool:
        if self._is_length() and other.day and other.opener in ("starting", "from", "beginning"):
            self._merge(other)
            return True
        if (
            not other._is_length()
            or self.length
            or other.opener not in ("for", "takes", "lasts", "lasting")
        ):
            return False
        self._merge(other)
        return True

    def begin(self, other: Bag) -> bool:
        """Gather the hour of what this bag only says the length of."""
        starts = other.clock and not (other.to or other.length or other.every)
        if not (self._is_length() and self.length and self.length.fine and starts):
            return False
        self._merge(other)
        return True

    def stretch(self, other: Bag) -> None:
        """Reach to the end of `other`, which stands apart."""
        self.apart = [*(self.apart or [(self.first, self.last)]), (other.first, other.last)]
        self.last = other.last

    def _is_length(self) -> bool:
        return bool(self.length) and not (self.has_day or self.has_hour or self.part)

    def _merge(self, other: Bag) -> None:
        for name in ("day", "days", "clock", "hours", "part", "length", "every", "since"):
            if getattr(self, name) is None:
                setattr(self, name, getattr(other, name))
        self.left_out += other.left_out
        self.stretch(other)


def _is_weekday(day: Day) -> bool:
    return isinstance(day, Fields) and day.weekday is not None and day.day is None


def _days_of(span: FieldsSpan) -> list[Fields]:
    """The days of "April 6-10", one by one."""
    first, last = span.start, span.end
    if first.day is None or last.day is None or first.month != last.month:
        return []
    return [replace(first, day=day) for day in range(first.day, last.day + 1)]
