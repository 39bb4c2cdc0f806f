"""From the gathered parts to a `When`, resolved against now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from scheduling.language.expressions.bag import Bag
from scheduling.language.expressions.day_sets import WORKDAYS
from scheduling.language.expressions.hours import Setting, after, hour_meant
from scheduling.language.expressions.joins import Day
from scheduling.language.expressions.parts import (
    Clock,
    Every,
    Fields,
    Length,
    Nowhere,
    Stretch,
)
from scheduling.language.expressions.rules import only_weekday
from scheduling.language.expressions.series import series
from scheduling.language.expressions.single import (
    DAY,
    Span,
    ended,
    midnight,
    on_day,
    resolved,
    whole_days,
)
from scheduling.language.when import LocalMoment, When


def build(bag: Bag, span: Span, around: Setting) -> When | None:
    """The expression resolved; None where its parts say nothing that can be dated."""
    if bag.nowhere is not None:
        return When(span, impossible=bag.nowhere.words)
    if bag.every is not None:
        return series(bag, span, around)
    if bag.days is not None:
        return _date_range(bag, span, bag.days.start, bag.days.end, around)
    if bag.to is not None:
        return _range(bag, span, around)
    if bag.moment is not None:
        moment = bag.moment
        lasting = moment.until is not None
        plain = When(span, start=moment.at, end=moment.until, measured=lasting, past=moment.past)
        return ended(plain, bag)
    day = resolved(bag.day, around)
    if isinstance(day, Nowhere):
        return When(span, impossible=day.words)
    found = on_day(bag, span, day, around)
    if found is None or day is None or day.doubt is None:
        return found
    shift = day.doubt - day.first
    doubted = replace(day, first=day.doubt, until=day.until + shift, doubt=None)
    other = on_day(bag, span, doubted, around)
    return replace(found, alternatives=(other,) if other else ())


def _range(bag: Bag, span: Span, around: Setting) -> When | None:
    to = bag.to
    if to is None:
        return None
    if not (bag.has_hour or to.has_hour or bag.part or to.part):
        return _date_range(bag, span, bag.day, to.day, around)
    if bag.day and to.day and not bag.has_hour and (to.hours or _is_workweek(bag, to)):
        left = replace(bag, hours=to.hours, clock=to.clock, part=to.part)
        return _date_range(left, span, bag.day, to.day, around)
    if bag.hours and bag.day and to.day and not (to.has_hour or to.part):
        return _hours_until(bag, bag.day, to.day, span, around)
    if to.nowhere is not None:
        return When(span, impossible=to.nowhere.words)
    left_day = bag.day or (to.day if to.late_day else None)
    start = _edge(replace(bag, day=left_day, to=None, opener=""), span, around)
    if start is None or start.impossible is not None:
        return start
    if bag.day and not bag.has_hour and to.clock and not to.day:
        return _day_until(bag, to.clock, span, around)
    return _closed(bag, to, start, span, around)


def _hours_until(bag: Bag, first: Day, last: Day, span: Span, around: Setting) -> When | None:
    """ "8am-3pm Mon thru Fri" is every day of those; "Wed 4-5pm until 20 May" every week."""
    weekday = first.weekday if isinstance(first, Fields) and only_weekday(first) else None
    dated = not isinstance(last, Fields) or last.weekday is None
    if weekday is not None and dated:
        weekly = replace(bag, day=None, every=Every("WEEKLY", weekdays=(weekday,)))
        return series(weekly, span, around)
    return _date_range(bag, span, first, last, around)


def _edge(bag: Bag, span: Span, around: Setting) -> When | None:
    return build(bag, span, around)


def _day_until(bag: Bag, clock: Clock, span: Span, around: Setting) -> When | None:
    """ "Friday till 8pm": a day with an end and no start."""
    return build(replace(bag, to=None, clock=clock, opener="until"), span, around)


def _closed(bag: Bag, to: Bag, start: When, span: Span, around: Setting) -> When | None:
    """The range from `start` to the right side."""
    first = _moment(start)
    right_day = None if to.late_day and bag.day is None else to.day
    day = resolved(right_day, _from(around, right_day, first))
    if isinstance(day, Nowhere):
        return When(span, impossible=day.words)
    last = _right_end(to, day, first, around)
    if last is None or last <= first:
        return replace(start, span=span)
    return replace(start, start=first, end=last, span=span, window=None, alternatives=())


def _from(around: Setting, day: Day | None, first: datetime) -> Setting:
    """A weekday on the right of a range is counted from its left."""
    relative = isinstance(day, Fields) and day.which is None
    return replace(around, now=first) if relative else around


def _right_end(to: Bag, day: Stretch | None, first: datetime, around: Setting) -> datetime | None:
    if to.moment is not None:
        return to.moment.at
    base = midnight(day.first if day else first.date())
    if to.clock is None:
        part_end = datetime.combine(base.date(), to.part.end) if to.part else None
        if part_end is not None:
            return part_end if part_end > base else part_end + DAY
        return midnight(day.until) if day else None
    end = hour_meant(to.clock, to.part, around).on(base)
    return end if day and end > first else after(first, end, to.clock)


def _moment(when: When) -> datetime:
    if when.window is not None:
        return when.window[0]
    start: LocalMoment | None = when.start
    if isinstance(start, datetime):
        return start
    return midnight(start or date.min)


def _date_range(
    bag: Bag, span: Span, left: Day | None, right: Day | None, around: Setting
) -> When | None:
    """From the first day of the left to the last day of the right, that included."""
    if left is None and bag.moment is not None:
        left = Stretch.day(bag.moment.at.date())
    if left is None or right is None:
        return None
    left, right = _shared(left, right)
    first = resolved(left, around)
    if not isinstance(first, Stretch):
        return When(span, impossible=first.words) if first else None
    last = resolved(right, _from(around, right, midnight(first.first)))
    if not isinstance(last, Stretch):
        return When(span, impossible=last.words) if last else None
    first, last = _running(left, right, around) or (first, last)
    if isinstance(left, Fields) and only_weekday(left) and last.grain == "day":
        weeks = (last.first - first.first).days // 7  # "Monday to Wednesday next week"
        first = Stretch.day(first.first + timedelta(weeks=weeks)) if weeks > 0 else first
    if last.until <= first.first:
        return whole_days(replace(bag, to=None), span, first, around)
    return _with_hours(bag, When(span, start=first.first, end=last.until, past=first.past), around)


def _running(left: Day, right: Day, around: Setting) -> tuple[Stretch, Stretch] | None:
    """ "March 3rd to 5th" said on the 4th is this year's."""
    if not (isinstance(left, Fields) and left.month and left.day and left.year is None):
        return None
    last = resolved(right, around)
    if not isinstance(last, Stretch) or last.grain != "day":
        return None
    first = resolved(left, replace(around, now=midnight(last.first - timedelta(days=60))))
    runs = isinstance(first, Stretch) and first.first <= last.first
    return (first, last) if isinstance(first, Stretch) and runs else None


