"""Pieces of a time of day: an hour with or without am and pm, noon, a packed 1530."""

from __future__ import annotations

from dataclasses import replace

from scheduling.language.expressions.numbers import cardinal
from scheduling.language.expressions.parts import Clock, Half, Nowhere
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import TODAY, TOMORROW

_NOON = frozenset({"noon", "midday", "noonish", "noontime", "12noon"})
_MIDNIGHT = frozenset({"midnight", "midnite"})
_HALVES: dict[str, Half] = {
    "am": "am", "pm": "pm", "a": "am", "p": "pm", "amish": "am", "pmish": "pm", "ampm": "pm",
}  # fmt: skip
_RANGE_MARKS = frozenset({"at", "@", "from", "to", "till", "until", "-", "–"})
_BEFORE_YEAR = frozenset({"in", "by", "until", "since", "before", "after", "for"})
_OCLOCK = frozenset({"o'clock", "oclock", "o'clcok", "uhr"})


def bare_hour(tokens: Tokens, i: int) -> Match[Clock] | None:
    """A naked number that could be an hour ("at 5", "5 to 6:30", "1530")."""
    number = cardinal(tokens, i)
    if number is None:
        return None
    value, j = number
    if len(tokens.word(i)) in (3, 4) and tokens.at(i).kind == "number":
        round_or_said = value % 5 == 0 or tokens.word(i - 1) in _RANGE_MARKS
        plain = round_or_said or tokens.word(i).startswith("0")
        return _packed(tokens, i, value) if plain else None  # "the heat index is 102"
    if not 0 <= value <= 24 or tokens.word(i) == "00":
        return None
    found = Clock(value % 24, sure=value > 12 or value == 0, bare=True), j
    return found if value else None


def _packed(tokens: Tokens, i: int, value: int) -> Match[Clock] | None:
    """ "1530", "730", "150ish"."""
    hour, minute = divmod(value, 100)
    if hour > 23 or minute > 59 or (hour == 20 and tokens.word(i - 1) in _BEFORE_YEAR):
        return None
    sure = hour > 12 or tokens.word(i).startswith("0")
    return Clock(hour, minute, sure=sure, bare=True), i + 1


def half_of_day(tokens: Tokens, i: int) -> Match[Half] | None:
    """ "am", "p.m.", "p . m .", "p"."""
    word = tokens.word(i)
    if tokens.says(i, "in", "the") and tokens.word(i + 2) in ("am", "pm"):
        return _HALVES[tokens.word(i + 2)], i + 3
    half = _HALVES.get(word)
    if half is None:
        return None
    if len(word) > 1:
        return half, i + 1
    if tokens.says(i + 1, ".", "m"):
        return half, i + 4 if tokens.word(i + 3) == "." else i + 3
    if tokens.says(i + 1, "m") and not tokens.glued(i):
        return half, i + 2
    alone = tokens.glued(i) and tokens.at(i - 1).kind == "number"
    return (half, i + 1) if alone else None


def named_hour(tokens: Tokens, i: int) -> Match[Clock] | None:
    j = i + 1 if tokens.at(i).number == 12 else i
    if tokens.word(j) in _NOON:
        return Clock(12, sure=True), j + 1
    if tokens.word(j) in _MIDNIGHT:
        return Clock(0, sure=True), j + 1
    if tokens.says(j, "end", "of", "day") or tokens.says(j, "end", "of", "the", "day"):
        return Clock(23, 59, sure=True), j + (4 if tokens.word(j + 2) == "the" else 3)
    if tokens.says(j, "end", "of") and tokens.word(j + 2) in TODAY | TOMORROW:
        return Clock(23, 59, sure=True), j + 2
    return (Clock(23, 59, sure=True), j + 1) if tokens.word(j) in ("eod", "cob") else None


def with_half(
    tokens: Tokens, j: int, hour: int, minute: int, *, sure: bool
) -> Match[Clock | Nowhere] | None:
    half = half_of_day(tokens, j)
    if half is None:
        return Clock(hour % 24, minute, None, sure or hour > 12 or hour == 0), j
    if hour > 12 or hour == 0:
        return Clock(hour % 24, minute, None, True), half[1]
    return Clock(_on_24(hour, half[0]), minute, half[0], True), half[1]


def _on_24(hour: int, half: Half) -> int:
    return hour % 12 + (12 if half == "pm" else 0)


def compact_hour(tokens: Tokens, i: int) -> Match[Clock | Nowhere] | None:
    """ "3pm", "330 p.m.", "1140 a.m.", "19h", "5 o'clock"."""
    number = cardinal(tokens, i)
    if number is None:
        return None
    value, j = number
    if len(tokens.word(i)) == 4 and tokens.word(j) in ("hours", "hrs", "h", "uhr"):
        packed = _packed(tokens, i, value)
        return (replace(packed[0], sure=True, bare=False), j + 1) if packed else None
    hour, minute = (value, 0) if value < 100 else divmod(value, 100)
    if minute > 59 or (len(tokens.word(i)) > 4 and tokens.at(i).kind == "number"):
        return None
    half = half_of_day(tokens, j)
    if half and 0 <= hour <= 23:
        return with_half(tokens, j, hour, minute, sure=True)
    if half and tokens.glued(j):
        return Nowhere(f"{hour} {half[0]}"), half[1]
    if value > 24:
        packed = bare_hour(tokens, i) if tokens.word(j) == "ish" and tokens.glued(j) else None
        return (replace(packed[0], bare=False), j + 1) if packed else None
    if tokens.word(j) == "h" and tokens.glued(j) and _is_24(tokens, i, value):
        return Clock(value % 24, 0, None, True), j + 1
    if tokens.says(j, "o", "clock") and value:
        return with_half(tokens, j + 2, value, 0, sure=value > 12)
    if tokens.word(j) in _OCLOCK and value:
        return with_half(tokens, j + 1, value, 0, sure=value > 12)
    if tokens.says(j, "-", "ish") and value > 0:
        return Clock(value % 24, 0, None, value > 12), j + 2
    if tokens.word(j) == "ish" and tokens.glued(j) and value > 0:
        return Clock(value % 24, 0, None, value > 12), j + 1
    return None


def _is_24(tokens: Tokens, i: int, value: int) -> bool:
    """ "19h" and "at 9h" are times of day; "2h" and "for 13h" are lengths."""
    beside = tokens.word(i - 1) in _RANGE_MARKS or tokens.word(i + 2) in _RANGE_MARKS
    return tokens.word(i - 1) != "for" and (value > 12 or beside)
