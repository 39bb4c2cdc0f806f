"""Days that have a name: today, tomorrow, the day after, Christmas, Labor Day weekend."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.easter import easter

from scheduling.language.expressions import calendar
from scheduling.language.expressions.edges import edge_of
from scheduling.language.expressions.holidays import coming, holiday
from scheduling.language.expressions.parts import Days, Fields, Stretch, Which
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import (
    TODAY,
    TOMORROW,
    YESTERDAY,
)

_LOOKS = frozenset({"look", "looks", "looking", "shaping"})
""" "what does our week look like" asks about this one."""
_SCHOOL_BREAKS = frozenset({"holidays", "hols", "break", "vacation", "vacations"})
WEEKEND = frozenset({"weekend", "wkend", "wknd", "weekends", "week-end", "wkd"})


def named_day(tokens: Tokens, i: int, today: date) -> Match[Fields | Days] | None:
    word = tokens.word(i)
    j = i + 1 if word in ("the", "teh") else i
    if tokens.says(j, "day", "after", "next"):
        return None
    if tokens.says(j, "day", "after") or tokens.says(j, "day", "aft"):
        if tokens.word(j + 2) in TOMORROW:
            return Stretch.day(today + timedelta(days=2)), j + 3
        if tokens.word(j + 2) in ("", "?", ".", "!", ",", "at") and j > i:
            return Stretch.day(today + timedelta(days=1)), j + 2
    if tokens.says(j, "day", "before") and tokens.word(j + 2) in YESTERDAY:
        return Stretch.day(today - timedelta(days=2), past=True), j + 3
    return _around_now(tokens, i, today) or _one_word(tokens, i, today)


def _around_now(tokens: Tokens, i: int, today: date) -> Match[Fields | Days] | None:
    """ "the weekend", "all week", "this day": the one that is, or comes next."""
    before, word, after = tokens.word(i), tokens.word(i + 1), tokens.word(i + 2)
    if tokens.says(i, "this", "day"):
        return Stretch.day(today), i + 2
    if before == "the" and word in WEEKEND and after not in ("of", "after", "before"):
        return calendar.weekend_of(today), i + 2
    of = {"week": calendar.week_of, "weekend": calendar.weekend_of, "month": calendar.month_of}
    j = i + 1 if before == "the" else i
    if tokens.word(j) in of and tokens.says(j + 1, "after", "next"):
        return of[tokens.word(j)](today, 2), j + 3
    if tokens.word(j) in of and tokens.says(j + 1, "before", "last"):
        return of[tokens.word(j)](today, -2), j + 3
    whole = before in ("all", "whole", "entire") and word in of
    return (of[word](today), i + 2) if whole else None


def _one_word(tokens: Tokens, i: int, today: date) -> Match[Fields | Days] | None:
    word = tokens.word(i).removesuffix("'s")
    if word in TODAY:
        return Stretch.day(today), i + 1
    if word in TOMORROW and (word != "tom" or not tokens.at(i).capital):
        return Stretch.day(today + timedelta(days=1)), i + 1
    if word in YESTERDAY:
        return Stretch.day(today - timedelta(days=1), past=True), i + 1
    if word == "2" and tokens.glued(i + 1) and tokens.word(i + 1) in ("moro", "morrow", "mrw"):
        return Stretch.day(today + timedelta(days=1)), i + 2
    if word in calendar.SEASONS and _is_season(tokens, i):
        return calendar.season_of(word, today), i + 1
    if word == "week" and tokens.word(i + 1) in _LOOKS:
        return calendar.week_of(today), i + 1
    if word == "eom":
        return edge_of(calendar.month_of(today), "end", today), i + 1
    if word == "eow":
        return edge_of(calendar.week_of(today), "end", today), i + 1
    if word == "eoy":
        return edge_of(calendar.year_of(today), "end", today), i + 1
    return None


def _is_season(tokens: Tokens, i: int) -> bool:
    """ "until summer", "in the summer"; not "summer camp" and "in spring water"."""
    before = tokens.word(i - 2 if tokens.word(i - 1) == "the" else i - 1)
    after = tokens.at(i + 1)
    ends = after.kind != "word" or after.text in ("and", "or", "then", "at", "on", "for")
    return before in ("until", "till", "til", "by", "in", "during", "before", "since") and ends


def holiday_date(tokens: Tokens, i: int, today: date) -> Match[Fields | Days] | None:
    """ "Christmas", "easter 2018", "labor day weekend", "4th of July"."""
    found = holiday(tokens, i)
    if found is None:
        return None
    of_year, j = found
    if tokens.word(j) in _SCHOOL_BREAKS:  # only the school knows when those are
        return None
    k = j + 1 if tokens.word(j) in ("of", "in", ",") else j
    year = tokens.at(k).number
    if year is not None and calendar.FIRST_YEAR <= year <= calendar.LAST_YEAR:
        day, j = of_year(year), k + 1
    else:
        day = coming(of_year, today)
    if tokens.word(j) in WEEKEND:
        return _long_weekend(day), j + 1
    if tokens.word(j) == "week":
        return calendar.week_of(day), j + 1
    if tokens.word(i - 1) == "over":
        return _around(day), j
    return Stretch(day, day + timedelta(days=1), past=day < today, holiday=True), j


def _around(day: date) -> Stretch:
    """ "Over Easter" is Good Friday to Monday, "over Christmas" the eve to Boxing Day."""
    if day == easter(day.year):
        return Stretch(day - timedelta(days=2), day + timedelta(days=2), "days")
    if (day.month, day.day) == (12, 25):
        return Stretch(day - timedelta(days=1), day + timedelta(days=2), "days")
    thursday = day.weekday() == 3  # Thanksgiving
    return Stretch(day, day + timedelta(days=4), "days") if thursday else _long_weekend(day)


def holiday_which(tokens: Tokens, j: int, today: date, which: Which) -> Match[Fields | Days] | None:
    found = holiday(tokens, j)
    if found is None:
        return None
    of_year, k = found
    day = coming(of_year, today)
    if which == "last":
        day = of_year(today.year) if of_year(today.year) < today else of_year(today.year - 1)
    if tokens.word(k) in WEEKEND:
        return _long_weekend(day), k + 1
    return Stretch(day, day + timedelta(days=1), past=which == "last", holiday=True), k


def _long_weekend(day: date) -> Stretch:
    """Saturday and Sunday, with the holiday where it is the Friday or Monday beside them."""
    saturday = calendar.monday_of(day + timedelta(days=3)) - timedelta(days=2)
    first, until = saturday, saturday + timedelta(days=2)
    return Stretch(min(first, day), max(until, day + timedelta(days=1)), "days")
