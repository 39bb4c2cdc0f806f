"""The sentences of other languages: gettext catalogues in `bot/locales`, one a language.

A file more is a language more: nothing in the code names them.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

LOCALES = Path(__file__).with_name("locales")


@cache
def catalogue(language: str) -> GNUTranslations | None:
    """None for a language without a catalogue. Read once a process, when it is first spoken."""
    source = LOCALES / f"{language}.po"
    if not language.isalpha() or not source.is_file():
        return None
    # Babel takes a while to import, and a family that speaks English needs none of it.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
