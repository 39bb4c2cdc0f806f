"""Times of day: 3pm, 15:30, 19h, half past 3, quarter to nine, noon, 1530, five-thirty."""

from __future__ import annotations

from dataclasses import replace

from scheduling.language.expressions.clock_parts import (
    bare_hour,
    compact_hour,
    half_of_day,
    named_hour,
    with_half,
)
from scheduling.language.expressions.numbers import cardinal
from scheduling.language.expressions.parts import Clock, Nowhere
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import ABOUT

_PAST = frozenset({"past", "after"})
_TO = frozenset({"to", "till", "til", "before", "of"})
_FRACTIONS = {"quarter": 15, "half": 30}
_MINUTE_WORDS = frozenset({"minutes", "minute", "mins", "min"})


_THAN = frozenset({"than", "under", "over"})
_SCARCELY = frozenset({"less", "under", "just", "than", "over", "more", "little"})
""" "in less than an hour", "in just over two hours"."""


def clock(tokens: Tokens, i: int) -> Match[Clock | Nowhere] | None:
    """A time of day that shows itself to be one, without help from its neighbours."""
    for read in (named_hour, _relative, _digits, _spaced, compact_hour, _spoken):
        found = read(tokens, i)
        if found:
            return _approximate(tokens, found)
    return None


def _approximate(tokens: Tokens, found: Match[Clock | Nowhere]) -> Match[Clock | Nowhere]:
    value, j = found
    if isinstance(value, Nowhere):
        return found
    if tokens.word(j) in ("ish", "sharp", "hrs", "hours") or (
        tokens.word(j) == "h" and tokens.glued(j)
    ):
        return value, j + 1
    if tokens.says(j, "-", "ish"):
        return value, j + 2
    return found


def _relative(tokens: Tokens, i: int) -> Match[Clock] | None:
    """ "half past 3", "a quarter to nine", "10 past 9"."""
    if tokens.word(i) == "half" and (hour := bare_hour(tokens, i + 1)):
        return _half_three(tokens, i, *hour)
    minutes, j = _minutes(tokens, i + 1 if tokens.word(i) in ("a", "the") else i)
    if tokens.word(j) == "of" and tokens.at(j - 1).kind == "number":
        return None  # "10 of 12"
    sign = 1 if tokens.word(j) in _PAST else -1 if tokens.word(j) in _TO else 0
    if minutes is None or not sign:
        return None
    base = _full_hour(tokens, j + 1)
    if base is None:
        return None
    if sign < 0 and tokens.word(j) != "of" and _is_range(tokens, i):
        return None
    return _shifted(base[0], sign * minutes), base[1]


def _half_three(tokens: Tokens, i: int, hour: Clock, j: int) -> Match[Clock] | None:
    """British "half three" is 3:30; a naked number, unless "at" or the like stands before."""
    if not 1 <= hour.hour <= 12 or hour.minute:
        return None
    half = half_of_day(tokens, j)
    if half:
        found = with_half(tokens, j, hour.hour, 30, sure=True)
        return (found[0], found[1]) if found and isinstance(found[0], Clock) else None
    bare = tokens.word(i - 1) not in ("at", "by", "until", "till", "from", "@")
    return replace(_shifted(hour, 30), bare=bare), j


def _full_hour(tokens: Tokens, i: int) -> Match[Clock] | None:
    """The hour that minutes are counted from ("3", "noon", "3pm", "two o'clock")."""
    found = named_hour(tokens, i) or compact_hour(tokens, i) or bare_hour(tokens, i)
    if found is None or not isinstance(found[0], Clock) or found[0].minute:
        return None
    return found[0], found[1]


def _is_range(tokens: Tokens, i: int) -> bool:
    """ "5 to 6" is a range; "5 minutes to 6", "quarter to 6" and "ten to six" are not."""
    i = i + 1 if tokens.word(i) in ("a", "the") else i
    if tokens.word(i) in _FRACTIONS:
        return False
    if tokens.word(i + 1) in _MINUTE_WORDS:
        return False
    value = cardinal(tokens, i)
    spoken = tokens.word(i) in ("five", "ten") and tokens.word(i - 1) in ("at", "by", "until", "")
    return value is None or (value[0] <= 12 and not spoken)


