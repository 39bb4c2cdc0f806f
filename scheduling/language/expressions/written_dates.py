"""Dates as written: 7 March, Mar 7th, Fri, Jul 18, the 15th, 3/7, 2026-03-07, 7.3.2026."""

from __future__ import annotations

from scheduling.language.expressions.calendar import FIRST_YEAR, LAST_YEAR
from scheduling.language.expressions.date_signs import ENDS, NOT_A_DAY, is_date
from scheduling.language.expressions.numbers import cardinal, ordinal
from scheduling.language.expressions.numeric_dates import numeric_date
from scheduling.language.expressions.parts import Fields
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import month, weekday

_BETWEEN = frozenset({",", "the", "of", "(", "on", "."})


_OF_PEOPLE = frozenset({"jan's", "april's", "may's", "june's", "august's"})


def written_date(tokens: Tokens, i: int) -> Match[Fields] | None:
    """The parts of one date that stand together, in any order."""
    found = _part(tokens, i)
    if found is None:
        return None
    fields, j = found
    while more := _part(tokens, tokens.skip(j, _BETWEEN), fields):
        joined = fields.joined(more[0])
        if joined is None or _list_of_days(fields, more[0]) or _apart(joined):
            break
        fields, j = joined, more[1]
    return (fields, _closed(tokens, i, j)) if is_date(tokens, i, j, fields) else None


def _list_of_days(fields: Fields, more: Fields) -> bool:
    """ "the 15th, Friday" is one day only where the weekday comes first or a month is said."""
    return more.weekday is not None and fields.month is None and fields.day is not None


def _apart(joined: Fields) -> bool:
    """ "June on Friday": a weekday and a month make no date without a day."""
    return joined.weekday is not None and joined.month is not None and joined.day is None


def _closed(tokens: Tokens, i: int, j: int) -> int:
    """Past the bracket of "May 22 (Tue)", and the dot of "Fri."."""
    opened = any(tokens.word(k) == "(" for k in range(i, j))
    return j + 1 if opened and tokens.word(j) == ")" else j


def _part(tokens: Tokens, i: int, so_far: Fields | None = None) -> Match[Fields] | None:
    return (
        _weekday(tokens, i)
        or numeric_date(tokens, i, beside_weekday=so_far is not None and so_far.weekday is not None)
        or _month_first(tokens, i)
        or _day_first(tokens, i)
        or (_year(tokens, i) if so_far is not None and so_far.month else None)
        or _lone_day(tokens, i, so_far)
    )


def _weekday(tokens: Tokens, i: int) -> Match[Fields] | None:
    token = tokens.at(i)
    found = weekday(token.text) if token.kind == "word" else None
    if found is None:
        return None
    dotted = tokens.says(i + 1, ".") and tokens.glued(i + 1) and len(token.text) < 6
    return Fields(weekday=found), i + 2 if dotted and tokens.at(i + 2).text else i + 1


def _month_first(tokens: Tokens, i: int) -> Match[Fields] | None:
    """ "March 7", "Mar. 7th", "March the seventh", "May/22", "Dec, 2018", "March"."""
    name = tokens.at(i)
    found = month(name.text) if name.kind == "word" else None
    if found is None or name.text in _OF_PEOPLE:
        return None
    j = i + 2 if tokens.says(i + 1, ".") and tokens.glued(i + 1) and len(name.text) < 5 else i + 1
    k = j + 1 if tokens.word(j) in ("the", "/", "-") or _comma_day(tokens, j) else j
    day = ordinal(tokens, k) or cardinal(tokens, k)
    if day and 1 <= day[0] <= 31 and not _begins_clock(tokens, day[1]):
        return Fields(month=found, day=day[0]), day[1]
    year = _year(tokens, tokens.skip(j, _BETWEEN))
    if year and year[0].year and tokens.at(year[1] - 1).kind == "number":
        return Fields(month=found, year=year[0].year), year[1]
    return Fields(month=found), i + 1 if day else j


def _comma_day(tokens: Tokens, j: int) -> bool:
    """ "April, 22": a day where nothing is counted."""
    return (
        tokens.word(j) == ","
        and tokens.at(j + 1).number is not None
        and (tokens.word(j + 2) in ENDS - {"to", "-", "–"})
    )


def _begins_clock(tokens: Tokens, j: int) -> bool:
    """ "March 7:30" and "March 7pm" name an hour, not a day."""
    after = tokens.word(j)
    if after == ":" and tokens.glued(j) and tokens.glued(j + 1):
        return True
    return after in ("am", "pm", "a", "p") and tokens.glued(j)


def _day_first(tokens: Tokens, i: int) -> Match[Fields] | None:
    """ "7 March", "7th of March", "the second of March", "twenty third day of September"."""
    j = i + 1 if tokens.word(i) == "the" else i
    day = ordinal(tokens, j) or cardinal(tokens, j)
    if day is None or not 1 <= day[0] <= 39:  # "32 August" is told that it does not exist
        return None
    k = day[1] + 1 if tokens.word(day[1]) == "day" else day[1]
    k = k + 1 if tokens.word(k) in ("of", "-", "/", ".") else k
    token = tokens.at(k)
    found = month(token.text) if token.kind == "word" else None
    if found is None or (token.text == "mar" and tokens.word(k + 1) == "'"):
        return None
    dotted = tokens.says(k + 1, ".") and tokens.at(k + 2).kind == "number"
    return Fields(month=found, day=day[0]), k + 2 if dotted else k + 1


def _year(tokens: Tokens, i: int) -> Match[Fields] | None:
    """ "2027", ", 2027", "of 2027", "in 2027"."""
    j = i + 1 if tokens.word(i) in ("in", "of", ",", "-", "/") else i
    short = tokens.at(j + 1).number
    if tokens.word(j) == "'" and short is not None and len(tokens.word(j + 1)) == 2:
        return Fields(year=2000 + short), j + 2
    value = tokens.at(j).number
    if value is None or not FIRST_YEAR <= value <= LAST_YEAR or len(tokens.word(j)) != 4:
        return None
    if tokens.word(j + 1) in (":", "am", "pm", "h", "hrs") and tokens.glued(j + 1):
        return None
    return Fields(year=value), j + 1


def _lone_day(tokens: Tokens, i: int, so_far: Fields | None) -> Match[Fields] | None:
    """ "the 15th", "15th"; after a weekday also "Monday 21" and "Friday the second"."""
    j = i + 1 if tokens.word(i) == "the" else i
    place = ordinal(tokens, j)
    if place and 1 <= place[0] <= 31:
        beside = so_far is not None and tokens.word(place[1]) in NOT_A_DAY
        return None if beside else (Fields(day=place[0]), place[1])
    value = tokens.at(j).number
    if value is None or not 1 <= value <= 31 or len(tokens.word(j)) > 2:
        return None
    if tokens.word(j + 1) in (":", "/", "h", "am", "pm", "%", "p", "a") and tokens.glued(j + 1):
        return None
    if tokens.word(j + 1) == "." and tokens.glued(j + 2) and tokens.at(j + 2).kind == "number":
        return None
    the = j > i or tokens.word(i - 1) in ("the", "on")
    after_weekday = so_far is not None and so_far.weekday is not None and so_far.day is None
    if the and tokens.word(j + 1) in ENDS:
        return Fields(day=value), j + 1
    if after_weekday and value > 12 and tokens.word(j + 1) in ENDS | {"at", "@"}:
        return Fields(day=value), j + 1
    return None
