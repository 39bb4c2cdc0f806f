"""What the product says, in the language a family is spoken to in.

The English sentence is its own name (gettext's msgid); a catalogue gives another language's. Who
answers a family first says `speak(language)`; everything composed after that, in the same task,
is in that language. Without a catalogue, and for a sentence that it lacks, English is spoken.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from gettext import NullTranslations

ENGLISH = "en"

Catalogues = Callable[[str], NullTranslations | None]

_PLAIN = NullTranslations()
_spoken: ContextVar[NullTranslations] = ContextVar("spoken", default=_PLAIN)


def _none(language: str) -> NullTranslations | None:
    return None


class _Library:
    """Where catalogues come from: set once, when the product is put together."""

    find: Catalogues = staticmethod(_none)


def use_catalogues(find: Catalogues) -> None:
    """find: the catalogue of a language, None where there is none. Called often; it remembers."""
    _Library.find = staticmethod(find)


def speak(language: str) -> None:
    """From now on, in this task. language: ISO 639-1."""
    _spoken.set(_PLAIN if language == ENGLISH else _Library.find(language) or _PLAIN)


def tr(sentence: str, /, **facts: object) -> str:
    """The sentence with its facts filled in."""
    said = _spoken.get().gettext(sentence)
    return said.format(**facts) if facts else said


def trn(one: str, many: str, number: int, /, **facts: object) -> str:
    """The same for a number of things, which is `{number}` in the sentence."""
    said = _spoken.get().ngettext(one, many, number)
    return said.format(number=number, **facts)


def short(word: str) -> str:
    """A weekday or a month cut short, which may be written like the whole word: "May"."""
    return _spoken.get().pgettext("short", word)


def N_(sentence: str) -> str:
    """Marks a sentence that is put in the family's language where it is said."""
    return sentence
