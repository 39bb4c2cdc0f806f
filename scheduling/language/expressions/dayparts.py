"""Parts of the day: this morning, in the afternoon, Friday night, tonight."""

from __future__ import annotations

from datetime import date, timedelta

from scheduling.language.expressions.parts import Daypart, Stretch
from scheduling.language.expressions.spelling import words
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import (
    DAYPART_WORDS,
    DAYPARTS,
    TODAY,
    TOMORROW,
    TONIGHT,
    weekday,
)

_BEFORE = words("the that early late mid by one all next same")
_FILLERS = frozenset({"early", "late", "mid", "-"})


def daypart(tokens: Tokens, i: int, today: date) -> Match[Daypart | Stretch] | None:
    """A part of the day, where it is one: not in "good morning" and "date night"."""
    word = tokens.word(i)
    if word in TONIGHT or (word == "2" and tokens.word(i + 1) in ("nite", "night")):
        return named("night", today=True), i + (2 if word == "2" else 1)
    if word == "last" and tokens.word(i + 1) in ("night", "evening"):
        yesterday = today - timedelta(days=1)
        return Stretch(yesterday, today, "day", past=True), i + 2
    j = tokens.skip(i + 1, _FILLERS) if word == "this" else i
    name = DAYPART_WORDS.get(tokens.word(j))
    if name is None:
        return _meal(tokens, i)
    if word == "this":
        return named(name, today=True), _ish(tokens, j + 1)
    if not _is_daypart(tokens, i):
        return None
    return named(name), _ish(tokens, j + 1)


def named(name: str, *, today: bool = False) -> Daypart:
    """The part of the day of that name."""
    start, end = DAYPARTS[name]
    return Daypart(name, start, end, today)


def _is_daypart(tokens: Tokens, i: int) -> bool:
    before, two_before = tokens.word(i - 1), tokens.word(i - 2)
    if tokens.word(i + 1) == "of":
        return True
    if tokens.word(i) == "eve":
        return tokens.at(i - 1).kind == "word" and weekday(before) is not None
    if before in ("in", "at") or (
        before in _BEFORE and tokens.word(i + 1) not in ("before", "out")
    ):
        return before != "the" or two_before in (
            "in",
            "by",
            "during",
            "for",
            "over",
            "all",
            "till",
            "until",
        )
    return (
        before in TODAY | TOMORROW
        or before.removesuffix("'s") in TOMORROW
        or (tokens.at(i - 1).kind == "word" and weekday(before) is not None)
        or tokens.word(i + 1) in ("of",)
        or tokens.at(i - 1).kind == "number"
        or before in ("th", "st", "nd", "rd", "early", "late", ",", "weekend", "day", "eve")
        or (i == 0 and tokens.word(i + 1) == "")
    )


def _ish(tokens: Tokens, j: int) -> int:
    if tokens.word(j) == "ish" or tokens.says(j, "-", "ish"):
        return j + (1 if tokens.word(j) == "ish" else 2)
    if tokens.says(j, "-", "time") or tokens.word(j) == "time":
        return j + (2 if tokens.word(j) == "-" else 1)
    return j


def _meal(tokens: Tokens, i: int) -> Match[Daypart] | None:
    """ "at lunch", "after lunch" stay what they are; "lunch time" is a part of the day."""
    word = tokens.word(i)
    if word in ("lunch", "dinner", "breakfast") and tokens.word(i + 1) == "time":
        name = "breakfast time" if word == "breakfast" else f"{word}time"
        return named(name), i + 2
    if word == "lunch" and tokens.word(i - 1) == "at":
        return named("lunchtime"), i + 1
    return None
