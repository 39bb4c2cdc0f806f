"""What the table of a language holds, and how it is put to use.

`phrases` are small expressions ("übermorgen", "um {clock}"), `frames` whole sentences whose
parts English orders otherwise ("sag {x} ab"). Both are regular expressions with macros:

{weekday} {month} {part} {unit} {n}   one of the language's own words, from `words`
{clock}                               an hour of the day: "14:30", "14h", "14.30"
{d} {y} {h} {m}                       a day's number, a year's; hours and minutes apart
{num}                                 a date in figures, the day first: "12.3.", "12/3/2026"
{x} {z}                               of a frame: any words, put into English in their turn

A macro may stand twice, the second time as {n2}; in the English, {d:th} is "12th". A space stands
for any white space, also none between a digit and a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from scheduling.language.wordset import word_set
from scheduling.words import MONTH_WORDS, ordinal

_MACRO = re.compile(r"\{(\w+?)(\d*)(:th)?\}")
_FIGURES = re.compile(r"(\d{1,2})[./]\s?(\d{1,2})[./]?\s?(\d{2,4})?")
_HOUR = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*(\d{2})?)?", re.I)
_TWICE = re.compile(r"\b(to|on|in|until|of|from) (?:on|at)\b")
""" "move it to" and "on Friday": of two little words the first counts."""
LONGEST_SENTENCE = 200
"""Characters of a sentence whose parts are put in order; nobody says more in one breath."""
_OPEN = {
    "clock": r"\d{1,2}\s?h(?:\s?\d\d)?(?!\w)|\d{1,2}[:.]\d\d(?!\d|\.)|\d{1,2}(?![\d.,:/h])",
    "d": r"[0-3]?\d",
    "y": r"(?:20)?\d\d",
    "h": r"[0-2]?\d",
    "m": r"[0-5]\d",
    "num": r"[0-3]?\d(?:\.\s?[01]?\d\.(?:\s?(?:20)?\d\d(?!\d))?|/[01]?\d(?:/(?:20)?\d\d)?)",
    "x": r".{1,80}?",
    "z": r".{1,80}?",
}


def _clock(said: str) -> str:
    found = _HOUR.match(said)
    assert found is not None
    return f"{int(found[1])}:{found[2] or '00'}"


def _date(said: str) -> str:
    found = _FIGURES.match(said)
    assert found is not None
    day, month, year = int(found[1]), int(found[2]), found[3]
    if not 1 <= month <= len(MONTH_WORDS):
        return said
    tail = f", {year if len(year) == 4 else f'20{year}'}" if year else ""
    return f"{MONTH_WORDS[month - 1]} {day}{tail}"


def _year(said: str) -> str:
    return said if len(said) == 4 else f"20{said}"


_MEANS: Mapping[str, Callable[[str], str]] = {
    "clock": _clock,
    "num": _date,
    "d": lambda said: str(int(said)),
    "y": _year,
    "h": lambda said: str(int(said)),
    "m": str,
}


@dataclass(frozen=True)
class Tongue:
    """signs: little words by which the language is known. words: its words for a macro, each
    with the English one. polite: what is said around a request and means nothing. things: what a
    family calls its shared things, for a family that has named them in English."""

    code: str
    signs: frozenset[str]
    words: Mapping[str, Mapping[str, str]]
    phrases: Sequence[tuple[str, str]]
    frames: Sequence[tuple[str, str]]
    polite: str
    things: Mapping[str, str] = field(default_factory=dict)

    def piece(self, text: str) -> tuple[str, list[tuple[str, str]]]:
        """Words in English, as far as there are phrases for them; and each phrase that was
        replaced, as (English, original)."""
        pairs: list[tuple[str, str]] = []

        def english(match: re.Match[str]) -> str:
            rule = int((match.lastgroup or "r0").removeprefix("r"))
            said = self._filled(self.phrases[rule][1], match, f"_{rule}")
            pairs.append((said, match[0].strip()))
            # "l'école" is one word less than "the school".
            return f"{said} " if match[0][-1:] in " '’" else said

        return self._phrases.sub(english, text), pairs

    def knows(self, text: str) -> bool:
        """Whether there is anything of it in the words."""
        if self._phrases.search(text) is not None:
            return True
        return len(text) <= LONGEST_SENTENCE and any(f.fullmatch(text) for f, _ in self._frames)

    def sentence(self, text: str) -> tuple[str, list[tuple[str, str]]]:
        """The same for one whole sentence, its parts in English order."""
        bare = self._polite.sub("", text).strip()
        for frame, template in self._frames if len(bare) <= LONGEST_SENTENCE else ():
            found = frame.fullmatch(bare)
            if found is not None:
                pairs: list[tuple[str, str]] = []
                parts = {}
                for name in ("x", "z"):
                    if name in found.re.groupindex and found[name]:
                        parts[name], more = self.piece(found[name])
                        pairs += more
                return self._filled(template, found, "", parts), pairs
        return self.piece(bare)

    def _filled(
        self, template: str, match: re.Match[str], mark: str, parts: Mapping[str, str] | None = None
    ) -> str:
        def meaning(macro: re.Match[str]) -> str:
            kind, name = macro[1], f"{macro[1]}{macro[2]}"
            said = match[name + mark] or ""
            if parts is not None and kind in ("x", "z"):
                return parts.get(kind, "")
            if kind in _MEANS:
                plain = _MEANS[kind](said)
                return ordinal(int(plain)) if macro[3] else plain
            return self.words[kind][" ".join(said.casefold().split())]

        plain = " ".join(_MACRO.sub(meaning, template).split())
        return _TWICE.sub(r"\1", plain) if parts is not None else plain

    def _pattern(self, rule: str, mark: str) -> str:
        def group(macro: re.Match[str]) -> str:
            kind, name = macro[1], f"{macro[1]}{macro[2]}"
            inner = _OPEN.get(kind) or self._either(kind)
            return f"(?P<{name}{mark}>{inner})"

        # A space in a rule is white space, or none where a number ends.
        return _MACRO.sub(group, rule.replace(" ", r"(?:\s+|(?<=\d))"))

    def _either(self, kind: str) -> str:
        longest_first = sorted(self.words[kind], key=len, reverse=True)
        return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)

    @cached_property
    def _phrases(self) -> re.Pattern[str]:
        rules = (
            f"(?P<r{i}>{self._pattern(rule, f'_{i}')})" for i, (rule, _) in enumerate(self.phrases)
        )
        return re.compile(rf"(?<![\w@])(?:{'|'.join(rules)})(?:(?<=\W)|(?!\w))", re.I)

    @cached_property
    def _frames(self) -> list[tuple[re.Pattern[str], str]]:
        return [
            (re.compile(rf"{self._pattern(frame, '')}[\s.!?]*", re.I), english)
            for frame, english in self.frames
        ]

    @cached_property
    def _polite(self) -> re.Pattern[str]:
        return re.compile(rf"^(?:{self.polite})[\s,]+|[\s,]+(?:{self.polite})(?=[\s.!?]*$)", re.I)


def words(text: str) -> dict[str, str]:
    """ "montag=Monday mo=Monday", one pair a word; "_" stands for a space."""
    pairs = (pair.split("=") for pair in text.split())
    return {a.replace("_", " "): b.replace("_", " ") for a, b in pairs}


def signs(text: str) -> frozenset[str]:
    return word_set(text)
