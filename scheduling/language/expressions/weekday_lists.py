"""Several weekdays in a row: Tuesday and Thursday, Mon/Wed/Fri, mondays to wednesdays."""

from __future__ import annotations

from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import (
    weekday,
    weekdays_plural,
)

AND = frozenset({"and", ",", "&", "/", "+", "n"})


def weekday_list(tokens: Tokens, j: int) -> Match[tuple[int, ...]] | None:
    """ "Tuesday", "Tue and Thu", "Mon, Wed & Fri", "mondays/thursdays"."""
    first = day_name(tokens, j)
    if first is None:
        return None
    days, j = [first], j + 1
    while len(days) < 7 and (more := day_name(tokens, k := tokens.skip(j, AND))) is not None:
        days, j = [*days, more], k + 1
    last = day_name(tokens, j + 1) if tokens.word(j) in ("-", "to", "–", "through") else None
    if last is not None:
        span = (last - days[-1]) % 7
        days, j = [*days, *((days[-1] + n) % 7 for n in range(1, span + 1))], j + 2
    return tuple(dict.fromkeys(days)), j


def day_name(tokens: Tokens, j: int) -> int | None:
    if tokens.at(j).kind != "word":
        return None
    found = weekday(tokens.word(j))
    return weekdays_plural(tokens.word(j)) if found is None else found
