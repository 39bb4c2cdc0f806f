"""Every language says everything that the code can say, with the same facts in it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.catalogues import LOCALES, catalogue
from scheduling import speech
from scheduling.phrasing import day, duration_words
from scripts.catalogues import sentences

FACTS = re.compile(r"\{\w+\}")
FILES = sorted(LOCALES.glob("*.po"))


def texts(message: str | tuple[str, ...] | list[str]) -> list[str]:
    return [message] if isinstance(message, str) else list(message)


def facts(text: str) -> set[str]:
    return set(FACTS.findall(text))


def test_there_are_the_languages_that_are_promised() -> None:
    assert {path.stem for path in FILES} >= {"de", "es", "fr"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_missing_left_over_or_without_its_facts(path: Path) -> None:
    with path.open("rb") as file:
        known = {(m.context, str(m.id)): m for m in read_po(file, locale=path.stem) if m.id}
    wanted = {(m.context, str(m.id)): m for m in sentences() if m.id}
    assert known.keys() == wanted.keys(), "make catalogues, and fill in what is empty"
    for message in known.values():
        for said in texts(message.string):
            assert said.strip() or not texts(message.id)[0].strip(), f"untranslated: {message.id}"
        # A language may have more plurals than English.
        first, *_, last = (*texts(message.id), texts(message.id)[-1])
        for number, said in enumerate(texts(message.string)):
            original = last if number else first
            assert facts(original) == facts(said), f"{original!r} and {said!r}"
            assert original[:1].isspace() == said[:1].isspace(), original


def test_a_language_that_is_not_there_is_english() -> None:
    assert catalogue("xx") is None
    assert catalogue("../settings") is None


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", "Sat 7 Mar, 1 hour 30 minutes"),
        ("de", "Sa 7. März, 1 Stunde 30 Minuten"),
        ("es", "sáb 7 mar, 1 hora 30 minutos"),
        ("fr", "sam. 7 mars, 1 heure 30 minutes"),
    ],
)
def test_days_and_lengths(language: str, wanted: str) -> None:
    speech.use_catalogues(catalogue)
    speech.speak(language)
    try:
        said = f"{day(date(2026, 3, 7))}, {duration_words(timedelta(minutes=90))}"
        assert said == wanted
    finally:
        speech.speak("en")
