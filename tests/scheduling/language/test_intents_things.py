"""What the family shares is reserved wherever a booking names it as used."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.scheduling.language.rivera import HOME, Row, check, rows

BIKES = replace(HOME, resources=("car", "bike", "van"))

USED: list[Row] = [
    ("behind-a-name", "soccer Saturday 2pm Mia car", [{"title": "soccer", "resource": ["car"]}]),
    ("before-the-day", "soccer Mia car Saturday 2pm", [{"title": "soccer", "resource": ["car"]}]),
    ("behind-the-hour", "store thursday 14:15 car", [{"title": "store", "resource": ["car"]}]),
    ("first", "car saturday 2pm soccer Mia", [{"title": "soccer", "resource": ["car"]}]),
    ("needs-a", "trip saturday 1pm Leo, needs a bike", [{"title": "trip", "resource": ["bike"]}]),
    ("i-need-a", "ride saturday 1pm, I need a bike", [{"title": "ride", "resource": ["bike"]}]),
    ("with-a", "ride saturday 1pm Mia with a bike", [{"title": "ride", "resource": ["bike"]}]),
    ("on-a", "ride saturday 1pm Mia on a bike", [{"title": "ride", "resource": ["bike"]}]),
    ("both", "lake sunday 1pm with both bikes", [{"resource": ["bike"]}]),
    (
        "two-kinds",
        "race sat 2pm Leo, car and bike",
        [{"title": "race", "resource": ["car", "bike"]}],
    ),
]
CARED_FOR: list[Row] = [
    ("oil", "oil change for the car Monday 8-10am", [{"resource": ["car"]}]),
    ("wash", "car wash saturday 9am", [{"title": "car wash", "resource": ["car"]}]),
    ("repair", "bike repair monday 9am", [{"title": "bike repair", "resource": ["bike"]}]),
    ("needs", "the car needs an oil change monday 8am", [{"resource": ["car"]}]),
    ("trip", "car trip to Boston saturday 9am", [{"resource": ["car"]}]),
]
ONLY_NAMED: list[Row] = [
    ("insurance", "car insurance call friday 9am", [{"resource": None}]),
    ("seat", "car seat check friday 9am", [{"resource": None}]),
    ("show", "car show saturday 10am", [{"resource": None}]),
    ("painter", "van Gogh exhibition saturday 11am", [{"resource": None}]),
    ("new", "buy a car saturday 10am", [{"resource": None}]),
]


@pytest.mark.parametrize(("text", "expected"), rows(USED + CARED_FOR + ONLY_NAMED))
def test_things_of_the_family(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected, BIKES)
