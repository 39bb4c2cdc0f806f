"""A message as it arrives, made plain enough to read: bounded, printable, ASCII quotes."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 2_000
"""Characters of a message that are considered; nobody books an event in more."""

_PLAIN = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"',
        "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2192": "->", "\u2026": "...",
        "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\t": " ", "\r": "\n", "\uff1a": ":",
    }
)  # fmt: skip
_CONTRACTED = re.compile(
    r"\b(?:(?P<is>who|what|where|when|how|that|there)s"
    r"|(?P<not>do|does|did|is|are|was|wo|ca|have|has|had|should|could|would)nt"
    r"|(?P<have>i|you|we|they)ve|(?P<are>you|they)re|(?P<am>i)m)(?![\w'])",
    re.I,
)
"""What thumbs leave out: "whos", "dont", "Im". Only spellings that are no words themselves."""
_MENDED = {"is": "'s", "not": "n't", "have": "'ve", "are": "'re", "am": "'m"}
_TEXTED = (
    (
        re.compile(r"\b(move[ds]?|changed?|pushed|rescheduled|switched) 2 (?=[a-z])", re.I),
        r"\1 to ",
    ),
    (re.compile(r"\bb4\b", re.I), "before"),
    (re.compile(r"\babt\b", re.I), "about"),
    (re.compile(r"\b2nite\b", re.I), "tonight"),
    (re.compile(r"\b2(?:morrow|moro|mrw)\b", re.I), "tomorrow"),
    (re.compile(r"\b2day\b", re.I), "today"),
)
"""Figures used for their sound."""
_UNWANTED = {"Cc", "Cf", "Co", "Cs", "Cn"}
_SPACES = re.compile(r"[^\S\n]+")
_EMOJI_ONLY = ("So", "Sk", "Mn", "Me")


def tidy(text: str) -> str:
    """The first `LONGEST` characters without control, format and private-use characters."""
    plain = text[:LONGEST].translate(_PLAIN)
    if not plain.isascii() or not plain.isprintable():
        plain = "".join(_kept(char) for char in plain)
    plain = _CONTRACTED.sub(_mended, _SPACES.sub(" ", plain))
    for spelling, meant in _TEXTED:
        plain = spelling.sub(meant, plain)
    return plain.strip()


def _mended(match: re.Match[str]) -> str:
    form = match.lastgroup or "is"
    return match[form] + _MENDED[form]


def _kept(char: str) -> str:
    if char == "\n" or (char.isprintable() and unicodedata.category(char) not in _UNWANTED):
        return char
    return " " if unicodedata.category(char) == "Cc" else ""


def is_pictogram(char: str) -> bool:
    """Whether a character is an emoji or its joiner rather than something to read."""
    return ord(char) > 0x2000 and unicodedata.category(char) in _EMOJI_ONLY
