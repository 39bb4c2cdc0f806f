"""Lengths of time: 45 min, an hour and a half, 1h30, 2 weeks 3 days."""

from __future__ import annotations

from fractions import Fraction

from scheduling.language.expressions.numbers import quantity
from scheduling.language.expressions.parts import Length
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import SHORT_UNITS, UNITS, Unit

_SECONDS: dict[Unit, int] = {"second": 1, "minute": 60, "hour": 3600}
_DAYS: dict[Unit, int] = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12}
_AND = frozenset({",", "and"})
_FILLERS = frozenset({"whole", "full", "more", "-", "straight", "consecutive"})
_PER = frozenset({"once", "twice", "thrice", "times", "x"})
_MOST_DAYS = 36_500  # a hundred years: longer is no plan, and would leave the calendar


def length(tokens: Tokens, i: int) -> Match[Length] | None:
    """One or more quantities of units that stand together."""
    found = _hours_and_minutes(tokens, i) or _whole_day(tokens, i) or _single(tokens, i)
    if found is None or tokens.word(i - 1) in _PER:
        return None
    total, j = found
    while more := _single(tokens, tokens.skip(j, _AND)):
        if more[0] == Length() or _coarser(more[0], total):
            break
        total, j = total + more[0], more[1]
    if total == Length():  # "0 minutes" is how long nothing lasts
        return None
    if tokens.says(j, "and", "a", "half") and total in (Length(seconds=3600), Length(days=1)):
        return total + Length(seconds=total.seconds // 2, days=0), j + 3
    return total, j


def of_unit(count: Fraction, unit: Unit) -> Length:
    """So many of a unit; a part of a day becomes hours, a part of a month days."""
    if unit in _SECONDS:
        return Length(seconds=min(int(count * _SECONDS[unit]), _MOST_DAYS * 86400))
    if unit in _DAYS:
        days = min(count * _DAYS[unit], Fraction(_MOST_DAYS))
        return Length(days=int(days), seconds=int((days - int(days)) * 86400))
    months = min(count * _MONTHS[unit], Fraction(_MOST_DAYS // 31))
    return Length(months=int(months), days=int((months - int(months)) * 30))


def _coarser(later: Length, earlier: Length) -> bool:
    """ "2 hours, 3 days" are two lengths; "3 days 2 hours" is one."""
    return later.span >= earlier.span


def _whole_day(tokens: Tokens, i: int) -> Match[Length] | None:
    """ "all day", "the whole day"."""
    j = i + 1 if tokens.word(i) == "the" else i
    if tokens.word(j) not in ("all", "whole", "entire"):
        return None
    k = j + 2 if tokens.word(j + 1) == "-" else j + 1
    return (Length(days=1), k + 1) if tokens.word(k) == "day" else None


def _single(tokens: Tokens, i: int) -> Match[Length] | None:
    number = quantity(tokens, i)
    if number is None:
        return None
    count, j = number
    j = tokens.skip(j, _FILLERS) if not tokens.says(j, "-") or tokens.glued(j) else j
    word = tokens.word(j).removesuffix("'s")
    if word == "'" and tokens.glued(j):
        return of_unit(count, "minute"), j + 1
    if word not in UNITS or (word in SHORT_UNITS and not _letter_counts(tokens, j)):
        return None
    if UNITS[word] == "day" and count < 1:  # "half day" is a kind of day
        return None
    if word == "second" and tokens.word(i) == "a":  # "a second car"
        return None
    if tokens.word(j + 1) in ("old", "olds") or tokens.says(j + 1, "-", "old"):
        return None
    return of_unit(count, UNITS[word]), j + 1


def _letter_counts(tokens: Tokens, j: int) -> bool:
    """A unit letter must touch its number, and m, d, w, y are too short to say more than that."""
    number = tokens.at(j - 1)
    decade = tokens.word(j) == "s" and (tokens.word(j - 2) == "the" or len(number.text) > 2)
    return tokens.glued(j) and number.kind == "number" and tokens.word(j) in "hms" and not decade


def _hours_and_minutes(tokens: Tokens, i: int) -> Match[Length] | None:
    """ "1h30": an hour and thirty minutes."""
    hours, minutes = tokens.at(i).number, tokens.at(i + 2).number
    touching = tokens.glued(i + 1) and tokens.glued(i + 2)
    if hours is None or minutes is None or tokens.word(i + 1) != "h" or not touching:
        return None
    if hours > 12 or minutes > 59:
        return None
    j = i + 4 if tokens.glued(i + 3) and UNITS.get(tokens.word(i + 3)) == "minute" else i + 3
    return Length(seconds=hours * 3600 + minutes * 60), j
