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


def moved_from(tokens: Tokens, i: int) -> bool:
    """True where "from" stands before `i`, and before that, close by, a word of moving."""
    k = i - 2 if tokens.word(i - 1) == "the" else i - 1
    on_day = tokens.word(k) == "on" and tokens.word(i + 1) == "to"  # "my thing on Friday to Monday"
    if tokens.word(k) != "from" and not on_day:
        return False
    for back in range(k - 1, k - 1 - _FARTHEST, -1):
        if tokens.word(back) in _CLAUSE_ENDS:
            return False
        if tokens.word(back) in _MOVES:
            return True
    return False
