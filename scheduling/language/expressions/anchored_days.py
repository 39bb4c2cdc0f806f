"""Days told from another day: a week from Friday, the Saturday before Easter, Monday week."""

from __future__ import annotations

from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from scheduling.language.expressions import calendar
from scheduling.language.expressions.clock_times import clock
from scheduling.language.expressions.durations import length
from scheduling.language.expressions.numbers import cardinal, quantity
from scheduling.language.expressions.parts import (
    Clock,
    Days,
    Fields,
    Length,
    Moment,
    Nowhere,
    Stretch,
)
from scheduling.language.expressions.relative_days import relative_days
from scheduling.language.expressions.resolve import resolve
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import TODAY, TOMORROW, weekday, weekdays_plural
from scheduling.language.expressions.written_dates import written_date

_FROM = frozenset({"from", "after", "past", "before", "prior", "following", "to", "on"})
_WEEK_OR_TWO = (Length(days=7), Length(days=14))
_BESIDE_WORDS = frozenset({"after", "before", "following", "of"})


def anchored(tokens: Tokens, i: int, now: datetime) -> Match[Moment | Days | Clock] | None:
    """ "2 weeks from tomorrow", "3 days before Christmas", "15 minutes from 1pm"."""
    found = length(tokens, i)
    if found is None or tokens.word(found[1]) not in _FROM or tokens.word(i - 1) == "for":
        return None
    span, j = found
    word = tokens.word(j)
    if (word == "on" and span not in _WEEK_OR_TWO) or word == "to":
        return None
    sign = -1 if word in ("before", "prior") else 1
    k = j + 2 if tokens.word(j + 1) in ("to", "the") and word in ("prior", "following") else j + 1
    at = clock(tokens, k)
    if at and isinstance(at[0], Clock) and span.fine and not span.days and word != "past":
        return _clock_shifted(at[0], sign * span.seconds), at[1]
    day = _simple_day(tokens, k, now)
    if day is None or span.fine or day[0].grain != "day":
        return None
    return Stretch.day(
        day[0].first + relativedelta(months=sign * span.months, days=sign * span.days)
    ), day[1]


def beside(tokens: Tokens, i: int, now: datetime) -> Match[Stretch] | None:
    """ "the day after Thanksgiving", "the Saturday before Easter", "the week of March 16"."""
    j = i + 1 if tokens.word(i) == "the" else i
    if tokens.says(j, "w", "/", "c") and tokens.glued(j + 2):
        return _week_holding(tokens, j + 3, now)
    what, relation = tokens.word(j), tokens.word(j + 1)
    if what == "week" and relation in ("beginning", "commencing", "starting"):
        return _week_holding(tokens, j + 2, now)
    if relation not in _BESIDE_WORDS:
        return None
    day = weekday(what) if tokens.at(j).kind == "word" else None
    if day is None and what not in ("day", "week", "weekend"):
        return None
    anchor = _simple_day(tokens, j + 2, now)
    if anchor is None or (relation == "of" and (what == "day" or anchor[0].grain != "day")):
        return None
    if what == "week" and relation != "of" and _is_weekday(tokens, j + 2):
        return Stretch.day(anchor[0].first + timedelta(weeks=_sign(relation))), anchor[1]
    found = _neighbour(what, day, anchor[0], relation)
    return None if found is None else (found, anchor[1])


def _is_weekday(tokens: Tokens, k: int) -> bool:
    """ "the week after next Tuesday": a Tuesday, where "the week after Easter" is a week."""
    k = tokens.skip(k, frozenset({"the", "next", "this"}))
    return tokens.at(k).kind == "word" and weekday(tokens.word(k)) is not None


def _sign(relation: str) -> int:
    return -1 if relation == "before" else 1


def _week_holding(tokens: Tokens, k: int, now: datetime) -> Match[Stretch] | None:
    """ "w/c 23 March", "week beginning Monday 23rd"."""
    day = _simple_day(tokens, k, now)
    if day is None or day[0].grain != "day":
        return None
    return calendar.week_of(day[0].first), day[1]


