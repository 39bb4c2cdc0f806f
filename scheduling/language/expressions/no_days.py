"""Days that are none, told as such: 13/13, the year 9999, "blursday"."""

from __future__ import annotations

from scheduling.language.expressions.calendar import LAST_YEAR
from scheduling.language.expressions.clock_times import clock
from scheduling.language.expressions.parts import Nowhere
from scheduling.language.expressions.spelling import words
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import is_day_word

_BEFORE_DAY = frozenset({"on", "next", "this"})
_LOOKS = ("sday", "nday", "rday", "uday")
_REAL_WORDS = words(
    "someday doomsday sportsday yesterday noonday everyday birthday boxingday groundhogday "
    "newyearsday valentinesday christmasday workday"
)


def no_day(tokens: Tokens, i: int) -> Match[Nowhere] | None:
    """What stands in a day's place, beside an hour or after "on", and is no day."""
    return _figures(tokens, i) or _far_year(tokens, i) or _strange(tokens, i)


def _figures(tokens: Tokens, i: int) -> Match[Nowhere] | None:
    """ "13/13 3pm", "3/7/9999"; "18/20" alone is a score."""
    first, second, third = (tokens.at(k).number for k in (i, i + 2, i + 4))
    if first is None or second is None or tokens.word(i + 1) != "/" or not tokens.glued(i + 2):
        return None
    if tokens.word(i + 3) == "/" and tokens.glued(i + 4) and (third or 0) > LAST_YEAR:
        return Nowhere(f"year {third}"), i + 5
    wrong = 12 < first <= 99 and 12 < second <= 99
    return (Nowhere(f"{first}/{second}"), i + 3) if wrong and _placed(tokens, i, i + 3) else None


def _far_year(tokens: Tokens, i: int) -> Match[Nowhere] | None:
    year = tokens.at(i + 1).number if tokens.word(i) == "year" else None
    return (Nowhere(f"year {year}"), i + 2) if (year or 0) > LAST_YEAR else None


def _strange(tokens: Tokens, i: int) -> Match[Nowhere] | None:
    """ "lunch blursday 4pm" may be any day."""
    word = tokens.word(i)
    looks = tokens.at(i).kind == "word" and word.endswith(_LOOKS) and word not in _REAL_WORDS
    if not looks or is_day_word(word) or not _placed(tokens, i, i + 1):
        return None
    return Nowhere(f"“{word}”"), i + 1


def _placed(tokens: Tokens, i: int, j: int) -> bool:
    at = j + 1 if tokens.word(j) in ("at", "from", "@", ",") else j
    said = tokens.word(j) in ("at", "@")
    return tokens.word(i - 1) in _BEFORE_DAY or clock(tokens, at) is not None or said
