"""Dates in digits: 2026-03-07, 3/7, 3/7/26, 2/2026, 7.3.2026."""

from __future__ import annotations

from scheduling.language.expressions.calendar import FIRST_YEAR, LAST_YEAR
from scheduling.language.expressions.parts import Fields
from scheduling.language.expressions.spelling import words
from scheduling.language.expressions.tokens import Match, Tokens

_OF_A_WHOLE = words("of cup cups tsp tbsp pint pints litre litres liter lb kg full off would")
"""What follows a fraction or a mark ("2/3 of the class", "10/10 would go again")."""


def numeric_date(tokens: Tokens, i: int, *, beside_weekday: bool) -> Match[Fields] | None:
    """ "2026-03-07", "3/7", "3/7/26", "7.3.2026", "7.3. at 9"; beside a weekday "7-6", "7.6"."""
    mark = tokens.word(i + 1)
    first, second = tokens.at(i).number, tokens.at(i + 2).number
    if first is None or second is None or mark not in ("/", "-", ".", "–"):
        return None
    spaced = mark == "/" and not tokens.glued(i + 1) and not tokens.glued(i + 2)
    if not (spaced or (tokens.glued(i + 1) and tokens.glued(i + 2))) or _inside(tokens, i):
        return None
    if tokens.word(i + 3) == ":" and tokens.glued(i + 3) and tokens.glued(i + 4):
        return None  # "2-2:30" are hours
    if mark == "." and second <= 12 and _dot_closes(tokens, i):
        found = _two(tokens, i, first, second, day_first=True)
        return (found[0], i + 4) if found else None
    if tokens.word(i + 3) in ("/", "-", ".") and tokens.glued(i + 4):
        third = tokens.at(i + 4).number
        if third is not None and tokens.word(i + 3) == mark and tokens.glued(i + 3):
            return _three(tokens, i, first, second, third)
        if tokens.at(i + 4).kind == "number" and mark != "/":
            return None
    if mark == "/" and tokens.word(i + 3) in _OF_A_WHOLE:
        return None
    if mark == "/" or (beside_weekday and not _hours(tokens, i)) or _dashed(tokens, i):
        return _two(tokens, i, first, second)
    return None


def _hours(tokens: Tokens, i: int) -> bool:
    """ "Saturday 12-3" and "Saturday 3-5" are hours, "Friday 7-6" is a date."""
    first, second = tokens.at(i).number or 0, tokens.at(i + 2).number or 0
    if tokens.word(i + 1) == ".":
        return len(tokens.word(i + 2)) == 2 and tokens.word(i)[0] != "0"
    return first < second <= 12 or (8 <= first <= 12 and second <= 8)


def _dashed(tokens: Tokens, i: int) -> bool:
    """ "on 4-22": a day that is no hour."""
    day = tokens.at(i + 2).number or 0
    return tokens.word(i + 1) == "-" and tokens.word(i - 1) == "on" and 12 < day <= 31


def _dot_closes(tokens: Tokens, i: int) -> bool:
    """ "17.3. 10:15", "on 17.3. at 10": the European way, never the end of a sentence."""
    if tokens.word(i + 3) != "." or not tokens.glued(i + 3) or tokens.glued(i + 4):
        return False
    after = tokens.at(i + 4)
    return after.kind == "number" or (after.text in ("at", "um", "@") and not after.capital)


def _inside(tokens: Tokens, i: int) -> bool:
    """True within a longer number ("80-32-89-89"), a version or a price."""
    before = tokens.word(i - 1)
    if before == "-" and tokens.word(i + 1) == "/" == tokens.word(i - 3):
        return False  # 10/1-10/7
    return tokens.glued(i) and (before in ("-", "/", ".", ":", "$", "€", "£", "#", "_"))


def _three(tokens: Tokens, i: int, a: int, b: int, c: int) -> Match[Fields] | None:
    first, last = len(tokens.word(i)), len(tokens.word(i + 4))
    mark = tokens.word(i + 1)
    longer = tokens.word(i + 5) == mark and tokens.glued(i + 5) and tokens.glued(i + 6)
    if longer and tokens.at(i + 6).kind == "number":
        return None
    if first == 4 and last <= 2:
        timed = tokens.word(i + 5) == "t" and tokens.at(i + 6).kind == "number"
        return _checked(a, b, c, i + 6 if timed else i + 5)
    if last not in (2, 4) or first > 2 or (last == 2 and mark != "/"):
        return None
    year = c if last == 4 else 2000 + c
    day_first = a > 12 or (mark == "." and b <= 12)
    month_number, day = (b, a) if day_first else (a, b)
    return _checked(year, month_number, day, i + 5)


def _checked(year: int, month_number: int, day: int, j: int) -> Match[Fields] | None:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month_number <= 12 and 1 <= day <= 31):
        return None
    return Fields(year, month_number, day), j


def _two(
    tokens: Tokens, i: int, a: int, b: int, *, day_first: bool = False
) -> Match[Fields] | None:
    if len(tokens.word(i + 2)) == 4 and 1 <= a <= 12 and FIRST_YEAR <= b <= LAST_YEAR:
        return Fields(year=b, month=a), i + 3
    if len(tokens.word(i)) > 2 or len(tokens.word(i + 2)) > 2 or (a, b) == (24, 7):
        return None
    if 1 <= a <= 12 and 1 <= b <= 31 and not day_first:
        return Fields(month=a, day=b), i + 3
    if 1 <= b <= 12 and 1 <= a <= 31:
        return Fields(month=b, day=a), i + 3
    return None
