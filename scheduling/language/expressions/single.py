"""A single day, hour or window: an expression that is not a range, resolved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from scheduling.language.expressions.bag import Bag
from scheduling.language.expressions.hours import Hour, Setting, after, hour_meant
from scheduling.language.expressions.joins import Day
from scheduling.language.expressions.parts import (
    Clock,
    Days,
    Fields,
    Stretch,
)
from scheduling.language.expressions.resolve import resolve
from scheduling.language.expressions.rules import last_of
from scheduling.language.when import When
from scheduling.speech import N_

DAY = timedelta(days=1)
LATER_TODAY = N_("this evening")
"""Assumed of an hour that has passed this morning; it says nothing of another day."""
UNTIL = frozenset({"until", "till", "til", "through", "thru"})
Span = tuple[int, int]


def resolved(day: Day | None, around: Setting) -> Days | None:
    if day is None or isinstance(day, Stretch):
        return day
    return resolve(day, around.now.date())


def on_day(bag: Bag, span: Span, day: Stretch | None, around: Setting) -> When | None:
    if bag.hours is not None:
        return _hours(bag, span, day, around)
    if bag.clock is not None:
        return _at_clock(bag, bag.clock, span, day, around)
    if bag.part is not None:
        return _in_part(bag, span, day, around)
    if day is not None:
        return whole_days(bag, span, day, around)
    return When(span, duration=bag.length.span) if bag.length else None


def whole_days(bag: Bag, span: Span, day: Stretch, around: Setting) -> When:
    """Whole days; "until Friday" runs from today."""
    if bag.length is not None and not bag.length.fine:
        return When(span, start=day.first, end=day.first + bag.length.delta, past=day.past)
    last = last_of(day, bag.opener)
    if bag.opener in UNTIL and bag.length is None and last > around.now.date():
        return When(span, start=around.now.date(), end=last)
    end = None if day.grain == "day" else day.until
    length = bag.length.span if bag.length else None
    return When(span, start=day.first, end=end, duration=length, past=day.past)


def _at_clock(bag: Bag, clock: Clock, span: Span, day: Stretch | None, around: Setting) -> When:
    hour = hour_meant(clock, bag.part, around)
    base, hour = _base(bag, day, hour, around)
    if bag.opener in UNTIL and bag.part is None:
        first = base.date() if day else around.now.date()
        return When(span, start=first, until=hour.on(base), time=None if day else hour.at)
    if bag.opener == "before" and day is not None and bag.to is None:
        return _ahead_of(hour.on(base), span, day)
    found = When(
        span,
        start=hour.on(base),
        time=None if day or (bag.part and bag.part.today) else hour.at,
        assumed=(hour.guessed,) if hour.guessed else (),
        past=bool(day and day.past),
    )
    if day is not None and day.grain == "weekend":
        sunday = replace(found, start=hour.on(base + DAY))
        found = replace(found, alternatives=(ended(sunday, bag),))
    return ended(found, bag)


def _ahead_of(end: datetime, span: Span, day: Stretch) -> When:
    """ "Sunday before noon": a window of that day that ends then; at midnight, with the day."""
    on = midnight(end.date())
    if end == on:
        return When(
            span, start=on.date(), window=(on + timedelta(hours=6), on + DAY), past=day.past
        )
    first = on + timedelta(hours=min(6, max(end.hour - 1, 0)))
    return When(span, start=on.date(), window=(first, end), past=day.past)


def _base(bag: Bag, day: Stretch | None, hour: Hour, around: Setting) -> tuple[datetime, Hour]:
    """The day an hour falls on: the one said, else the next on which it is still ahead."""
    now = around.now
    if day is not None:
        passed = day.first == now.date() and hour.on(now) < now
        again = passed and isinstance(bag.day, Fields) and _only_weekday(bag.day)
        return midnight(day.first + timedelta(weeks=int(again))), hour
    today = midnight(now.date())
    if bag.part is not None and bag.part.today:
        return today, hour
    if hour.on(today) >= now:
        return today, hour
    later = _later_half(bag, hour, around)
    return (today, later) if later else (today + DAY, hour)


def _later_half(bag: Bag, hour: Hour, around: Setting) -> Hour | None:
    """ "At 8" said at 14:00 with no day is this evening, not tomorrow morning."""
    clock = bag.clock
    said = bag.part or bag.length or clock is None or clock.sure or clock.half
    if said or around.morning or not 7 <= hour.at.hour <= 11:
        return None
    later = Hour(hour.at.replace(hour=hour.at.hour + 12), guessed=LATER_TODAY)
    return later if later.on(around.now) >= around.now else None


def _only_weekday(fields: Fields) -> bool:
    return fields.which is None and fields == Fields(weekday=fields.weekday)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def ended(when: When, bag: Bag) -> When:
    """With an end where a length was said."""
    if bag.length is None or not isinstance(when.start, datetime):
        return when
    return replace(when, end=when.start + bag.length.delta, measured=bag.length.elapsed)


def _hours(bag: Bag, span: Span, day: Stretch | None, around: Setting) -> When | None:
    hours = bag.hours
    if hours is None:
        return None
    first = hour_meant(hours.start, bag.part, around)
    last = hour_meant(hours.end, bag.part, around)
    base, first = _base(bag, day, first, around)
    if day is None and first.on(base) > around.now and not (bag.part and bag.part.today):
        base = _still_running(base, first, last, hours.end, around)
    start = first.on(base)
    end = after(start, last.on(base), hours.end)
    weak = hours.start.bare and hours.end.bare
    if weak and end - start > timedelta(hours=14):
        return None
    said = None if day or (bag.part and bag.part.today) else first.at
    # Of "3-6" it is enough to say what the 3 was taken for.
    assumed = tuple(g for g in (first.guessed, last.guessed) if g)[:1]
    return When(span, start=start, end=end, time=said, assumed=assumed, past=bool(day and day.past))


def _still_running(
    base: datetime, first: Hour, last: Hour, end: Clock, around: Setting
) -> datetime:
    """ "3 to 5" said at 16:00 is today's, not tomorrow's."""
    today = midnight(around.now.date())
    running = after(first.on(today), last.on(today), end) > around.now
    return today if running else base


def _in_part(bag: Bag, span: Span, day: Stretch | None, around: Setting) -> When | None:
    part = bag.part
    if part is None:
        return None
    first = day.first if day else around.now.date()
    start = datetime.combine(first, part.start)
    end = datetime.combine(first, part.end)
    end = end if end > start else end + DAY
    if day is None and not part.today and around.now >= start + (end - start) / 2:
        first, start, end = first + DAY, start + DAY, end + DAY
    length = bag.length.span if bag.length else None
    past = bool(day and day.past)
    return When(span, start=first, window=(start, end), duration=length, past=past)
