"""Repetitions as said: every other Friday, each weekday, every June 12, daily."""

from __future__ import annotations

from dataclasses import replace

from scheduling.language.expressions.day_sets import DAY_SETS, day_set
from scheduling.language.expressions.how_often import ADVERBS, FREQUENCIES, adverb, times_a
from scheduling.language.expressions.monthly_repeats import EVERY, monthly, weekday_of_month
from scheduling.language.expressions.numbers import cardinal, ordinal
from scheduling.language.expressions.parts import Every
from scheduling.language.expressions.plural_days import counted_days, plural_days, weekday_parts
from scheduling.language.expressions.spelling import words
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import DAYPART_WORDS, SHORT_UNITS, UNITS, weekday
from scheduling.language.expressions.weekday_lists import weekday_list
from scheduling.language.expressions.written_dates import written_date
from scheduling.language.expressions.yearly_repeats import weekday_of_year, yearly

_FIGURES = words("of counts matters")
_OTHER = frozenset({"other", "second", "alternate", "2nd", "alternating"})
REPEAT_WORDS = (
    EVERY
    | ADVERBS.keys()
    | DAY_SETS.keys()
    | words("bi school once twice thrice alternate alternating next on")
)
"""Words a repetition may begin with."""


def every(tokens: Tokens, i: int) -> Match[Every] | None:
    """A repetition that starts at `i`."""
    found = _plain(tokens, i)
    if found is None or found[0] != Every(found[0].freq, found[0].interval):
        return found
    by = {"MONTHLY": weekday_of_month, "YEARLY": weekday_of_year}.get(found[0].freq)
    exact = by(tokens, found[1]) if by else None
    return (replace(exact[0], interval=found[0].interval), exact[1]) if exact else found


def _plain(tokens: Tokens, i: int) -> Match[Every] | None:
    return (
        yearly(tokens, i)
        or monthly(tokens, i)
        or _marked(tokens, i)
        or adverb(tokens, i)
        or plural_days(tokens, i)
        or _school(tokens, i)
        or weekday_parts(tokens, i)
        or times_a(tokens, i)
        or counted_days(tokens, i)
    )


def _marked(tokens: Tokens, i: int) -> Match[Every] | None:
    """ "every …", "each …", "any …"."""
    word = tokens.word(i)
    if word in ("alternate", "alternating"):
        return _target(tokens, i + 1, 2)
    if word not in EVERY or (word == "any" and tokens.word(i + 1) in UNITS):
        return None
    j = i + 2 if tokens.word(i + 1) == "single" else i + 1
    interval, j = _interval(tokens, j)
    found = _target(tokens, j, interval)
    return found if found else _single_second(tokens, i)


def _single_second(tokens: Tokens, i: int) -> Match[Every] | None:
    """ "every second" with nothing after it is the unit."""
    alone = tokens.word(i + 1) == "second" and tokens.word(i + 2) not in _FIGURES
    return (Every("SECONDLY"), i + 2) if alone else None


def _interval(tokens: Tokens, j: int) -> tuple[int, int]:
    """How many of the unit lie between two, and the index after it."""
    if tokens.says(j, "2", "nd") or tokens.word(j) in _OTHER:
        return 2, j + (2 if tokens.word(j) == "2" else 1)
    if tokens.says(j, "couple", "of"):
        return 2, j + 2
    if tokens.word(j) in ("few", "couple"):
        return 3 if tokens.word(j) == "few" else 2, j + 1
    number = ordinal(tokens, j)
    if number and tokens.word(number[1]) in UNITS | DAY_SETS.keys():
        return number
    count = cardinal(tokens, j)
    if count and count[0] > 0 and tokens.word(count[1]) in UNITS:
        return count
    third = number and number[0] == 3 and weekday(tokens.word(number[1])) is not None
    return number if number and third else (1, j)


def _target(tokens: Tokens, j: int, interval: int) -> Match[Every] | None:
    """What it is every one of: weekdays, a set of days, a part of the day, a unit, a date."""
    word = tokens.word(j)
    days = weekday_list(tokens, j) or day_set(tokens, j)
    if days:
        night = "night" if "night" in tokens.word(days[1] - 1) else None
        part = DAYPART_WORDS.get(tokens.word(days[1]))
        every = Every("WEEKLY", interval, days[0], daypart=part or night)
        return every, days[1] + 1 if part else days[1]
    if word in DAYPART_WORDS:
        return Every("DAILY", interval, daypart=DAYPART_WORDS[word]), j + 1
    if tokens.word(j + 1) in _FIGURES and UNITS.get(word) in ("second", "minute", "hour", "day"):
        return None  # "every second of it", "every minute counts"
    if word in UNITS and word not in SHORT_UNITS:
        freq, step = FREQUENCIES[UNITS[word]]
        return Every(freq, interval * step), j + 1
    return _dated(tokens, j)


def _dated(tokens: Tokens, j: int) -> Match[Every] | None:
    """ "every June 12", "every 15th"."""
    written = written_date(tokens, j)
    if written is None or written[0].day is None:
        month = written and written[0].month and written[0].year is None
        return (Every("YEARLY", anchor=written[0]), written[1]) if written and month else None
    if written[0].month is not None:
        return Every("YEARLY", anchor=written[0]), written[1]
    return Every("MONTHLY", month_days=(written[0].day,)), written[1]


def _school(tokens: Tokens, i: int) -> Match[Every] | None:
    if tokens.says(i, "school", "nights") or tokens.says(i, "school", "days"):
        return _target(tokens, i, 1)
    return None
