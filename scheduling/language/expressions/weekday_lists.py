"""Several weekdays in a row: Tuesday and Thursday, Mon/Wed/Fri, mondays to wednesdays."""

from __future__ import annotations

from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import (
    weekday,
    weekdays_plural,
)

_LETTERS = {"m": 0, "t": 1, "tu": 1, "w": 2, "th": 3, "r": 3, "f": 4, "sa": 5, "su": 6}
_PACKED = {"mwf": (0, 2, 4), "tth": (1, 3), "mtwthf": (0, 1, 2, 3, 4), "mtwrf": (0, 1, 2, 3, 4)}
INITIALS = _LETTERS.keys() | _PACKED.keys()
"""What a run of capital letters for weekdays may begin with."""
AND = frozenset({"and", ",", "&", "/", "+", "n"})


def weekday_list(tokens: Tokens, j: int) -> Match[tuple[int, ...]] | None:
    """ "Tuesday", "Tue and Thu", "Mon, Wed & Fri", "mondays/thursdays"."""
    first = day_name(tokens, j)
    if first is None:
        return _initials(tokens, j)
    days, j = [first], j + 1
    while len(days) < 7 and (more := day_name(tokens, k := tokens.skip(j, AND))) is not None:
        days, j = [*days, more], k + 1
    last = day_name(tokens, j + 1) if tokens.word(j) in ("-", "to", "–", "through") else None
    if last is not None:
        span = (last - days[-1]) % 7
        days, j = [*days, *((days[-1] + n) % 7 for n in range(1, span + 1))], j + 2
    return tuple(dict.fromkeys(days)), j


def _initials(tokens: Tokens, j: int) -> Match[tuple[int, ...]] | None:
    """ "M/W/F", "M-F", "MWF", "T/Th": capital letters, as timetables have them."""
    if not tokens.at(j).capital:
        return _small_initials(tokens, j)
    if tokens.word(j) in _PACKED:
        return _PACKED[tokens.word(j)], j + 1
    days: list[int] = []
    while tokens.word(j) in _LETTERS and tokens.at(j).capital:
        days.append(_LETTERS[tokens.word(j)])
        j += 1
        if tokens.word(j) == "-" and tokens.word(j + 1) == "f" and len(days) == 1:
            return tuple(range(days[0], 5)), j + 2
        if tokens.word(j) != "/" or not tokens.glued(j + 1):
            break
        j += 1
    return (tuple(days), j) if len(days) > 1 else None


def _small_initials(tokens: Tokens, j: int) -> Match[tuple[int, ...]] | None:
    """ "m/w 5pm", "t/th at 4": small letters only before an hour."""
    days: list[int] = []
    while tokens.word(j) in _LETTERS and tokens.word(j + 1) == "/" and tokens.glued(j + 2):
        days.append(_LETTERS[tokens.word(j)])
        j += 2
    last = _LETTERS.get(tokens.word(j))
    timed = tokens.at(j + 1).kind == "number" or tokens.word(j + 1) in ("at", "@", "from")
    if not days or last is None or not timed or tokens.glued(j + 1):
        return None
    return (*days, last), j + 1


def day_name(tokens: Tokens, j: int) -> int | None:
    """The weekday of a name, "monday" or "mondays"."""
    if tokens.at(j).kind != "word":
        return None
    found = weekday(tokens.word(j))
    return weekdays_plural(tokens.word(j)) if found is None else found
