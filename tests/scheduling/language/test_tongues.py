"""German, Spanish and French: what families write every day, in a family of that language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interpret import context_of
from scheduling.language.interpret import interpret
from scheduling.language.readings import (
    Cancel,
    Constraint,
    Create,
    Habit,
    Intent,
    Move,
    Query,
    Remind,
    Resource,
)
from scheduling.language.tongues.english import TONGUES, in_english
from scheduling.language.tongues.names import NAMES, asked_for, own_name
from scheduling.language.when import When
from tests.scheduling.language.tongue_rows import FRENCH, GERMAN, SPANISH

NOW = datetime(2026, 3, 4, 10)
FAMILY = context_of(
    {
        "members": {"Anna": ["Mama", "Maman", "Mamá"], "Ben": ["Papa"], "Mia": [], "Leo": []},
        "sender": "Anna",
        "resources": ["car"],
        "context": {
            "titles": [
                "Klavier",
                "Zahnarzt",
                "dentista",
                "piano",
                "dentiste",
                "Elternabend",
                "Training",
            ]
        },
    }
)
ROWS = [
    *(("de", *row) for row in GERMAN),
    *(("es", *row) for row in SPANISH),
    *(("fr", *row) for row in FRENCH),
]


@pytest.mark.parametrize(("language", "text", "wanted"), ROWS, ids=[text for _, text, _ in ROWS])
def test_what_is_read(language: str, text: str, wanted: list[str]) -> None:
    read = interpret(text, replace(FAMILY, language=language), NOW)
    assert [told(item) for item in read.items] == wanted


def told(item: Intent) -> str:
    """One line: what, of what, when, for whom, with what."""
    match item:
        case Create():
            said = ["book", item.title, _when(item.when), _names(item.who), *item.resources]
        case Move():
            shift = f"by {item.shift}" if item.shift else ""
            said = ["move", item.target.words, _when(item.to), shift]
        case Cancel():
            said = ["cancel", item.target.words, _when(item.target.when)]
        case Remind():
            said = ["remind", item.title, _when(item.when), _names(item.who)]
        case Query():
            target = item.target.words if item.target else ""
            about = [target, _when(item.when), _names(item.who), *item.resources]
            said = ["ask", item.q, *about]
        case Constraint():
            said = ["rule", item.text, *item.who.names, f"after {item.after}" if item.after else ""]
        case Resource():
            said = ["share", item.name]
        case Habit():
            said = ["always", item.title, str(item.duration or "")]
        case _:
            said = [item.kind]
    return " | ".join(part for part in said if part)


def _names(who: Any) -> str:
    return "+".join(who.names)


def _when(when: When | None) -> str:
    if when is None:
        return ""
    said = _moment(when.start)
    if when.end is not None:
        said += f" to {_moment(when.end)}"
    if when.window is not None:
        said += f" in {when.window[0]:%H}-{when.window[1]:%H}"
    return f"{said} {when.repeat.rrule}" if when.repeat else said


def _moment(moment: date | datetime | None) -> str:
    if moment is None:
        return ""
    return f"{moment:%m-%d %H:%M}" if isinstance(moment, datetime) else f"{moment:%m-%d}"


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
@pytest.mark.parametrize(
    "text",
    [
        "soccer practice Saturday 2pm, Mia, need the car",
        "El Toro lunch friday noon",
        "move piano to Thursday 5pm",
        "what's on Saturday?",
        "dinner with Oma on Sunday at 12",
        "dentist tomorrow 3pm",
    ],
)
def test_english_stays_english_in_every_family(language: str, text: str) -> None:
    assert in_english(text, replace(FAMILY, language=language)) is None


def test_languages_have_names_of_their_own() -> None:
    assert [own_name(code) for code in NAMES] == ["English", "Deutsch", "Español", "Français"]
    assert asked_for("auf Deutsch bitte") == "de"
    assert asked_for("En français, s'il te plaît !") == "fr"
    assert asked_for("speak Spanish") == "es"
    assert asked_for("French") is None, "a lesson, perhaps"


def test_an_english_family_is_read_in_the_language_it_writes() -> None:
    (read,) = interpret("Zahnarzt für Mia morgen um halb neun", FAMILY, NOW).items
    assert told(read) == "book | Zahnarzt | 03-05 08:30 | Mia"


WORDS = st.sampled_from(
    [*sorted(set().union(*(tongue.signs for tongue in TONGUES.values()))), "12.3.", "17h", "31/2"]
)


@given(st.lists(st.one_of(WORDS, st.text(max_size=12)), max_size=25), st.sampled_from([*TONGUES]))
def test_no_words_are_too_strange(words: list[str], language: str) -> None:
    interpret(" ".join(words), replace(FAMILY, language=language), NOW)


@pytest.mark.parametrize(
    "text", ["verschiebe " * 400, "a " * 2000, "mueve el " + "x " * 900 + "al lunes"]
)
def test_long_texts_take_no_longer_than_their_length(text: str) -> None:
    for language in TONGUES:
        interpret(text, replace(FAMILY, language=language), NOW)
