"""How often as one word or a count: daily, biweekly, twice a week, 6 times."""

from __future__ import annotations

from scheduling.language.expressions.day_sets import SCHOOL_NIGHTS, WEEKEND, WORKDAYS
from scheduling.language.expressions.numbers import cardinal
from scheduling.language.expressions.parts import Every, Times
from scheduling.language.expressions.spelling import words
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import SHORT_UNITS, UNITS, Unit
from scheduling.language.expressions.weekday_lists import weekday_list

FREQUENCIES: dict[Unit, tuple[str, int]] = {
    "second": ("SECONDLY", 1), "minute": ("MINUTELY", 1), "hour": ("HOURLY", 1),
    "day": ("DAILY", 1), "week": ("WEEKLY", 1), "fortnight": ("WEEKLY", 2),
    "month": ("MONTHLY", 1), "quarter": ("MONTHLY", 3), "year": ("YEARLY", 1),
}  # fmt: skip
ADVERBS = {
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
_HOW_OFTEN = {"once": 1, "twice": 2, "thrice": 3}
DAY_HOURS = {2: (8, 20), 3: (8, 14, 20), 4: (8, 12, 16, 20)}
"""What "twice a day" and the like are taken to mean until the family says otherwise."""
_OCCASIONS = words("times lessons sessions classes occurrences visits meetings practices games")


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


def adverb(tokens: Tokens, i: int) -> Match[Every] | None:
    """ "daily", "weekly", "bi-weekly", "weekdays"."""
    if tokens.word(i) == "bi" and tokens.word(i + 1) == "-" and tokens.word(i + 2) in ADVERBS:
        base = ADVERBS[tokens.word(i + 2)]
        return Every(base.freq, 2, base.weekdays), i + 3
    found = ADVERBS.get(tokens.word(i))
    return None if found is None else (found, i + 1)


def times_a(tokens: Tokens, i: int) -> Match[Every] | None:
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
    if unit not in UNITS or unit in SHORT_UNITS:
        return None
    if often > 1 and UNITS[unit] == "day" and often in DAY_HOURS:
        return Every("DAILY", often=often), j + 2
    if often > 1 and UNITS[unit] != "week":
        return None
    if often > 1:
        days = weekday_list(tokens, tokens.skip(j + 2, frozenset({"on", ",", ":"})))
        return (
            (Every("WEEKLY", 1, days[0]), days[1])
            if days
            else (Every("WEEKLY", often=often), j + 2)
        )
    freq, step = FREQUENCIES[UNITS[unit]]
    return Every(freq, step), j + 2
