"""From a repetition as said to an RFC 5545 rule and its first occurrence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from scheduling.language.expressions.bag import Bag
from scheduling.language.expressions.dayparts import named
from scheduling.language.expressions.hours import Hour, Setting, after, hour_meant
from scheduling.language.expressions.parts import (
    Clock,
    Every,
    Fields,
    Nowhere,
    Stretch,
)
from scheduling.language.expressions.rules import (
    DAY,
    STEP,
    core_words,
    count_of,
    end_day,
    left_out,
    only_weekday,
    resolved_day,
    rule_of,
    stretch_of,
)
from scheduling.language.when import Repeat, When

Span = tuple[int, int]
_OFTEN = {2: "twice", 3: "three times"}
_TOO_OFTEN = {"SECONDLY": "second", "MINUTELY": "minute"}


def series(bag: Bag, span: Span, around: Setting) -> When | None:
    """The repetition in `bag` with its first occurrence; None where it has none."""
    if bag.every is None:
        return None
    bag = _week_of_days(bag, bag.every)
    if bag.every is None:
        return None
    unruled = _unruled(bag.every, bag)
    if unruled is not None:
        return When(span, impossible=unruled)
    days = [
        resolved_day(d, around)
        for d in (bag.day, bag.since, end_day(bag), bag.every.anchor)
        if d is not None
    ]
    bad = next((d for d in days if isinstance(d, Nowhere)), None)
    if bad is not None:
        return When(span, impossible=bad.words)
    every = _settled(bag.every, bag)
    hours = _hours(bag, every, around)
    first = _first(every, bag, hours, around)
    if first is None:
        return When(span, impossible="a repetition with no day in it")
    repeat = Repeat(rule_of(every, bag, first, around), left_out(bag, around))
    return _occurrence(When(span, repeat=repeat), bag, every, first, hours)


def _week_of_days(bag: Bag, every: Every) -> Bag:
    """ "Sunday to Thursday every week": the range is the days of the rule, not its end."""
    to, general = bag.to, not every.weekdays and every.freq in ("WEEKLY", "DAILY")
    if to is None or not general or to.day is None or bag.day is None:
        return bag
    first, last = bag.day, to.day
    if not (isinstance(first, Fields) and isinstance(last, Fields)):
        return bag
    if first.weekday is None or last.weekday is None:
        return bag
    if not (only_weekday(first) and only_weekday(last)):
        return bag
    days = tuple((first.weekday + n) % 7 for n in range((last.weekday - first.weekday) % 7 + 1))
    rule = replace(every, freq="WEEKLY", weekdays=days)
    hours, clock = bag.hours or to.hours, bag.clock or to.clock
    return replace(bag, every=rule, day=None, to=None, hours=hours, clock=clock)


def _unruled(every: Every, bag: Bag) -> str | None:
    """What no calendar can hold, in words that follow "there is no"."""
    if every.freq in _TOO_OFTEN:
        unit = _TOO_OFTEN[every.freq]
        return f"every {unit}" if every.interval == 1 else f"every {every.interval} {unit}s"
    unnamed = every.often > 1 and not every.weekdays and not isinstance(bag.day, Fields)
    how_often = _OFTEN.get(every.often, f"{every.often} times")
    return f"day in “{how_often} a week”" if unnamed else None


def _settled(every: Every, bag: Bag) -> Every:
    """The rule with what the words beside it say: weekdays, days of the month, days left out."""
    said = bag.day if isinstance(bag.day, Fields) else Fields()
    general = not every.weekdays and not every.month_days
    if every.freq == "WEEKLY" and general and said.weekday is not None and only_weekday(said):
        return replace(every, weekdays=(said.weekday,))
    if every.freq == "MONTHLY" and general and said.day is not None:
        return replace(every, month_days=(said.day,))
    if every.freq == "MONTHLY" and general and said.weekday is not None and only_weekday(said):
        return replace(every, weekdays=(said.weekday,), nth=(1,))
    skipped = {d.weekday for d in bag.left_out if isinstance(d, Fields) and only_weekday(d)}
    if skipped and every.freq in ("DAILY", "WEEKLY") and every.interval == 1:
        kept = (d for d in every.weekdays or range(7) if d not in skipped)
        return replace(every, freq="WEEKLY", weekdays=tuple(kept))
    return every


def _hours(bag: Bag, every: Every, around: Setting) -> tuple[Hour, Hour | None] | None:
    """The time of day it starts, and ends where that was said."""
    part = bag.part or (named(every.daypart) if every.daypart else None)
    if bag.hours is not None:
        return hour_meant(bag.hours.start, part, around), hour_meant(bag.hours.end, part, around)
    if bag.clock is not None:
        end = bag.to.clock if bag.to and bag.to.clock else None
        return hour_meant(bag.clock, part, around), hour_meant(end, part, around) if end else None
    return None


def _first(
    every: Every, bag: Bag, hours: tuple[Hour, Hour | None] | None, around: Setting
) -> date | None:
    """The first day it falls on, from the day said or from today while its hour is ahead."""
    if every.freq not in STEP:
        return around.now.date()
    if every.anchor is not None:
        anchored = resolved_day(every.anchor, around)
        return anchored.first if isinstance(anchored, Stretch) else None
    since = stretch_of(bag.since, around) or _starting(every, bag, around)
    start = max(since.first, around.now.date()) if since else around.now.date()
    if (
        (since is None or since.days > 1)
        and start == around.now.date()
        and hours
        and hours[0].on(around.now) < around.now
    ):
        start += DAY
    rule = ";".join(core_words(every))
    from_start = datetime.combine(start, time())
    if every.freq == "WEEKLY" and every.weekdays and every.interval > 1:
        rule = ";".join(core_words(replace(every, interval=1)))
    first: datetime | None = rrulestr(rule, dtstart=from_start).after(from_start, inc=True)
    return first.date() if first else None


def _starting(every: Every, bag: Bag, around: Setting) -> Stretch | None:
    """A date said beside the rule is where it starts, unless it settled the rule itself."""
    said = bag.day
    weekly = every.freq == "WEEKLY" and isinstance(said, Fields) and only_weekday(said)
    if said is None or weekly:
        return None
    if isinstance(said, Fields) and every.freq == "MONTHLY" and said.month is None:
        return None
    return stretch_of(said, around)


def _occurrence(
    when: When, bag: Bag, every: Every, first: date, hours: tuple[Hour, Hour | None] | None
) -> When:
    """The first occurrence filled in."""
    day = datetime.combine(first, time())
    length = _event_length(every, bag)
    if hours is not None:
        return _timed(when, bag, day, hours, length)
    part = bag.part or (named(every.daypart) if every.daypart else None)
    if part is None:
        return replace(when, start=first, duration=length)
    end = datetime.combine(first, part.end)
    window = (datetime.combine(first, part.start), end if part.end > part.start else end + DAY)
    return replace(when, start=first, window=window, duration=length)


def _timed(
    when: When,
    bag: Bag,
    day: datetime,
    hours: tuple[Hour, Hour | None],
    length: timedelta | None,
) -> When:
    start, last = hours[0].on(day), hours[1]
    end = last.on(day) if last else start + length if length else None
    if last and end is not None and end <= start:
        clock = bag.hours.end if bag.hours else Clock(0, sure=True)
        end = after(start, end, clock)
    guessed = tuple({h.guessed for h in hours if h and h.guessed})
    measured = last is None and bag.length is not None and bag.length.elapsed
    return replace(when, start=start, end=end, measured=measured, time=hours[0].at, assumed=guessed)


def _event_length(every: Every, bag: Bag) -> timedelta | None:
    return bag.length.span if bag.length and count_of(every, bag.length) is None else None
