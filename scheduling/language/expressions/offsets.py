"""Times told by their distance: in 2 hours, 3 days ago, a week from Friday, Monday week."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

from scheduling.language.expressions import calendar
from scheduling.language.expressions.anchored_days import anchored, beside, weekdays_from, weeks_on
from scheduling.language.expressions.clock_times import about
from scheduling.language.expressions.durations import length, of_unit
from scheduling.language.expressions.parts import (
    Clock,
    Days,
    Length,
    Moment,
    Stretch,
)
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import weekday

_AHEAD = frozenset({"in", "within", "after", "+"})
COUNTS_DOWN = frozenset({"timer", "alarm", "countdown"})
_LATER = frozenset({"later", "hence", "out"})
_EARLIER = frozenset({"ago", "earlier", "before", "back", "prior"})
_STOPS = frozenset({"", ".", ",", "!", "?", ";", ")", "and", "for", "or", "please", "pls"})


def offset(tokens: Tokens, i: int, now: datetime) -> Match[Moment | Days | Clock] | None:
    """A moment or day at a distance from now, or from another day."""
    return (
        _now(tokens, i, now)
        or _ahead(tokens, i, now)
        or _running(tokens, i, now)
        or anchored(tokens, i, now)
        or _behind_or_later(tokens, i, now)
        or beside(tokens, i, now)
        or weeks_on(tokens, i, now)
        or weekdays_from(tokens, i, now)
    )


def shifted(now: datetime, by: Length, sign: int = 1) -> Moment | Stretch:
    """`now` moved; whole days stay days."""
    at = now + by.delta if sign > 0 else now - by.delta
    if by.fine:
        return Moment(at.replace(second=0, microsecond=0), past=sign < 0)
    return Stretch.day(at.date(), past=sign < 0)


def _now(tokens: Tokens, i: int, now: datetime) -> Match[Moment] | None:
    word = tokens.word(i)
    moment = Moment(now.replace(second=0, microsecond=0))
    if tokens.says(i, "right", "now") or tokens.says(i, "just", "now"):
        return moment, i + 2
    if tokens.says(i, "at", "the", "moment") or tokens.says(i, "at", "this", "moment"):
        return moment, i + 3
    if tokens.says(i, "the", "present", "time"):
        return moment, i + 3
    if word in ("asap", "immediately") or tokens.says(i, "as", "soon", "as", "possible"):
        return moment, i + (1 if word != "as" else 4)
    idle = tokens.word(i - 1) == "every" or tokens.says(i + 1, "and", "then")
    return (moment, i + 1) if word == "now" and not idle else None


def _ahead(tokens: Tokens, i: int, now: datetime) -> Match[Moment | Days] | None:
    """ "in 2 hours", "within half an hour", "after an hour", "+1 day", "-2hr5min", "in 15",
    "a timer for 20 minutes"."""
    word = tokens.word(i)
    if word == "-" and i == 0 and tokens.glued(1):
        back = length(tokens, 1)
        return None if back is None else (shifted(now, back[0], -1), back[1])
    counted = word == "for" and tokens.word(i - 1) in COUNTS_DOWN
    if word not in _AHEAD and not counted:
        return None
    j = about(tokens, i + 1)
    found = length(tokens, j) or _signed_letter(tokens, i)
    if found:
        span, k = found
        if tokens.word(k) in ("from", "after") and word == "after":
            return None
        k = k + 2 if tokens.says(k, "'", "time") or tokens.says(k, "from", "now") else k
        k = k + 1 if tokens.word(k) == "time" else k
        return _day_of_that_week(tokens, k, now, span) or (shifted(now, span), k)
    value = tokens.at(j).number
    if word == "in" and value and value % 5 == 0 and value <= 90 and tokens.word(j + 1) in _STOPS:
        return shifted(now, Length(seconds=60 * value)), j + 1
    return None


def _day_of_that_week(tokens: Tokens, k: int, now: datetime, span: Length) -> Match[Stretch] | None:
    """ "in two weeks on Monday", "in 3 weeks on a Saturday": the day of the week so far ahead."""
    j = k + 2 if tokens.word(k + 1) in ("a", "the") else k + 1
    day = weekday(tokens.word(j)) if tokens.word(k) == "on" else None
    if day is None or not span.days or span != Length(days=span.days // 7 * 7):
        return None
    monday = calendar.monday_of(now.date())
    return Stretch.day(monday + timedelta(days=span.days + day)), j + 1


def _running(tokens: Tokens, i: int, now: datetime) -> Match[Moment] | None:
    """ "the next 3 hours", "last 20 minutes"."""
    forward = tokens.word(i) in ("next", "coming")
    if not forward and tokens.word(i) not in ("last", "past"):
        return None
    found = length(tokens, i + 1)
    if found is None or not found[0].fine or found[0].span > timedelta(days=7):
        return None
    here = now.replace(second=0, microsecond=0)
    if forward:
        return Moment(here, until=here + found[0].delta), found[1]
    return Moment(here - found[0].delta, past=True, until=here), found[1]


def _signed_letter(tokens: Tokens, i: int) -> Match[Length] | None:
    """ "+1d", "+2w": after a sign a single letter is enough."""
    value, unit = tokens.at(i + 1).number, tokens.word(i + 2)
    if tokens.word(i) != "+" or value is None or not tokens.glued(i + 2):
        return None
    if unit == "d":
        return of_unit(Fraction(value), "day"), i + 3
    return (of_unit(Fraction(value), "week"), i + 3) if unit == "w" else None


def _behind_or_later(tokens: Tokens, i: int, now: datetime) -> Match[Moment | Days] | None:
    """ "2 hours ago", "3 weeks later", "15 minutes before", "a week from now"."""
    the = tokens.word(i) == "the"
    found = length(tokens, i) or (_the_unit(tokens, i) if the else None)
    if found is None:
        return None
    span, j = found
    if tokens.says(j, "from", "now") or tokens.says(j, "into", "the", "future"):
        return shifted(now, span), j + 2
    word = tokens.word(j)
    if word == "ago":
        return shifted(now, span, -1), j + 1
    if word == "hence" or (word in _LATER and _opens(tokens, i)):
        return shifted(now, span), j + 1
    if word in _EARLIER and _opens(tokens, i) and (i > 0 or word != "before" or _ends(tokens, j)):
        return shifted(now, span, -1), j + 1
    return None


def _opens(tokens: Tokens, i: int) -> bool:
    """Inside a sentence "an hour later" and "30 minutes before" are lengths: a shift, a lead."""
    return i == 0 or tokens.at(i - 1).kind == "mark"


def _ends(tokens: Tokens, j: int) -> bool:
    return tokens.word(j + 1) in _STOPS


def _the_unit(tokens: Tokens, i: int) -> Match[Length] | None:
    units = {"min": 60, "minute": 60, "hour": 3600}
    seconds = units.get(tokens.word(i + 1))
    return None if seconds is None else (Length(seconds=seconds), i + 2)