def _neighbour(what: str, day: int | None, anchor: Stretch, relation: str) -> Stretch | None:
    if relation == "of":
        whole = calendar.weekend_of if what == "weekend" else calendar.week_of
        return whole(anchor.first) if day is None else None
    if day is not None:
        before = calendar.before(anchor.first, day)
        after = calendar.on_or_after(anchor.until, day)
        return Stretch.day(before if relation == "before" else after)
    shift = _sign(relation)
    if what == "day":
        return Stretch.day(anchor.first - timedelta(days=1) if shift < 0 else anchor.until)
    if what == "week":
        return calendar.week_of(anchor.first, shift)
    return calendar.weekend_of(
        anchor.first, 0 if shift > 0 and anchor.first.weekday() < 5 else shift
    )


def _clock_shifted(base: Clock, seconds: int) -> Clock:
    minutes = (base.hour * 60 + base.minute + seconds // 60) % 1440
    return Clock(minutes // 60, minutes % 60, base.half, base.sure)


def _simple_day(tokens: Tokens, i: int, now: datetime) -> Match[Stretch] | None:
    found = relative_days(tokens, i, now.date()) or written_date(tokens, i)
    if found is None:
        return None
    days, j = found
    resolved = resolve(days, now.date()) if isinstance(days, Fields) else days
    return None if isinstance(resolved, Nowhere) else (resolved, j)


def weeks_on(tokens: Tokens, i: int, now: datetime) -> Match[Stretch] | None:
    """ "Monday week", "Sunday 3 weeks after January 15th", "tomorrow week"."""
    today = now.date()
    day = weekday(tokens.word(i)) if tokens.at(i).kind == "word" else None
    if tokens.word(i) in TODAY | TOMORROW and tokens.word(i + 1) == "week":
        return Stretch.day(today + timedelta(days=7 + (tokens.word(i) in TOMORROW))), i + 2
    if day is None:
        return None
    if tokens.word(i + 1) == "week" and tokens.word(i + 2) not in ("end", "of"):
        return Stretch.day(calendar.on_or_after(today, day) + timedelta(weeks=1)), i + 2
    if tokens.says(i + 1, "in") and (span := length(tokens, i + 2)) and span[0].days % 7 == 0:
        week = calendar.monday_of(today) + timedelta(days=span[0].days + day)
        return (Stretch.day(week), span[1]) if span[0].days and not span[0].fine else None
    told = anchored(tokens, i + 1, now)
    if told and isinstance(told[0], Stretch):
        return Stretch.day(calendar.on_or_after(told[0].first, day)), told[1]
    return None


def weekdays_from(tokens: Tokens, i: int, now: datetime) -> Match[Stretch] | None:
    """ "two Fridays from now", "in 2 Fridays", "Friday after next", "a week Tuesday"."""
    today = now.date()
    if tokens.at(i).kind == "word" and tokens.says(i + 1, "after", "next"):
        day = weekday(tokens.word(i))
        if day is not None:
            coming = calendar.on_or_after(today + timedelta(days=1), day)
            return Stretch.day(coming + timedelta(weeks=1)), i + 3
    if tokens.says(i, "a", "week") or tokens.says(i, "one", "week"):
        day = weekday(tokens.word(i + 2)) if tokens.at(i + 2).kind == "word" else None
        if day is not None:
            return Stretch.day(calendar.on_or_after(today, day) + timedelta(weeks=1)), i + 3
        if tokens.word(i + 2) in TODAY | TOMORROW and tokens.word(i - 1) != "for":
            late = tokens.word(i + 2) in TOMORROW
            return Stretch.day(today + timedelta(days=7 + late)), i + 3
    return _counted_weekdays(tokens, i, now)


def _counted_weekdays(tokens: Tokens, i: int, now: datetime) -> Match[Stretch] | None:
    j = i + 1 if tokens.word(i) == "in" else i
    number = cardinal(tokens, j) or quantity(tokens, j)
    if number is None or not 1 <= number[0] <= 60:
        return None
    count, k = int(number[0]), number[1]
    word = tokens.word(k)
    day = weekdays_plural(word) if word.endswith("s") else weekday(word)
    from_now = tokens.says(k + 1, "from", "now") or tokens.says(k + 1, "from", "today")
    if day is not None and tokens.word(k + 1) == "ago":
        last = calendar.before(now.date(), day)
        return Stretch.day(last - timedelta(weeks=count - 1), past=True), k + 2
    if day is None or not (from_now or j > i):
        return None
    first = calendar.on_or_after(now.date() + timedelta(days=1), day)
    end = k + 3 if from_now else k + 1
    return Stretch.day(first + timedelta(weeks=count - 1)), end
