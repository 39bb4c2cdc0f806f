"""What languages are called, and how one is asked for: "auf Deutsch bitte", "in English".

Apart from the tables of phrases: this much is known where no message is read.
"""

from __future__ import annotations

import re

from scheduling.family import Settings
from scheduling.speech import ENGLISH

NAMES: dict[str, tuple[str, ...]] = {
    ENGLISH: ("english", "englisch", "inglés", "ingles", "anglais"),
    "de": ("german", "deutsch", "alemán", "aleman", "allemand"),
    "es": ("spanish", "spanisch", "español", "espanol", "castellano", "espagnol"),
    "fr": ("french", "französisch", "franzoesisch", "francés", "frances", "français", "francais"),
}
WRITES_24_HOURS = frozenset(("de", "es", "fr"))
"""Where the day is told in 24 hours."""

_NAME = "|".join(re.escape(name) for names in NAMES.values() for name in names)
_VERB = (
    r"(?:speak|talk|answer|reply|write|sprich|antworte|rede?|schreib|habla|responde|escribe|parle"
    r"|réponds|écris)(?: to us)?"
)
_ASKED = re.compile(
    rf"(?:please |bitte |por favor,? )?(?:(?:{_VERB} )?(?:in|auf|en) |{_VERB} )(?P<name>{_NAME})"
    r"(?:,? (?:please|bitte|por favor|s['’]il te pla[iî]t|stp))?[\s.!]*",
    re.I,
)


def language_called(name: str) -> str | None:
    """The code of a language by its code or its name, in any of them."""
    plain = name.strip().casefold()
    if plain in NAMES:
        return plain
    return next((code for code, names in NAMES.items() if plain in names), None)


def asked_for(text: str) -> str | None:
    """The language that a message asks to be spoken, if that is all it says."""
    found = _ASKED.fullmatch(" ".join(text.split()))
    return language_called(found["name"]) if found else None


def own_name(code: str) -> str:
    """As its speakers call it: "Deutsch"."""
    names = NAMES.get(code, (code,))
    return names[{"de": 1, "es": 2, "fr": 5}.get(code, 0)].capitalize()


def of_locale(locale: str) -> str:
    """The language of a platform's locale ("de-AT", "pt_BR"), English where it is none of these."""
    code = re.split(r"[-_]", locale.casefold())[0]
    return code if code in NAMES else ENGLISH


def first_settings(locale: str) -> Settings:
    """A new family is spoken to as the first of it uses their platform."""
    language = of_locale(locale)
    return Settings(language=language, hours24=language in WRITES_24_HOURS)
