"""Parts of the day: this morning, in the afternoon, Friday night, tonight, after school."""

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

_AROUND_DAY = {
    ("after", "school"): "after school", ("after", "lunch"): "after lunch",
    ("after", "work"): "after work", ("after", "dinner"): "after dinner",
    ("before", "school"): "before school", ("before", "work"): "before school",
    ("first", "thing"): "before school",
}  # fmt: skip
_BEFORE = words("that early late mid by one all next same in at")
_BEFORE_THE = words("in by during for over all till until")
_AFTER_DAY = words("th st nd rd , weekend day")
_FILLERS = frozenset({"early", "late", "mid", "-"})


def daypart(tokens: Tokens, i: int, today: date) -> Match[Daypart | Stretch] | None:
    """A part of the day, where it is one: not in "good morning" and "date night"."""
    word = tokens.word(i)
    if word in TONIGHT:
        return named("night", today=True), i + 1
    if word == "2" and tokens.word(i + 1) in ("nite", "night") and tokens.glued(i + 1):
        return named("night", today=True), i + 2
    if word == "last" and tokens.word(i + 1) in ("night", "evening"):
        yesterday = today - timedelta(days=1)
        return Stretch(yesterday, today, "day", past=True), i + 2
    if word == "this":
        return _this(tokens, i)
    name = DAYPART_WORDS.get(word)
    if name is None:
        return _meal(tokens, i) or _around_day(tokens, i)
    return (named(name), _ish(tokens, i + 1)) if _is_daypart(tokens, i) else None


def named(name: str, *, today: bool = False) -> Daypart:
    """The part of the day of that name."""
    start, end = DAYPARTS[name]
    return Daypart(name, start, end, today)


def _this(tokens: Tokens, i: int) -> Match[Daypart] | None:
    j = tokens.skip(i + 1, _FILLERS)
    name = DAYPART_WORDS.get(tokens.word(j))
    return None if name is None else (named(name, today=True), _ish(tokens, j + 1))


def _is_daypart(tokens: Tokens, i: int) -> bool:
    before, after = tokens.word(i - 1), tokens.word(i + 1)
    if after == "of":
        return True
    if tokens.word(i) == "eve":
        named = tokens.word(i - 1) in TODAY | TOMORROW
        return named or _is_weekday(tokens, i - 1)
    if before == "the":
        return tokens.word(i - 2) in _BEFORE_THE
    if before in _BEFORE:
        return after not in ("before", "out")
    alone = i == 0 and not after
    return alone or before in _AFTER_DAY or _is_day(tokens, i - 1)


def _is_day(tokens: Tokens, i: int) -> bool:
    word = tokens.word(i).removesuffix("'s")
    if word == "week" and tokens.word(i - 1) in ("next", "this"):
        return True
    return word in TODAY | TOMORROW or tokens.at(i).kind == "number" or _is_weekday(tokens, i)


def _is_weekday(tokens: Tokens, i: int) -> bool:
    return tokens.at(i).kind == "word" and weekday(tokens.word(i)) is not None


def _ish(tokens: Tokens, j: int) -> int:
    """Past the rest of "afternoon-ish" and "night-time"."""
    k = j + 1 if tokens.word(j) == "-" else j
    return k + 1 if tokens.word(k) in ("ish", "time") else j


def _meal(tokens: Tokens, i: int) -> Match[Daypart] | None:
    """ "lunch time", "at lunch"; a lunch alone is an event."""
    word = tokens.word(i)
    if word in ("lunch", "dinner", "breakfast") and tokens.word(i + 1) == "time":
        return named(f"{word}time"), i + 2
    if word == "lunch" and tokens.word(i - 1) == "at":
        return named("lunchtime"), i + 1
    return None


def _around_day(tokens: Tokens, i: int) -> Match[Daypart] | None:
    """ "Friday after school", "after work on Thursday": only beside a day."""
    name = _AROUND_DAY.get((tokens.word(i), tokens.word(i + 1)))
    if name is None:
        return None
    j = i + 2
    if name == "before school" and tokens.says(j, "in", "the", "morning"):
        j += 3
    after = j + 1 if tokens.word(j) in ("on", "this", "next", ",") else j
    return (named(name), j) if _is_day(tokens, i - 1) or _is_day(tokens, after) else None