def _shared(left: Day, right: Day) -> tuple[Day, Day]:
    """ "23rd to 26th Oct", "March 3rd to 5th": what one side leaves out is the other's."""
    if not isinstance(left, Fields) or not isinstance(right, Fields):
        return left, right
    if left.day and right.day:
        left_month, right_month = left.month or right.month, right.month or left.month
        left, right = replace(left, month=left_month), replace(right, month=right_month)
    year = right.year if left.month and right.month else None
    return (replace(left, year=left.year or year), right)


def _is_workweek(bag: Bag, to: Bag) -> bool:
    return bag.day == Fields(weekday=0) and to.day == Fields(weekday=4)


def _daily(bag: Bag, start: date, end: date) -> Bag:
    """ "Mon-Fri 9 to 5" is every week; other days with hours are so many days in a row."""
    if bag.to and _is_workweek(bag, bag.to):
        return replace(bag, day=None, days=None, to=None, every=Every("WEEKLY", weekdays=WORKDAYS))
    length = Length(days=(end - start).days)
    since = Stretch.day(start)
    every = Every("DAILY")
    return replace(bag, day=None, days=None, to=None, every=every, since=since, length=length)


def _with_hours(bag: Bag, when: When, around: Setting) -> When | None:
    """ "July 13-15 9am-noon" is three mornings; "March 3-5 at 9am" starts at nine."""
    start, end = when.start, when.end
    if start is None or end is None or isinstance(start, datetime) or isinstance(end, datetime):
        return when
    if bag.hours is not None or (bag.to and bag.clock and _is_workweek(bag, bag.to)):
        return series(_daily(bag, start, end), when.span, around)
    if bag.clock is not None:
        at = hour_meant(bag.clock, bag.part, around)
        return replace(when, start=at.on(midnight(start)), end=midnight(end))
    return when
