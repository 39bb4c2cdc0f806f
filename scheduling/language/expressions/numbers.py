"""Numbers as people write them: 3, three, twenty nine, 1.5, a couple of, half a, 15th."""

from __future__ import annotations

from fractions import Fraction

from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import CARDINALS, ORDINALS

_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
_VAGUE = {"few": 3, "several": 3, "couple": 2, "dozen": 12}
_TENS = frozenset({20, 30, 40, 50})
_OF = frozenset({"of", "a", "an"})
_OPENING = CARDINALS.keys() | _VAGUE.keys() | {"a", "an", "the", "half", "quarter", "three", "½"}
"""The words a quantity may open with: a quick look that spares most others."""


def cardinal(tokens: Tokens, i: int) -> Match[int] | None:
    """A whole number, in digits or words ("29", "twenty nine", "forty-five")."""
    token = tokens.at(i)
    if token.number is not None:
        return token.number, i + 1
    value = CARDINALS.get(token.text)
    if value is None:
        return None
    j = i + 2 if tokens.says(i + 1, "-") and tokens.glued(i + 1) else i + 1
    unit = CARDINALS.get(tokens.word(j), 0)
    if value in _TENS and 0 < unit < 10:
        return value + unit, j + 1
    return value, i + 1


def ordinal(tokens: Tokens, i: int) -> Match[int] | None:
    """A place in a row: "15th", "15 th", "third", "twenty third"."""
    token = tokens.at(i)
    if token.number is not None:
        return (token.number, i + 2) if tokens.word(i + 1) in _SUFFIXES else None
    if token.text in ORDINALS:
        return ORDINALS[token.text], i + 1
    tens = CARDINALS.get(token.text)
    j = i + 2 if tokens.says(i + 1, "-") else i + 1
    unit = ORDINALS.get(tokens.word(j), 0)
    if tens in _TENS and 0 < unit < 10:
        return (tens or 0) + unit, j + 1
    return None


def quantity(tokens: Tokens, i: int) -> Match[Fraction] | None:
    """How many of a unit: "2", "1.5", "3/4", "two and a half", "a couple of", "half an"."""
    first = tokens.at(i)
    if first.kind == "word" and first.text not in _OPENING:
        return None
    for read in (_half, _vague, _decimal, _mixed, _one):
        found = read(tokens, i)
        if found:
            return found
    number = cardinal(tokens, i)
    if number is None:
        return None
    value, j = number
    if tokens.says(j, "and", "a", "half"):
        return Fraction(value) + Fraction(1, 2), j + 3
    if tokens.word(j) == "more":
        j += 1
    return Fraction(value), j


def _half(tokens: Tokens, i: int) -> Match[Fraction] | None:
    start = i + 1 if tokens.word(i) in ("a", "an") else i
    if tokens.word(start) == "half":
        return Fraction(1, 2), tokens.skip(start + 1, _OF)
    if tokens.says(start, "quarter", "of", "an") or tokens.says(start, "quarter", "of", "a"):
        return Fraction(1, 4), start + 3
    if tokens.says(start, "quarter", "hour"):
        return Fraction(1, 4), start + 1
    if tokens.says(start, "three", "quarters", "of", "an"):
        return Fraction(3, 4), start + 4
    return None


def _vague(tokens: Tokens, i: int) -> Match[Fraction] | None:
    j = i + 1 if tokens.word(i) in ("a", "the") else i
    value = _VAGUE.get(tokens.word(j))
    if value is None:
        return None
    return Fraction(value), j + 2 if tokens.word(j + 1) == "of" else j + 1


def _decimal(tokens: Tokens, i: int) -> Match[Fraction] | None:
    whole, part = tokens.at(i).number, tokens.at(i + 2).number
    touching = tokens.glued(i + 1) and tokens.glued(i + 2)
    if whole is None or part is None or tokens.word(i + 1) not in (".", ",") or not touching:
        return None
    return whole + Fraction(part, 10 ** len(tokens.word(i + 2))), i + 3


def _mixed(tokens: Tokens, i: int) -> Match[Fraction] | None:
    simple = _fraction(tokens, i)
    if simple:
        return simple
    whole, rest = tokens.at(i).number, _fraction(tokens, i + 1)
    if whole is None or rest is None:
        return None
    return whole + rest[0], rest[1]


def _fraction(tokens: Tokens, i: int) -> Match[Fraction] | None:
    top, bottom = tokens.at(i).number, tokens.at(i + 2).number
    if tokens.word(i) == "½":
        return Fraction(1, 2), i + 1
    if top is None or not bottom or tokens.word(i + 1) != "/" or bottom not in (2, 3, 4):
        return None
    return Fraction(top, bottom), i + 3


def _one(tokens: Tokens, i: int) -> Match[Fraction] | None:
    if tokens.word(i) in ("a", "an"):
        return Fraction(1), i + 1
    return None
