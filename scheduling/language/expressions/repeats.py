"""Repetitions as said: every other Friday, mondays and wednesdays, daily, 10 Tuesdays."""

from __future__ import annotations

from dataclasses import replace

from scheduling.language.expressions.monthly_repeats import EVERY, monthly, weekday_of_month
from scheduling.language.expressions.numbers import cardinal, ordinal
from scheduling.language.expressions.parts import Every, Fields, Times
from scheduling.language.expressions.spelling import words
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import (
    DAYPART_WORDS,
    SHORT_UNITS,
    UNITS,
    Unit,
    weekday,
    weekdays_plural,
)
from scheduling.language.expressions.weekday_lists import weekday_list
from scheduling.language.expressions.written_dates import written_date
from scheduling.language.expressions.yearly_repeats import weekday_of_year, yearly

WORKDAYS = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)
SCHOOL_NIGHTS = (6, 0, 1, 2, 3)

_FREQUENCIES: dict[Unit, tuple[str, int]] = {
    "second": ("SECONDLY", 1), "minute": ("MINUTELY", 1), "hour": ("HOURLY", 1),
    "day": ("DAILY", 1), "week": ("WEEKLY", 1), "fortnight": ("WEEKLY", 2),
    "month": ("MONTHLY", 1), "quarter": ("MONTHLY", 3), "year": ("YEARLY", 1),
}  # fmt: skip
_ADVERBS = {
    "daily": Every("DAILY"), "everyday": Every("DAILY"), "hourly": Every("HOURLY"),
    "nightly": Every("DAILY", daypart="night"), "weekly": Every("WEEKLY"),
    "biweekly": Every("WEEKLY", 2), "fortnightly": Every("WEEKLY", 2),
    "monthly": Every("MONTHLY"), "bimonthly": Every("MONTHLY", 2),
    "quarterly": Every("MONTHLY", 3), "yearly": Every("YEARLY"), "annually": Every("YEARLY"),
    "weekdays": Every("WEEKLY", weekdays=WORKDAYS), "workdays": Every("WEEKLY", weekdays=WORKDAYS),
    "weekends": Every("WEEKLY", weekdays=WEEKEND),
    "weeknights": Every("WEEKLY", weekdays=WORKDAYS, daypart="night"),
    "schooldays": Every("WEEKLY", weekdays=WORKDAYS),
    "schoolnights": Every("WEEKLY", weekdays=SCHOOL_NIGHTS, daypart="night"),
}  # fmt: skip
_DAY_SETS = {
    "weekday": WORKDAYS, "weekdays": WORKDAYS, "workday": WORKDAYS, "workdays": WORKDAYS,
    "weekend": WEEKEND, "weekends": WEEKEND, "wknd": WEEKEND, "weeknight": WORKDAYS,
    "schoolday": WORKDAYS, "schoolnight": SCHOOL_NIGHTS, "weeknights": WORKDAYS,
}  # fmt: skip
_FIGURES = words("of counts matters")
_HOW_OFTEN = {"once": 1, "twice": 2, "thrice": 3}
_OTHER = frozenset({"other", "second", "alternate", "2nd", "alternating"})
_OCCASIONS = words("times lessons sessions classes occurrences visits meetings practices games")
REPEAT_WORDS = (
    EVERY
    | _ADVERBS.keys()
    | _DAY_SETS.keys()
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
        or _adverb(tokens, i)
        or _plural_days(tokens, i)
        or _school(tokens, i)
        or _weekday_parts(tokens, i)
        or _times_a(tokens, i)
        or _counted_days(tokens, i)
    )


def times(tokens: Tokens, i: int) -> Match[Times] | None:
    """ "6 times", "x6", "8 lessons": how often it happens at all."""
    if tokens.word(i) in ("x", "×"):
        value = tokens.at(i + 1).number
        return (Times(value), i + 2) if value and value <= 1000 else None
    number = cardinal(tokens, i)
    if number is None or not 0 < number[0] <= 1000 or tokens.word(number[1]) not in _OCCASIONS:
        return None
    per = tokens.word(number[1] + 1) in ("a", "per", "each", "every")
    return None if per else (Times(number[0]), number[1] + 1)


def _counted_days(tokens: Tokens, i: int) -> Match[Every] | None:
    """ "10 Tuesdays", "the next 6 Saturdays"."""
    j = i + 1 if tokens.word(i) == "next" else i
    number = cardinal(tokens, j)
    if number is None or not 1 < number[0] <= 400:
        return None
    day = weekdays_plural(tokens.word(number[1]))
    if day is None or tokens.says(number[1] + 1, "from"):
        return None
    return Every("WEEKLY", weekdays=(day,), count=number[0]), number[1] + 1


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
    if number and tokens.word(number[1]) in UNITS | _DAY_SETS.keys():
        return number
    count = cardinal(tokens, j)
    if count and count[0] > 0 and tokens.word(count[1]) in UNITS:
        return count
    third = number and number[0] == 3 and weekday(tokens.word(number[1])) is not None
    return number if number and third else (1, j)


