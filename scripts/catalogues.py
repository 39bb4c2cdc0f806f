"""Brings bot/locales up to date with the sentences in the code: `make catalogues`.

New sentences come in empty, those that are gone go out; a test fails while one is empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.catalogues import LOCALES
from scheduling.words import MONTH_WORDS, WEEKDAY_WORDS

ROOT = Path(__file__).parents[1]
PACKAGES = ("agents", "reminders", "scheduling", "bot")
KEYWORDS = {"tr": None, "N_": None, "trn": (1, 2)}


def sentences() -> Catalog:
    """Every sentence that the code can say."""
    found = Catalog(charset="utf-8")
    for package in PACKAGES:
        spoken = extract_from_dir(
            ROOT / package, [("**.py", "python")], keywords=KEYWORDS, comment_tags=()
        )
        for file, _, message, _, context in spoken:
            found.add(message, locations=[(f"{package}/{file}", 0)], context=context)
    for word in (*WEEKDAY_WORDS, *MONTH_WORDS):
        found.add(word[:3], context="short", locations=[("scheduling/words.py", 0)])
    return found


def spoken_languages() -> Iterator[Path]:
    yield from sorted(LOCALES.glob("*.po"))


def main() -> None:
    template = sentences()
    for path in spoken_languages():
        with path.open("rb") as file:
            known = read_po(file, locale=path.stem)
        known.update(template, no_fuzzy_matching=True)
        known.obsolete.clear()
        out = BytesIO()
        # Without dates and line numbers, so that only sentences change it.
        write_po(out, known, width=100, sort_output=True, include_lineno=False, omit_header=True)
        header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        header += f'"Language: {path.stem}\\n"\n"Plural-Forms: {known.plural_forms}\\n"\n\n'
        path.write_text(header + out.getvalue().decode(), "utf-8")


if __name__ == "__main__":
    main()
