"""What events of a title are always like."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.scheduling.language.rivera import HOME, Row, check, read, rows

KNOWN = replace(HOME, titles=("soccer practice", "piano", "Krav Maga"))
SHOWN = replace(KNOWN, focus="soccer practice")


def h(title: str, **slots: Any) -> list[dict[str, Any]]:
    return [{"intent": "habit", "title": title, **slots}]


SAID: list[Row] = [
    (
        "against",
        "no, Mia's ballet is always 90 minutes",
        h("ballet", who=["Mia"], duration_min=90, corrects=True),
    ),
    (
        "no_comma",
        "no Leo's ballet is always 1.5 hours",
        h("ballet", who=["Leo"], duration_min=90, corrects=True),
    ),
    ("length", "yoga is always 45 minutes", h("yoga", duration_min=45, corrects=None)),
    ("lasts", "yoga always lasts half an hour", h("yoga", duration_min=30)),
    (
        "usually",
        "the kids' swimming usually takes 45 min",
        h("swimming", who=["Mia", "Leo"], duration_min=45),
    ),
    ("mine", "my yoga is always an hour and a half", h("yoga", who=["Mom"], duration_min=90)),
    ("for_whom", "ballet for Mia is always 2 hours", h("ballet", who=["Mia"], duration_min=120)),
    ("place", "soccer is always at Riverside Park", h("soccer practice", place="Riverside Park")),
    ("at_theirs", "dinner is always at Luigi's", h("dinner", place="Luigi's")),
    ("thing", "ballet always needs the car", h("ballet", resource=["car"])),
    ("use", "always take the van for ballet", h("ballet", resource=["van"])),
    ("comes", "Leo always comes to swimming", h("swimming", people=["Leo"], also=True)),
    (
        "people",
        "swimming is always for Leo and Mia",
        h("swimming", people=["Leo", "Mia"], also=None),
    ),
    (
        "several",
        "ballet is always 90 minutes at Riverside Park and needs the car",
        h("ballet", duration_min=90, place="Riverside Park", resource=["car"]),
    ),
    ("known_title", "Krav Maga is always 75 minutes", h("Krav Maga", duration_min=75)),
    ("known_part", "soccer is always 75 minutes", h("soccer practice", duration_min=75)),
    ("no_more", "yoga is not always 90 minutes any more", h("yoga", duration_min=90, remove=True)),
    ("nowhere", "yoga isn't always at the pool anymore", h("yoga", place="the pool", remove=True)),
    (
        "stays",
        "Leo doesn't always come to swimming any more",
        h("swimming", people=["Leo"], remove=True),
    ),
    (
        "forgotten",
        "forget what soccer usually is",
        h("soccer practice", remove=True, duration_min=None),
    ),
]


@pytest.mark.parametrize(("text", "expected"), rows(SAID))
def test_what_is_always_so(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected, KNOWN)


def test_it_is_what_was_shown_last() -> None:
    check("no, it's always 90 minutes", h("soccer practice", duration_min=90, corrects=True), SHOWN)
    assert read("no, it's always 90 minutes", KNOWN) == []


@pytest.mark.parametrize(
    "text",
    [
        "soccer is always fun",
        "soccer always starts at 5",
        "soccer is always at 5pm",
        "it is always raining",
        "he's always 5 minutes late",
        "Mia is always late for soccer",
        "Mia always comes home late",
        "Leo always goes to soccer by bus",
        "you are always at work",
        "homework always takes forever",
        "dinner is always with Dad",
        "no, 90 minutes",
    ],
)
def test_talk_is_silent(text: str) -> None:
    assert read(text, KNOWN) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("is piano always 45 minutes?", "query"),
        ("no events for Mia after 8 pm", "constraint"),
        ("we'd rather take the car than the van for soccer", "constraint"),
        ("always leave half an hour between appointments", "constraint"),
        ("piano every Tuesday at 4 for 45 minutes", "create"),
        ("make it 90 minutes", "change"),
        ("soccer practice is 90 minutes", "change"),
    ],
)
def test_what_it_does_not_take_from_others(text: str, kind: str) -> None:
    assert [item["intent"] for item in read(text, SHOWN)] == [kind]