def _target(tokens: Tokens, j: int, interval: int) -> Match[Every] | None:
    """What it is every one of: weekdays, a set of days, a part of the day, a unit, a date."""
    word = tokens.word(j)
    days = weekday_list(tokens, j) or _day_set(tokens, j)
    if days:
        night = "night" if "night" in tokens.word(days[1] - 1) else None
        part = _part_after(tokens, days[1])
        every = Every("WEEKLY", interval, days[0], daypart=part or night)
        return every, days[1] + 1 if part else days[1]
    if word in DAYPART_WORDS:
        return Every("DAILY", interval, daypart=DAYPART_WORDS[word]), j + 1
    if tokens.word(j + 1) in _FIGURES and UNITS.get(word) in ("second", "minute", "hour", "day"):
        return None  # "every second of it", "every minute counts"
    if word in UNITS and word not in SHORT_UNITS:
        freq, step = _FREQUENCIES[UNITS[word]]
        return Every(freq, interval * step), j + 1
    return _dated(tokens, j)


def _day_set(tokens: Tokens, j: int) -> Match[tuple[int, ...]] | None:
    """ "weekday", "week end", "school night"."""
    word, after = tokens.word(j), tokens.word(j + 1)
    if word in _DAY_SETS:
        return _DAY_SETS[word], j + 1
    if word == "week" and after in ("day", "night"):
        return WORKDAYS, j + 2
    if word == "week" and after == "end":
        return WEEKEND, j + 2
    if word == "school" and after in ("day", "days"):
        return WORKDAYS, j + 2
    return (SCHOOL_NIGHTS, j + 2) if word == "school" and after in ("night", "nights") else None


def _dated(tokens: Tokens, j: int) -> Match[Every] | None:
    """ "every June 12", "every 15th"."""
    written = written_date(tokens, j)
    if written is None or written[0].day is None:
        month = written and written[0].month and written[0].year is None
        return (Every("YEARLY", anchor=written[0]), written[1]) if written and month else None
    if written[0].month is not None:
        return Every("YEARLY", anchor=written[0]), written[1]
    return Every("MONTHLY", month_days=(written[0].day,)), written[1]


def _part_after(tokens: Tokens, j: int) -> str | None:
    return DAYPART_WORDS.get(tokens.word(j))


def _adverb(tokens: Tokens, i: int) -> Match[Every] | None:
    if tokens.word(i) == "bi" and tokens.word(i + 1) == "-" and tokens.word(i + 2) in _ADVERBS:
        base = _ADVERBS[tokens.word(i + 2)]
        return Every(base.freq, 2, base.weekdays), i + 3
    found = _ADVERBS.get(tokens.word(i))
    return None if found is None else (found, i + 1)


def _plural_days(tokens: Tokens, i: int) -> Match[Every] | None:
    """ "mondays", "tuesdays and thursdays", "Tue/Thu afternoons", "mon wed fri"."""
    days = weekday_list(tokens, i)
    if days is None:
        return None
    words = [tokens.word(k) for k in range(i, days[1])]
    plural = any(weekdays_plural(word) is not None for word in words)
    initials = weekday(words[0]) is None and not plural
    after = tokens.at(days[1])
    timed = "/" in words and (after.kind == "number" or after.text in ("at", "from", "@"))
    if not plural and not timed and len(days[0]) < 3 and not initials:
        return None
    if (
        not plural
        and not initials
        and ("," in words or "-" in words or "to" in words or "through" in words)
    ):
        return None
    part = _part_after(tokens, days[1])
    return Every("WEEKLY", 1, days[0], daypart=part), days[1] + (1 if part else 0)


def _weekday_parts(tokens: Tokens, i: int) -> Match[Every] | None:
    """ "Friday mornings", "weekday evenings": the plural makes it a repetition."""
    word = tokens.word(i)
    days = weekday_list(tokens, i)
    found, j = days if days else (_DAY_SETS.get(word), i + 1)
    part = tokens.word(j)
    several = part.endswith("s") and part in DAYPART_WORDS
    if found is None or not (several or (word in _DAY_SETS and part in DAYPART_WORDS)):
        return None
    return Every("WEEKLY", 1, found, daypart=DAYPART_WORDS[part]), j + 1


def _school(tokens: Tokens, i: int) -> Match[Every] | None:
    if tokens.says(i, "school", "nights") or tokens.says(i, "school", "days"):
        return _target(tokens, i, 1)
    return None


def _times_a(tokens: Tokens, i: int) -> Match[Every] | None:
    """ "once a week", "twice a week on Tuesday and Friday", "3 times a week"."""
    often, j = _HOW_OFTEN.get(tokens.word(i)), i + 1
    if often is None:
        number = cardinal(tokens, i)
        if number is None or tokens.word(number[1]) not in ("times", "x") or number[0] < 2:
            return None
        often, j = number[0], number[1] + 1
    unit = tokens.word(j + 1)
    if tokens.word(j) not in ("a", "every", "per", "each"):
        return None
    if unit not in UNITS or unit in SHORT_UNITS or (often > 1 and UNITS[unit] != "week"):
        return None
    if often > 1:
        days = weekday_list(tokens, tokens.skip(j + 2, frozenset({"on", ",", ":"})))
        return (
            (Every("WEEKLY", 1, days[0]), days[1])
            if days
            else (Every("WEEKLY", often=often), j + 2)
        )
    freq, step = _FREQUENCIES[UNITS[unit]]
    return Every(freq, step), j + 2
