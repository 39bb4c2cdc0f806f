"""The RFC 5545 words of a repetition: how often, on which days, until when, how many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from scheduling.language.expressions.bag import Bag
from scheduling.language.expressions.hours import Setting
from scheduling.language.expressions.joins import Day
from scheduling.language.expressions.parts import (
    Days,
    Every,
    Fields,
    Length,
    Stretch,
)
from scheduling.language.expressions.resolve import resolve
from scheduling.language.expressions.vocabulary import WEEKDAY_CODES

DAY = timedelta(days=1)
_LONGEST_DATE = 60  # what is longer is a season: "until summer" ends as it begins
STEP = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30, "YEARLY": 365}


def resolved_day(day: Day | None, around: Setting) -> Days | None:
    return resolve(day, around.now.date()) if isinstance(day, Fields) else day


def stretch_of(day: Day | None, around: Setting) -> Stretch | None:
    found = resolved_day(day, around)
    return found if isinstance(found, Stretch) else None


def end_day(bag: Bag) -> Day | None:
    return bag.to.day if bag.to else None


def only_weekday(fields: Fields) -> bool:
    return fields == Fields(weekday=fields.weekday)


def core_words(every: Every) -> list[str]:
    words = [f"FREQ={every.freq}"]
    if every.interval != 1:
        words.append(f"INTERVAL={every.interval}")
    if every.month:
        words.append(f"BYMONTH={every.month}")
    if every.weekdays:
        nths = [str(n) for n in every.nth] or [""]
        codes = [n + WEEKDAY_CODES[d] for n in nths for d in sorted(every.weekdays)]
        words.append("BYDAY=" + ",".join(codes))
    if every.month_days:
        words.append("BYMONTHDAY=" + ",".join(str(d) for d in every.month_days))
    return words


def rule_of(every: Every, bag: Bag, first: date, around: Setting) -> str:
    words = core_words(every)
    count = bag.times.count if bag.times else every.count or count_of(every, bag.length)
    last = _last_day(bag, first, around)
    if count is not None:
        words.append(f"COUNT={count}")
    elif last is not None:
        words.append(f"UNTIL={last:%Y%m%d}")
    return ";".join(words)


def count_of(every: Every, length: Length | None) -> int | None:
    """ "every day for 10 days", "every Tuesday for 6 weeks": how many occurrences that is."""
    step = STEP.get(every.freq)
    if length is None or length.fine or step is None:
        return None
    days = length.days + 30 * length.months
    if every.freq == "MONTHLY" and length.months:
        return max(1, length.months // every.interval)
    if every.freq == "YEARLY" and length.months:
        return max(1, length.months // 12 // every.interval)
    if days < step * every.interval:
        return None
    per_round = len(every.weekdays) or 1
    return max(1, days * per_round // (step * every.interval))


def _last_day(bag: Bag, first: date, around: Setting) -> date | None:
    day = end_day(bag)
    if day is None:
        return _end_of_season(bag, around)
    start = datetime.combine(max(first, around.now.date()), time())
    relative = isinstance(day, Fields) and day.which is None
    found = stretch_of(day, replace(around, now=start) if relative else around)
    return None if found is None else last_of(found, bag.to_word) - DAY


def _end_of_season(bag: Bag, around: Setting) -> date | None:
    """ "Tuesdays in March": the days said beside the rule hold all of it."""
    if bag.every and bag.every.freq == "YEARLY":
        return None
    days = stretch_of(bag.day, around)
    return days.until - DAY if days and days.days > 1 and bag.since is None else None


def last_of(days: Stretch, joiner: str) -> date:
    """The first day after: "through June" holds June, "until June" ends as June begins."""
    whole = days.grain in ("week", "weekend", "month", "year") or days.days > _LONGEST_DATE
    return days.first if whole and joiner in ("until", "till", "til") else days.until


def left_out(bag: Bag, around: Setting) -> tuple[date, ...]:
    found: list[date] = []
    for day in bag.left_out:
        days = None if isinstance(day, Fields) and only_weekday(day) else stretch_of(day, around)
        if days is not None:
            found += [days.first + timedelta(days=n) for n in range(min(days.days, 62))]
    return tuple(found)
