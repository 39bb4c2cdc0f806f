"""What the words between two parts say about how they belong together."""

from __future__ import annotations

from scheduling.language.expressions.bag import Bag, Relation
from scheduling.language.expressions.moves import moved_from
from scheduling.language.expressions.parts import (
    Clock,
    ClockSpan,
    Daypart,
    Every,
    Fields,
    Length,
    Piece,
    Stretch,
)
from scheduling.language.expressions.ranges import OPENERS
from scheduling.language.expressions.spelling import words
from scheduling.language.expressions.tokens import Tokens
from scheduling.language.expressions.vocabulary import ABOUT, JOINERS

_GLUE = ABOUT | words(
    "at on @ > , the in of from ( ) for around about : from: during by a an only next | it's its "
    "sometime anytime any time o' between btw lasting for: either"
)
_SINCE = words("starting start starts beginning begins begin effective since commencing from")
_EXCEPT = frozenset(
    {"except", "excluding", "but", "not", "without", "skip", "skipping", "minus", "excl"}
)
_BEFORE_NAME = frozenset({"for", "on", "during", "in", "the", "over"})
_AFTER_NAME = JOINERS | words("and at for from starting beginning every with please")
_LIST = frozenset({"and", ",", "&", "or", "/", "+", "nor"})
_DASHES = frozenset({"-", "–", "—"})
_SENTENCE_ENDS = frozenset({".", "!", "?", ";", "\n"})
_FARTHEST = 6


def relation(tokens: Tokens, bag: Bag, piece: Piece) -> Relation | None:
    """How `piece` follows `bag`; None where the words between belong to neither."""
    words = [tokens.word(k) for k in range(bag.last, piece.first)]
    if len(words) > 6:
        return None
    if _excepts(words):
        return "except"
    joiners = [w for w in words if w in JOINERS]
    rest = [w for w in words if w not in JOINERS and w not in _GLUE and w not in _SINCE]
    if rest in (["and"], ["&"]) and bag.opener in OPENERS and bag.opener != "from" and not joiners:
        return "to"
    if words and all(w in _LIST for w in words):
        return _listed(words, bag, piece)
    if rest:
        return None
    if joiners and any(moved_from(tokens, k) for k in range(bag.first, bag.last)):
        return None
    if joiners:
        return _joined(joiners, bag, piece)
    if bag.every and any(w in _SINCE for w in words) and isinstance(piece.part, Fields | Stretch):
        return "since"
    return "beside"


def _excepts(words: list[str]) -> bool:
    said = [w for w in words if w not in _GLUE]
    return bool(said) and said[0] in _EXCEPT and all(w in _EXCEPT | {"for", "on"} for w in said)


def _listed(words: list[str], bag: Bag, piece: Piece) -> Relation | None:
    """A comma may stand between a day and its hour; "and" makes a new expression."""
    if bag.left_out and isinstance(piece.part, Fields | Stretch):
        return "list"
    if all(w == "," for w in words):
        return "beside"
    completes = isinstance(piece.part, Length) and bag.has_hour
    return "beside" if completes and "and" not in words else None


def _joined(joiners: list[str], bag: Bag, piece: Piece) -> Relation:
    """A dash before an hour, where no hour was said yet, only separates."""
    hour = isinstance(piece.part, Clock | ClockSpan | Daypart | Every)
    if all(j in _DASHES for j in joiners) and hour and not bag.has_hour:
        return "beside"
    if all(j in _DASHES for j in joiners) and isinstance(piece.part, Every | Length):
        return "beside"
    return "to"


def exception_start(tokens: Tokens, i: int) -> int | None:
    """Where "except on", "but not in" or ", skip" begins that stands right before `i`."""
    k = i - 1
    while tokens.word(k) in _BEFORE_NAME:
        k -= 1
    if tokens.word(k) not in _EXCEPT - {"but"}:
        return None
    k -= tokens.word(k - 1) == "but"
    return k - (tokens.word(k - 1) == ",")


def named_exceptions(tokens: Tokens, bag: Bag, limit: int) -> tuple[str, int, int] | None:
    """ "except school holidays": what only the family can date, and the words that say so.

    Looks inside the bag and a few words behind it, never past `limit`.
    """
    if not bag.every or bag.left_out:
        return None
    for i in range(bag.first, min(bag.last + _FARTHEST, limit)):
        if tokens.word(i) in _SENTENCE_ENDS:
            return None
        start = _after_except(tokens, i)
        end = _words_end(tokens, start, limit) if start else 0
        if start and end > start:
            return " ".join(tokens.word(k) for k in range(start, end)), i, end
    return None


def _after_except(tokens: Tokens, i: int) -> int | None:
    """The first word that is left out, where an exception begins at `i`."""
    if tokens.word(i) in ("except", "excluding"):
        return tokens.skip(i + 1, _BEFORE_NAME)
    if tokens.word(i) == "not" and tokens.word(i + 1) in ("during", "over"):
        return tokens.skip(i + 1, _BEFORE_NAME)
    return tokens.skip(i + 2, _BEFORE_NAME) if tokens.says(i, "but", "not") else None


def _words_end(tokens: Tokens, start: int, limit: int) -> int:
    end = start
    while end < min(limit, start + 4) and tokens.at(end).kind == "word":
        if tokens.word(end) in _AFTER_NAME:
            break
        end += 1
    return end
