"""Weekdays whose plural, number or company makes them a repetition: mondays, 10 Tuesdays."""

from __future__ import annotations

from scheduling.language.expressions.day_sets import DAY_SETS
from scheduling.language.expressions.holidays import holiday
from scheduling.language.expressions.monthly_repeats import EVERY
from scheduling.language.expressions.numbers import cardinal
from scheduling.language.expressions.parts import Every
from scheduling.language.expressions.spelling import words
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import (
    DAYPART_WORDS,
    month,
    weekday,
    weekdays_plural,
)
from scheduling.language.expressions.weekday_lists import weekday_list

_NEAR = 9
_IN_A_ROW = frozenset({",", "-", "–", "to", "through"})
_UNTIL = words("until till til through thru")


def plural_days(tokens: Tokens, i: int) -> Match[Every] | None:
    """ "mondays", "tuesdays and thursdays", "Tue/Thu afternoons", "mon wed fri"."""
    days = weekday_list(tokens, i)
    if days is None:
        return None
    words = [tokens.word(k) for k in range(i, days[1])]
    plural = any(weekdays_plural(word) is not None for word in words)
    plural = plural or (len(days[0]) > 1 and _weekly_after(tokens, days[1]))
    initials = weekday(words[0]) is None and not plural
    after = tokens.at(days[1])
    timed = "/" in words and (after.kind == "number" or after.text in ("at", "from", "@"))
    if not plural and not timed and len(days[0]) < 3 and not initials:
        return None
    if not plural and not initials and _IN_A_ROW & set(words):
        return None
    part = DAYPART_WORDS.get(tokens.word(days[1]))
    return Every("WEEKLY", 1, days[0], daypart=part), days[1] + (1 if part else 0)


def _weekly_after(tokens: Tokens, j: int) -> bool:
    """ "Mon, Wed and Fri 6:30am every week", "Mon-Fri 8-3 until June 12": what follows says so."""
    for k in range(j, j + _NEAR):
        if tokens.word(k) in ("", ".", "!", "?", ";"):
            return False
        if tokens.word(k) in _UNTIL and _names_month(tokens, k + 1):
            return True
        if tokens.word(k) == "weekly" or (tokens.word(k) in EVERY and tokens.says(k + 1, "week")):
            return True
    return False


def _names_month(tokens: Tokens, k: int) -> bool:
    """Whether "12 June", "the end of June", "6/12" or "Easter" stands at `k`."""
    if holiday(tokens, k) or (tokens.at(k).number and tokens.word(k + 1) == "/"):
        return True
    return any(month(tokens.word(n)) is not None for n in range(k, k + 4))


def weekday_parts(tokens: Tokens, i: int) -> Match[Every] | None:
    """ "Friday mornings", "weekday evenings": the plural makes it a repetition."""
    word = tokens.word(i)
    days = weekday_list(tokens, i)
    found, j = days if days else (DAY_SETS.get(word), i + 1)
    part = tokens.word(j)
    several = part.endswith("s") and part in DAYPART_WORDS
    if found is None or not (several or (word in DAY_SETS and part in DAYPART_WORDS)):
        return None
    return Every("WEEKLY", 1, found, daypart=DAYPART_WORDS[part]), j + 1


def counted_days(tokens: Tokens, i: int) -> Match[Every] | None:
    """ "10 Tuesdays", "the next 6 Saturdays"."""
    j = i + 1 if tokens.word(i) == "next" else i
    number = cardinal(tokens, j)
    if number is None or not 1 < number[0] <= 400:
        return None
    day = weekdays_plural(tokens.word(number[1]))
    if day is None or tokens.says(number[1] + 1, "from"):
        return None
    return Every("WEEKLY", weekdays=(day,), count=number[0]), number[1] + 1
