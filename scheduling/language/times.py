"""Every time expression of a text, resolved against now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Literal

from scheduling.language.expressions.bag import Bag
from scheduling.language.expressions.build import build
from scheduling.language.expressions.gaps import exception_start, named_exceptions, relation
from scheduling.language.expressions.hours import Setting, setting
from scheduling.language.expressions.moves import moved_from
from scheduling.language.expressions.parts import Piece
from scheduling.language.expressions.scan import pieces
from scheduling.language.expressions.tokens import Tokens, tokenise
from scheduling.language.when import When

_SENTENCE_ENDS = frozenset({".", "!", "?", ";", "\n"})
_STARTS = frozenset({"starting", "beginning", "from"})
_STOPS = frozenset({"until", "till", "til", "through"})
_FARTHEST = 12
_NOT_LASTING = frozenset(
    {"before", "after", "early", "late", "ago", "earlier", "later", "prior", "ahead", ",", "."}
)
_LISTED = frozenset({"and", ",", "&", "/", "+", "or"})
_FIRST = frozenset({"first", "first one", "first time", "next one"})


def find_times(text: str, now: datetime, *, prefer: Literal["future"] = "future") -> list[When]:
    """The time expressions of `text` in order, never overlapping, each as long as it can be.

    now: naive local time. Where a day without a year or an hour without a day fits several,
    the next one ahead is meant (`prefer`). Raises nothing, whatever the text.
    """
    tokens = tokenise(text)
    bags = _joined(_gather(tokens, pieces(tokens, now)), tokens)
    around = setting(tokens, now)
    limits = [bag.first for bag in bags[1:]] + [len(tokens)]
    found = [_read(tokens, bag, limit, around) for bag, limit in zip(bags, limits, strict=False)]
    return [when for when in found if when is not None]


def _read(tokens: Tokens, bag: Bag, limit: int, around: Setting) -> When | None:
    exception = named_exceptions(tokens, bag, limit)
    if exception is not None:
        _reach(bag, exception[1], exception[2], tokens)
    when = build(bag, (tokens[bag.first].start, tokens[bag.last - 1].end), around)
    if when is None:
        return None
    parts = tuple((tokens[a].start, tokens[b - 1].end) for a, b in bag.apart)
    when = replace(when, parts=parts)
    if exception is None or when.repeat is None:
        return when
    return _without(when, exception[0])


def _reach(bag: Bag, first: int, last: int, tokens: Tokens) -> None:
    """The bag with the words of its exception, which may stand apart from it."""
    between = [tokens.word(k) for k in range(bag.last, first)]
    if bag.apart or any(word != "," for word in between):
        bag.stretch(Bag(first, max(last, bag.last)))
    else:
        bag.last = max(last, bag.last)


def _without(when: When, exception: str) -> When:
    """A name that only the family can date; the first occurrence is known here."""
    if when.repeat is None or when.start is None:
        return when
    if exception not in _FIRST:
        return replace(when, repeat=replace(when.repeat, except_named=(exception,)))
    first = when.start.date() if isinstance(when.start, datetime) else when.start
    return replace(when, repeat=replace(when.repeat, except_dates=(first,)))


def main_time(text: str, now: datetime) -> When | None:
    """The one expression a text that says a single time is about, or None.

    The one that says most (a repetition, a range, a day and an hour) wins; among equals the
    first. A mere length is no time.
    """
    found = [w for w in find_times(text, now) if w.start is not None]
    if len(found) > 1:
        found = _new(text, found) or found
    return max(found, key=_weight, default=None)


def _new(text: str, found: list[When]) -> list[When]:
    """Without the time that something is moved away from."""
    tokens = tokenise(text)
    places = {token.start: i for i, token in enumerate(tokens)}
    ends = {token.end: i + 1 for i, token in enumerate(tokens)}
    return [
        when
        for when in found
        if not any(moved_from(tokens, k) for k in range(places[when.span[0]], ends[when.span[1]]))
    ]


def _weight(when: When) -> int:
    said = (
        4 * (when.repeat is not None),
        2 * isinstance(when.start, datetime),
        1 * (when.end is not None),
        1 * (when.time is None),
        -2 * when.past,
    )
    return sum(said)


def _gather(tokens: Tokens, found: list[Piece]) -> list[Bag]:
    """Parts that stand together, in one bag each."""
    bags: list[Bag] = []
    for piece in found:
        if bags:
            how = relation(tokens, bags[-1], piece)
            if how is not None and bags[-1].take(piece, how):
                if how == "to":
                    bags[-1].to_word = _opener(tokens, piece.first)
                continue
        bag = Bag(piece.first, piece.last, opener=_opener(tokens, piece.first))
        bag.take(piece, "beside")
        bags.append(bag)
    return bags


def _opener(tokens: Tokens, i: int) -> str:
    back = 2 if tokens.word(i - 1) in ("the", "about", "around") else 1
    return tokens.word(i - back)


def _joined(bags: list[Bag], tokens: Tokens) -> list[Bag]:
    """Bags that complete each other across other words ("Saturday for Mia at 2pm")."""
    for left, right in reversed(list(pairwise(bags))):
        if _listed(left, right, tokens):
            _share_hour(left, right)
            _share_day(left, right)
    for left, right in pairwise(bags):
        if _listed(left, right, tokens) or _moved(left, right, tokens):
            _share_day(right, left)
    joined: list[Bag] = []
    for bag in bags:
        if joined and _leaves_out(joined[-1], bag, tokens):
            continue
        if joined and _listed(joined[-1], bag, tokens) and joined[-1].also(bag):
            continue
        if joined and _near(joined[-1], bag, tokens) and _far(joined[-1], bag):
            continue
        if joined and _lasts(joined[-1], bag, tokens) and joined[-1].begin(bag):
            continue
        joined.append(bag)
    return joined


def _leaves_out(left: Bag, right: Bag, tokens: Tokens) -> bool:
    """ "every friday 4pm Leo except on April 3rd and 10th": days left out, said further on."""
    said = right.day or right.days or right.every
    if not left.every or said is None or right.has_hour or right.part or right.to:
        return False
    more = bool(left.left_out) and _listed(left, right, tokens)
    start = right.first if more else exception_start(tokens, right.first)
    if start is None or start < left.last or not _near(left, right, tokens):
        return False
    if not left.leave_out(Piece(said, right.first, right.last)):
        return False
    left.stretch(Bag(start, right.last))
    return True


def _far(left: Bag, right: Bag) -> bool:
    """A start or end of a repetition may stand apart from it too."""
    only_day = right.day is not None and not right.has_hour
    if left.every and only_day and left.since is None and right.opener in _STARTS:
        left.since = right.day
        left.stretch(right)
        return True
    if left.every and only_day and left.to is None and right.opener in _STOPS:
        left.to, left.to_word = right, right.opener
        left.stretch(right)
        return True
    return left.far(right)


def _lasts(left: Bag, right: Bag, tokens: Tokens) -> bool:
    """ "a 45-minute call at 4pm": few words between, none that makes it a lead or a shift."""
    words = [tokens.word(k) for k in range(left.last, right.first)]
    return 0 < len(words) <= 3 and not any(word in _NOT_LASTING for word in words)


def _near(left: Bag, right: Bag, tokens: Tokens) -> bool:
    between = [tokens.at(k) for k in range(left.last, right.first)]
    return len(between) <= _FARTHEST and not any(t.text in _SENTENCE_ENDS for t in between)


def _listed(left: Bag, right: Bag, tokens: Tokens) -> bool:
    """True where only "and", "or" or a comma stands between."""
    words = [tokens.word(k) for k in range(left.last, right.first)]
    return bool(words) and left.to is None and all(w in _LISTED for w in words)


def _moved(left: Bag, right: Bag, tokens: Tokens) -> bool:
    """ "move it on Thursday from 4 to 5": the day belongs to the old hour and the new."""
    moved = any(moved_from(tokens, k) for k in range(left.first, left.last))
    return moved and tokens.word(left.last) == "to" and right.first == left.last + 1


def _share_hour(left: Bag, right: Bag) -> None:
    """ "Tuesday and Thursday 4-5pm": the hour belongs to both days."""
    if left.day and right.day and not left.has_hour and left.part is None:
        left.clock, left.hours, left.part = right.clock, right.hours, right.part


def _share_day(bag: Bag, other: Bag) -> None:
    """ "tomorrow 9-10am or 2-3pm", "9am and 3pm tomorrow": the day belongs to both hours."""
    after = other.first > bag.first
    if bag.has_hour and not bag.has_day and other.day and other.has_hour and other.to is None:
        bag.day = other.day if other.late_day or not after else None
