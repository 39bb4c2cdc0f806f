"""A message of another language in English, and what is read of it back in its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any

from scheduling.language.readings import Context
from scheduling.language.tongues.french import FRENCH
from scheduling.language.tongues.german import GERMAN
from scheduling.language.tongues.spanish import SPANISH
from scheduling.language.tongues.tongue import Tongue
from scheduling.language.wordset import word_set

TONGUES = {tongue.code: tongue for tongue in (GERMAN, SPANISH, FRENCH)}

_ENGLISH = word_set(
    """
    the at on to for with is are of next this every tomorrow today tonight morning afternoon
    evening monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur
    thurs fri sat sun move cancel book add remind what what's when when's who where until in from
    i we my you it our he she they not need and please
    """
)
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCES = re.compile(r"(?<=[!?\n])\s*|(?<=[^\W\d_]{2}\.)\s+(?=[^\W\d_])")
_KEPT_WORDS = frozenset(("title", "words", "place", "note"))
"""Fields of a reading that are the family's own words."""


@dataclass(frozen=True, slots=True)
class Englished:
    """text: in English. pairs: each phrase that was put so, as (English, original), in order.
    sentences: the same of whole sentences."""

    text: str
    pairs: tuple[tuple[str, str], ...]
    sentences: tuple[tuple[str, str], ...] = ()

    def own_words(self, reading: Any) -> Any:
        """The same reading with its titles and places as the family wrote them."""
        if isinstance(reading, tuple):
            return tuple(self.own_words(each) for each in reading)
        if not is_dataclass(reading) or isinstance(reading, type):
            return reading
        own = {}
        for each in fields(reading):
            value = getattr(reading, each.name)
            kept = each.name in _KEPT_WORDS and isinstance(value, str)
            own[each.name] = self._original(value) if kept else self.own_words(value)
            if each.name == "text" and isinstance(value, str):
                # A rule is told in the words of the family, or not at all.
                own["text"] = next((o for e, o in self.sentences if value in e), value)
        return replace(reading, **own)

    def _original(self, words: str) -> str:
        for english, original in self.pairs:
            found = re.search(rf"(?<!\w){re.escape(english)}(?!\w)", words)
            if found is not None:
                words = f"{words[: found.start()]}{original}{words[found.end() :]}"
        return words


def in_english(text: str, context: Context) -> Englished | None:
    """None where the text is English, or of no language that is known here. The family's own
    language decides where words are of both."""
    tongue = _tongue_of(text, context.language)
    if tongue is None:
        return None
    said: list[str] = []
    pairs: list[tuple[str, str]] = []
    whole: list[tuple[str, str]] = []
    for sentence in _SENTENCES.split(text):
        if sentence and sentence.strip():
            mark = "?" if sentence.rstrip().endswith("?") else ""
            english, found = tongue.sentence(sentence.strip())
            said.append(f"{english.rstrip('?')}{mark}")
            pairs += found
            whole.append((said[-1], sentence.strip().rstrip(".!")))
    english = _own_things("\n".join(said), tongue, context.resources)
    for person in context.people:
        english = english.replace(f"the {person.name}", person.name)
    changed = bool(pairs) or english != text
    return Englished(english, tuple(pairs), tuple(whole)) if changed else None


def englished(text: str, context: Context) -> str:
    """The same where only the sense matters: English as it is."""
    found = in_english(text, context)
    return found.text if found else text


def _tongue_of(text: str, language: str) -> Tongue | None:
    said = {word.casefold() for word in _WORDS.findall(text)}
    scores = {code: len(said & tongue.signs) for code, tongue in TONGUES.items()}
    if scores.get(language):
        scores[language] += 1
    best = max(scores, key=lambda code: scores[code])
    english = len(said & _ENGLISH)
    if scores[best] > english + (language == "en"):
        return TONGUES[best]
    # "Ausflug Samstagvormittag" has no little word, but a phrase of the family's language.
    own = TONGUES.get(language)
    return own if own is not None and not english and own.knows(text) else None


def _own_things(text: str, tongue: Tongue, things: tuple[str, ...]) -> str:
    """ "the Auto" of a family that calls it "car"."""
    theirs = {thing.casefold() for thing in things}
    for word, meant in tongue.things.items():
        if meant in theirs and word not in theirs:
            text = _thing(word).sub(f"the {meant}", text)
    return text


@cache
def _thing(word: str) -> re.Pattern[str]:
    return re.compile(rf"\bthe {re.escape(word)}\b", re.I)
