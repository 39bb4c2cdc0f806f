"""Text to words, numbers and marks, each knowing where it stood.

A message is read as a flat tuple of tokens; every parser of the time language is a function
`(tokens, i) -> (value, next i) | None` over it. Nothing here looks back, so reading is linear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeVar

MAX_CHARS, MAX_TOKENS = 4000, 600
"""What is considered of a text: no chat message that books something is longer."""

_ADDRESS = r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]+"
_WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)*['’]?"
_TOKEN = re.compile(rf"(?P<address>{_ADDRESS})|\d+|{_WORD}|[^\s\w]|_", re.IGNORECASE)
_LONGEST_NUMBER = 8

Kind = Literal["number", "word", "mark"]
T = TypeVar("T")
Match = tuple[T, int]
"""What a parser found and the index of the first token after it."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word, run of digits or mark.

    text: lower case, apostrophes straightened, possessive kept ("mia's").
    start, end: [from, to) characters of the source.
    glued: no space stands before it.
    capital: the source wrote its first letter large.
    """

    text: str
    kind: Kind
    start: int
    end: int
    glued: bool
    capital: bool

    @property
    def number(self) -> int | None:
        """Its value, where it is a run of at most eight digits."""
        if self.kind != "number" or len(self.text) > _LONGEST_NUMBER:
            return None
        return int(self.text)


END = Token("", "mark", -1, -1, False, False)
"""Stands in for what lies beyond either end of the text."""


class Tokens(tuple[Token, ...]):
    """The tokens of one text; reading beyond either end gives `END`."""

    __slots__ = ()

    def at(self, i: int) -> Token:
        """The token at `i`, or `END`."""
        return self[i] if 0 <= i < len(self) else END

    def word(self, i: int) -> str:
        """The lower-case text at `i`, "" beyond the end."""
        return self.at(i).text

    def says(self, i: int, *words: str) -> bool:
        """True where the words stand at `i`, in order."""
        return i >= 0 and [token.text for token in self[i : i + len(words)]] == [*words]

    def glued(self, i: int) -> bool:
        """True where the token at `i` touches the one before it."""
        return self.at(i).glued

    def skip(self, i: int, words: frozenset[str]) -> int:
        """The first index from `i` that holds none of the words."""
        while self.word(i) in words:
            i += 1
        return i


def tokenise(text: str) -> Tokens:
    """The tokens of the first `MAX_CHARS` characters."""
    found: list[Token] = []
    end = -1
    for match in _TOKEN.finditer(text[:MAX_CHARS]):
        found.append(_token(match, glued=match.start() == end))
        end = match.end()
        if len(found) == MAX_TOKENS:
            break
    return Tokens(found)


def _token(match: re.Match[str], *, glued: bool) -> Token:
    raw = match.group()
    if match["address"]:  # digits in an address are never a time
        return Token("@address", "mark", *match.span(), glued, False)
    kind: Kind = "mark"
    if raw[0].isdecimal():
        kind = "number"
    elif raw[0].isalpha():
        kind = "word"
    start, end = match.span()
    if kind == "word" and raw[-1] in "'’":
        raw, end = raw[:-1], end - 1
    text = raw.lower().replace("’", "'")
    return Token(text, kind, start, end, glued, raw[0].isupper())
