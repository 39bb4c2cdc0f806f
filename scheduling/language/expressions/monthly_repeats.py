"""Repetitions by the month: the third Friday of each month, the 1st and 15th of every month."""

from __future__ import annotations

from scheduling.language.expressions.numbers import ordinal
from scheduling.language.expressions.parts import Every
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.weekday_lists import AND, day_name

EVERY = frozenset({"every", "each", "evry", "any"})
_MONTHLY_TAILS = (
    ("of", "the", "month", "every", "month"), ("of", "the", "month", "each", "month"),
    ("of", "the", "month"), ("of", "each", "month"), ("of", "every", "month"), ("of", "a", "month"),
    ("in", "the", "month"), ("each", "month"), ("every", "month"), ("in", "each", "month"),
    ("in", "every", "month"), ("a", "month"), ("monthly",),
)  # fmt: skip
_MARKED_TAILS = tuple(tail for tail in _MONTHLY_TAILS if tail[-2:] != ("the", "month"))


def monthly(tokens: Tokens, i: int) -> Match[Every] | None:
    """ "the third Friday of each month", "the 1st and 15th of every month", "every last Friday"."""
    marked = tokens.word(i) in EVERY
    j = i + 1 if marked or tokens.word(i) in ("the", "on") else i
    j = j + 1 if tokens.word(j) == "the" else j
    places = _places(tokens, j)
    if places is None:
        return None
    nths, k = places
    day = day_name(tokens, k)
    if day is not None and all(n <= 5 for n in nths):
        end = _tail(tokens, k + 1, _MONTHLY_TAILS)
        if end is None and marked and (len(nths) > 1 or nths[0] in (-1, 1, 4, 5)):
            end = k + 1
        return (Every("MONTHLY", weekdays=(day,), nth=nths), end) if end else None
    k = k + 1 if tokens.word(k) == "day" else k
    end = _tail(tokens, k, _MARKED_TAILS)
    return (Every("MONTHLY", month_days=nths), end) if end else None


def weekday_of_month(tokens: Tokens, i: int) -> Match[Every] | None:
    """ "on the second Tuesday", after a word such as "monthly"."""
    places = _places(tokens, tokens.skip(i, frozenset({"on", "the"})))
    day = day_name(tokens, places[1]) if places else None
    if places is None or day is None or max(places[0]) > 5:
        return None
    return Every("MONTHLY", weekdays=(day,), nth=places[0]), places[1] + 1


def _places(tokens: Tokens, j: int) -> Match[tuple[int, ...]] | None:
    """ "third", "last", "first and third", "1st & the 15th"."""
    found: list[int] = []
    k = j
    while (place := _place(tokens, k)) is not None and len(found) < 5:
        found.append(place[0])
        j = place[1]
        k = tokens.skip(j, AND | {"the"})
        if k == j:
            break
    return (tuple(found), j) if found else None


def _place(tokens: Tokens, k: int) -> Match[int] | None:
    if tokens.word(k) == "last":
        return -1, k + 1
    found = ordinal(tokens, k)
    return found if found and 1 <= found[0] <= 31 else None


def _tail(tokens: Tokens, k: int, tails: tuple[tuple[str, ...], ...]) -> int | None:
    return next((k + len(tail) for tail in tails if tokens.says(k, *tail)), None)
