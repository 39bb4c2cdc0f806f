"""One clause of a message, with its times, people and things lifted out.

`marked` is the clause with each found expression replaced by one private-use character,
so that a recogniser is a short pattern over words: `move WORDS to TIME`. A mark knows what
it stands for and how it was written, hence any piece of the marked text can be asked for
its times, its people, or its plain words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from scheduling.language.people import Mention, find_people, who
from scheduling.language.readings import Context, Who
from scheduling.language.things import Thing, find_things
from scheduling.language.times import find_times
from scheduling.language.timing import combine
from scheduling.language.when import When

T, P, R = "[\ue000-\ue3ff]", "[\ue400-\ue7ff]", "[\ue800-\uebff]"
"""Pattern pieces: one time, one naming of people, one resource."""
ANY = "[\ue000-\uebff]"
_MOST = 120
"""Marks of one kind in a clause; a message with more is not a sentence."""

_NO_TIMES = frozenset({"now", "right now", "a second", "a moment", "a day", "at the moment"})
"""Time expressions that place no event ("we have a second car now")."""


_OWNING = re.compile(r"\b(week|weekend|month|year)'s\b", re.I)


_HALF_DAY = re.compile(r"\bhalf[ -]day\b", re.I)
"""A school's half day is a title, no length; as one word of eight letters it is no time."""


class _Rest:
    """A further piece of a time told in pieces ("Saturday for Mia *at 2pm*")."""


_Mark = When | Mention | Thing | _Rest


@dataclass(slots=True)
class Clause:
    """text: the plain words; marked: the same with marks."""

    text: str
    context: Context
    now: datetime
    marked: str = ""
    marks: dict[str, _Mark] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)

    def times(self, piece: str | None = None) -> list[When]:
        """The times in a piece of the marked text (default: all of it)."""
        return [m for m in self._in(piece) if isinstance(m, When)]

    def people(self, piece: str | None = None) -> list[Mention]:
        return [m for m in self._in(piece) if isinstance(m, Mention)]

    def things(self, piece: str | None = None) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.name for m in self._in(piece) if isinstance(m, Thing)))

    def when(self, piece: str | None = None) -> When | None:
        """The piece's times as one."""
        return combine(self.times(piece))

    def who(self, piece: str | None = None) -> Who:
        return who(self.people(piece))

    def words(self, piece: str) -> str:
        """A piece of the marked text as it was written."""
        return "".join(self.written.get(char, char) for char in piece)

    def _in(self, piece: str | None) -> list[_Mark]:
        source = self.marked if piece is None else piece
        return [self.marks[char] for char in source if char in self.marks]


def read_clause(text: str, context: Context, now: datetime) -> Clause:
    """Find times, then things, then people, and mark them."""
    text = _OWNING.sub(r"\1", text)
    clause = Clause(text, context, now, text)
    pieces = [
        (start, end, when if number == 0 else _Rest())
        for when in find_times(_HALF_DAY.sub("halfxday", text), now)[:_MOST]
        if text[when.span[0] : when.span[1]].lower() not in _NO_TIMES
        for number, (start, end) in enumerate(when.parts or (when.span,))
    ]
    for start, end, what in sorted(pieces, key=lambda piece: piece[0], reverse=True):
        _mark(clause, start, end, what)
    _mark_things(clause)
    _mark_people(clause)
    return clause


def _mark_things(clause: Clause) -> None:
    for thing in reversed(find_things(clause.marked, clause.context.resources)[:_MOST]):
        _mark(clause, thing.start, thing.end, thing)


def _mark_people(clause: Clause) -> None:
    for found in reversed(find_people(clause.marked, clause.context)[:_MOST]):
        _mark(clause, found.start, found.end, found.mention)


def _mark(clause: Clause, start: int, end: int, what: _Mark) -> None:
    before, words, after = clause.marked[:start], clause.marked[start:end], clause.marked[end:]
    char = _next_mark(clause, what)
    clause.marks[char], clause.written[char] = what, words
    clause.marked = before + char + after


def _next_mark(clause: Clause, what: _Mark) -> str:
    first = 0xE400 if isinstance(what, Mention) else 0xE800 if isinstance(what, Thing) else 0xE000
    used = sum(1 for char in clause.marks if first <= ord(char) < first + 0x400)
    return chr(first + used)


_NOT_WORDS = re.compile(f"{ANY}|[^\\w]+|_")


def plain_words(piece: str) -> list[str]:
    """The readable words of a piece of marked text, lower-case, without marks."""
    return [word for word in _NOT_WORDS.sub(" ", piece).lower().split() if word]
