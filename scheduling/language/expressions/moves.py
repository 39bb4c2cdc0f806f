"""Where an event is moved: "rescheduled from Tuesday to Thursday" is no range of days."""

from __future__ import annotations

from scheduling.language.expressions.spelling import words
from scheduling.language.expressions.tokens import Tokens

_MOVES = words(
    "move moved moves moving reschedule rescheduled rescheduling shift shifted shifting change "
    "changed changing switch switched switching push pushed postpone postponed delayed bump bumped "
    "bring brought transfer transferred"
)
_CLAUSE_ENDS = frozenset({".", "!", "?", ";", ",", ""})
_FARTHEST = 8
_LONGEST_DAY = 5
"""Words of a day that moves ("Tuesday the 31st of March")."""


def moved_from(tokens: Tokens, i: int) -> bool:
    """True where "from" stands before `i`, and before that, close by, a word of moving; or
    where that day is told with "on" or "for" and a "to" follows it."""
    k = i - 2 if tokens.word(i - 1) == "the" else i - 1
    if tokens.word(k) != "from" and not (tokens.word(k) in ("on", "for") and _goes_to(tokens, i)):
        return False
    for back in range(k - 1, k - 1 - _FARTHEST, -1):
        if tokens.word(back) in _CLAUSE_ENDS:
            return False
        if tokens.word(back) in _MOVES:
            return True
    return False


def _goes_to(tokens: Tokens, i: int) -> bool:
    """ "my thing on Friday *to* Monday", "yoga on March 16 *to* 8pm"."""
    for k in range(i + 1, i + 1 + _LONGEST_DAY):
        if tokens.word(k) == "to":
            return True
        if tokens.word(k) in _CLAUSE_ENDS or tokens.word(k) in ("from", "between"):
            return False
    return False
