"""One pass over the tokens: the longest part at each place."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from scheduling.language.expressions.clock_parts import bare_hour
from scheduling.language.expressions.clock_times import clock
from scheduling.language.expressions.dates import day_like
from scheduling.language.expressions.dayparts import daypart
from scheduling.language.expressions.durations import length
from scheduling.language.expressions.holidays import HOLIDAY_WORDS
from scheduling.language.expressions.how_often import times
from scheduling.language.expressions.moves import moved_from
from scheduling.language.expressions.numbers import cardinal, ordinal
from scheduling.language.expressions.offsets import COUNTS_DOWN
from scheduling.language.expressions.parts import (
    Clock,
    ClockSpan,
    Daypart,
    Every,
    Fields,
    Moment,
    Part,
    Piece,
    Stretch,
)
from scheduling.language.expressions.ranges import OPENERS, clock_span, date_span
from scheduling.language.expressions.relative_days import RELATIVE_WORDS
from scheduling.language.expressions.repeats import REPEAT_WORDS, every
from scheduling.language.expressions.spelling import words
from scheduling.language.expressions.tokens import Match, Tokens
from scheduling.language.expressions.vocabulary import (
    ABOUT,
    DAYPART_WORDS,
    NUMBER_WORDS,
    TIME_WORDS,
    TODAY,
    TOMORROW,
    TONIGHT,
    UNITS,
    is_day_word,
    weekday,
)
from scheduling.language.expressions.weekday_lists import INITIALS

MOST_PIECES = 60
"""A chat message with more time words than this is not asking for events."""

_AT = words("at @ from till til until after before by since til' starting") | OPENERS
_STARTERS = (
    NUMBER_WORDS | TIME_WORDS | REPEAT_WORDS | HOLIDAY_WORDS | RELATIVE_WORDS | DAYPART_WORDS.keys()
    | words("the a an w in within after at as asap immediately now right just + - x × of")
)  # fmt: skip
_STREETS = words(
    "st street ave avenue av road rd lane ln drive dr blvd boulevard court ct way place pl square "
    "sq highway hwy terrace parkway str floor"
)
_NOT_PLURAL = words("is this as was us his has does it's let's please pls thus less")
_NOUNS = words(
    "people kids children guests adults adult person percent % ° km kg lb lbs miles mile years x "
    "dollars euros bucks usd eur gb mb stars star points point am/pm more few of or"
)
_GLUED_TO = TODAY | TONIGHT | TOMORROW | words("at from til till until")
_MONEY = frozenset(
    {"$", "€", "£", "#", "v", "version", "no", "nr", "number", "page", "room", "gate"}
)


def pieces(tokens: Tokens, now: datetime) -> list[Piece]:
    """The parts of the text in order, never overlapping."""
    found: list[Piece] = []
    i = 0
    while i < len(tokens) and len(found) < MOST_PIECES:
        best = _listed_day(tokens, i, found) or _best(tokens, i, now)
        if best is None or _touches(tokens, i, best[1]):
            i += 1
            continue
        part, j = best
        found.append(Piece(part, i, j))
        i = max(j, i + 1)
    return [p for n, p in enumerate(found) if _holds(found, n, tokens)]


def _listed_day(tokens: Tokens, i: int, found: list[Piece]) -> Match[Part] | None:
    """ "June 5, 6 and 7": a number after a date with its month is another day of it."""
    if not found or tokens[i].kind != "number":
        return None
    date, gap = found[-1].part, [tokens.word(k) for k in range(found[-1].last, i)]
    if not isinstance(date, Fields) or not date.month or not date.day or not gap:
        return None
    day = ordinal(tokens, i) or cardinal(tokens, i)
    if day is None or any(word not in (",", "and", "&") for word in gap):
        return None
    after = tokens.word(day[1])
    ends = after in (",", "and", "&", "at", "from", "", ".", "!", "?", "for", "with", "until")
    fits = date.day < day[0] <= 31 and clock(tokens, i) is None
    return (replace(date, day=day[0], weekday=None), day[1]) if fits and ends else None


def _may_start(tokens: Tokens, i: int) -> bool:
    """A quick look that spares most words the parsers."""
    token = tokens[i]
    if token.kind == "number":
        return True
    word = token.text.removesuffix("'s")
    known = word in _STARTERS or token.text in _STARTERS
    known = known or (word == "for" and tokens.word(i - 1) in COUNTS_DOWN)
    listed = token.capital or tokens.word(i + 1) == "/"
    known = known or (listed and token.text in INITIALS)
    return known or (token.kind == "word" and is_day_word(word))


def _best(tokens: Tokens, i: int, now: datetime) -> Match[Part] | None:
    if not _may_start(tokens, i):
        return None
    candidates: list[Match[Part] | None] = [
        every(tokens, i),
        date_span(tokens, i),
        day_like(tokens, i, now),
        clock_span(tokens, i),
        clock(tokens, i),
        daypart(tokens, i, now.date()),
        length(tokens, i),
        times(tokens, i),
        _hour_at(tokens, i),
    ]
    return max((c for c in candidates if c), key=lambda c: c[1], default=None)


def _touches(tokens: Tokens, i: int, j: int) -> bool:
    """True inside a longer word or number ("A1B2", "$5", "#12", "v2.5")."""
    before, after = tokens.at(i - 1), tokens.at(j)
    numeric = tokens.at(i).kind == "number"
    if before.text == "t" and tokens.at(i - 2).kind == "number":  # 2026-03-07T15:30
        return False
    if tokens.glued(i) and (before.kind != "mark" or before.text in ("_", "@address")):
        if before.kind == "word" and numeric and not tokens.glued(i - 1):  # "sat10am", "at7pm"
            return not (before.text in _GLUED_TO or is_day_word(before.text))
        return not (before.kind == "number" and tokens.at(i).kind == "word")
    if numeric and (before.text in _MONEY and (tokens.glued(i) or before.kind == "word")):
        return True
    if numeric and tokens.glued(i) and before.text == "." and tokens.at(i - 2).kind == "number":
        return True
    return after.glued and after.kind != "mark" and tokens.at(j - 1).kind == "number"


def _hour_at(tokens: Tokens, i: int) -> Match[Clock] | None:
    """A naked hour; whether its neighbours make it a time is decided when all are known."""
    found = bare_hour(tokens, i)
    if found is None or not _may_end(tokens, found[1], i):
        return None
    return found


def _may_end(tokens: Tokens, j: int, i: int) -> bool:
    """False where a noun is counted ("2 kids") or an address begins ("12 Main St")."""
    after = tokens.at(j)
    more = tokens.at(j + 1)
    if (
        after.glued
        and after.text in (".", ",", "/", ":", "-")
        and more.glued
        and more.kind == "number"
    ):
        return False
    if after.text in _NOUNS or (
        after.text in UNITS and after.text not in ("m", "s", "d", "w", "y")
    ):
        return False
    if any(tokens.word(k) in _STREETS for k in range(j, j + 3)):
        return False
    plural = after.kind == "word" and after.text.endswith("s") and "'" not in after.text
    known = (
        after.text in _NOT_PLURAL or after.text in DAYPART_WORDS or weekday(after.text) is not None
    )
    return not plural or known or after.capital


def _holds(found: list[Piece], n: int, tokens: Tokens) -> bool:
    """A naked number stays only after "at" and the like, or beside a day or a part of the day."""
    piece = found[n]
    if not _naked(piece.part):
        return True
    if tokens.word(piece.first - 1) == "around" and isinstance(piece.part, Clock):
        return True
    if n > 0 and tokens.word(piece.first - 1) == "to" and found[n - 1].last == piece.first - 1:
        if moved_from(tokens, found[n - 1].first):
            return True
        started = isinstance(found[n - 1].part, Moment | Clock | Daypart)
        return started and not _naked(found[n - 1].part)
    before = tokens.word(_back(tokens, piece.first))
    if before in (
        "for",
        "of",
        "with",
        "turns",
        "turned",
        "turning",
        "he's",
        "she's",
    ) or _second_of_pair(tokens, piece):
        return False
    if before in _AT and not (isinstance(piece.part, ClockSpan) and before not in _AT):
        return True
    left = n > 0 and _dayish(found[n - 1].part) and _beside(tokens, found[n - 1].last, piece.first)
    right = n + 1 < len(found) and _dayish(found[n + 1].part)
    return left or (right and _beside(tokens, piece.last, found[n + 1].first))


def _second_of_pair(tokens: Tokens, piece: Piece) -> bool:
    """The 3 of "we won 5-3 on Saturday"."""
    joined = tokens.word(piece.first - 1) in ("-", "/") and tokens.glued(piece.first)
    return joined and tokens.at(piece.first - 2).kind == "number"


def _back(tokens: Tokens, i: int) -> int:
    """The place of the word before `i`, words such as "around" passed over."""
    i -= 1
    while tokens.word(i) in ABOUT:
        i -= 1
    return i


def _naked(part: Part) -> bool:
    if isinstance(part, ClockSpan):
        return part.start.bare and part.end.bare
    return isinstance(part, Clock) and part.bare


def _dayish(part: Part) -> bool:
    return isinstance(part, Fields | Stretch | Daypart | Every)


_BESIDE = frozenset(
    {",", "on", "in", "the", "(", ")", "-", ":", "this", "around", "about", "–", "for"}
)


def _beside(tokens: Tokens, first: int, last: int) -> bool:
    return all(tokens.word(k) in _BESIDE for k in range(first, last))