def _minutes(tokens: Tokens, i: int) -> tuple[int | None, int]:
    if tokens.word(i) in _FRACTIONS:
        return _FRACTIONS[tokens.word(i)], i + 1
    number = cardinal(tokens, i)
    if number is None or not 0 < number[0] < 60:
        return None, i
    j = number[1] + 1 if tokens.word(number[1]) in _MINUTE_WORDS else number[1]
    return number[0], j


def _shifted(base: Clock, minutes: int) -> Clock:
    total = (base.hour * 60 + minutes) % (24 * 60)
    hour, minute = divmod(total, 60)
    half = base.half
    if not base.sure and half is None and hour == 0:
        hour = 12
    return Clock(hour, minute, half, base.sure)


def _digits(tokens: Tokens, i: int) -> Match[Clock | Nowhere] | None:
    """ "3:30pm", "15:30", "8.30pm", "at 8.30", "13h15", "21:40:00"."""
    hour, minute = tokens.at(i).number, tokens.at(i + 2).number
    mark = tokens.word(i + 1)
    if hour is None or minute is None or len(tokens.word(i)) > 2:
        return None
    if mark == "h" and tokens.word(i - 1) == "for":
        return None
    if len(tokens.word(i + 2)) != 2 or not (tokens.glued(i + 1) and tokens.glued(i + 2)):
        return None
    j = i + 3
    half = half_of_day(tokens, j)
    dotted = mark == "." and not half and tokens.word(i - 1) not in ("at", "@")
    if mark not in (":", ".", "h") or (tokens.word(j) in (".", "/") and tokens.at(j + 1).number):
        return None
    if tokens.word(j) == ":" and tokens.at(j + 1).number is not None:
        j += 2
    if tokens.word(j) == "z" and tokens.glued(j):
        j += 1
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        if dotted:
            return None
        return Nowhere(f"{hour}:{tokens.word(i + 2)}"), j
    if dotted:  # "tomorrow 8.30" is an hour only beside its day
        return (Clock(hour, minute, sure=hour > 12, bare=True), j) if hour < 24 else None
    return with_half(tokens, j, hour, minute, sure=mark == "h" or tokens.word(i)[0] == "0")


def _spaced(tokens: Tokens, i: int) -> Match[Clock | Nowhere] | None:
    """ "7 30 pm", "at 7 30": the mark between was left out."""
    hour, minute = tokens.at(i).number, tokens.at(i + 1).number
    if hour is None or minute is None or not 1 <= hour <= 12 or minute > 59:
        return None
    if len(tokens.word(i + 1)) != 2 or tokens.glued(i + 1):
        return None
    if tokens.word(i - 1) not in ("at", "@") and not half_of_day(tokens, i + 2):
        return None
    return with_half(tokens, i + 2, hour, minute, sure=False)


def _spoken(tokens: Tokens, i: int) -> Match[Clock | Nowhere] | None:
    """ "five-thirty", "seven forty five pm": an hour and minutes in words."""
    if tokens.at(i).kind != "word":
        return None
    hour = cardinal(tokens, i)
    if hour is None or not 1 <= hour[0] <= 12 or hour[1] != i + 1:
        return None
    j = i + 2 if tokens.says(i + 1, "-") else i + 1
    minute = cardinal(tokens, j) if tokens.at(j).kind == "word" else None
    if minute is None or not 10 <= minute[0] <= 59:
        return None
    return with_half(tokens, minute[1], hour[0], minute[0], sure=False)


def about(tokens: Tokens, i: int) -> int:
    """The index after words such as "around"."""
    i = tokens.skip(i, ABOUT)
    scarcely = tokens.word(i + 1) in _THAN or tokens.word(i) == "under"
    return tokens.skip(i, _SCARCELY) if scarcely else i
