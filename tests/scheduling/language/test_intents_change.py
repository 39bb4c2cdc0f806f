"""Changing all but the time of an event, named or just shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from scheduling.language.interpret import interpret
from scheduling.language.readings import Change
from tests.scheduling.language.rivera import HOME, NOW, read

SHOWN = replace(HOME, titles=("piano", "soccer", "dinner"), focus="dinner")
HOUR = timedelta(hours=1)
CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("add", "add Leo", {"add_people": ("Leo",)}),
    ("add_to", "add Grandma and Mia to soccer", {"add_people": ("Grandma", "Mia")}),
    ("also", "also Leo", {"add_people": ("Leo",)}),
    ("also_thing", "also the car", {"add_resources": ("car",)}),
    ("coming", "Grandma is coming too", {"add_people": ("Grandma",)}),
    ("need_too", "we need the car too", {"add_resources": ("car",)}),
    ("need_for", "also need the van for soccer", {"add_resources": ("van",)}),
    ("invite", "invite Grandma", {"add_people": ("Grandma",)}),
    ("remove", "remove Leo from soccer", {"remove_people": ("Leo",)}),
    ("take_off", "take Mia off piano", {"remove_people": ("Mia",)}),
    ("without", "without Dad", {"remove_people": ("Dad",)}),
    ("not_coming", "Leo isn't coming", {"remove_people": ("Leo",)}),
    ("no_car", "we don't need the car", {"remove_resources": ("car",)}),
    ("length", "make it 90 minutes", {"duration": timedelta(minutes=90)}),
    ("length_of", "make piano an hour", {"duration": HOUR}),
    ("takes", "it takes 2 hours", {"duration": 2 * HOUR}),
    ("longer", "make dinner 30 minutes longer", {"longer": HOUR / 2}),
    ("extend", "extend piano by 15 minutes", {"longer": HOUR / 4}),
    ("shorten_by", "shorten soccer by 15 minutes", {"longer": -HOUR / 4}),
    ("shorten_to", "shorten soccer to 45 min", {"duration": timedelta(minutes=45)}),
    ("rename", "rename it to family feast", {"title": "family feast"}),
    ("rename_named", "rename soccer to football", {"title": "football"}),
    ("call_it", "call it pizza night", {"title": "pizza night"}),
    ("place", "it's at Luigi's", {"place": "Luigi's"}),
    ("place_of", "soccer is at the stadium", {"place": "stadium"}),
    ("place_change", "change the location of piano to Emma's house", {"place": "Emma's house"}),
    ("place_move", "move soccer to the gym", {"place": "gym"}),
    ("drives", "Ben drives", {"assign": ("driver", "Dad")}),
    ("i_drive", "I'll drive", {"assign": ("driver", "Mom")}),
    ("drives_to", "Dad drives Leo to soccer", {"assign": ("driver", "Dad")}),
    ("no_driver", "we need a driver", {"open_role": "driver"}),
    ("remind", "remind us 2 hours before", {"reminders": (2 * HOUR,)}),
    ("a_reminder", "add a 30 minute reminder", {"reminders": (HOUR / 2,)}),
]


@pytest.mark.parametrize(
    ("text", "slots"), [pytest.param(text, slots, id=name) for name, text, slots in CASES]
)
def test_a_change_is_read(text: str, slots: dict[str, Any]) -> None:
    (item,) = interpret(text, SHOWN, NOW).items
    assert isinstance(item, Change)
    assert {key: getattr(item, key) for key in slots} == slots


@pytest.mark.parametrize("text", ["add Leo to soccer", "soccer is at the stadium"])
def test_a_named_event_is_the_target(text: str) -> None:
    (item,) = interpret(text, SHOWN, NOW).items
    assert isinstance(item, Change)
    assert item.target.words == "soccer"
    assert item.confidence == 1.0


def test_a_change_to_nothing_in_sight_is_asked_about() -> None:
    (item,) = interpret("add Leo", HOME, NOW).items
    assert isinstance(item, Change)
    assert item.target.it
    assert item.confidence < 0.7


@pytest.mark.parametrize("text", ["Grandma is coming too", "I'll drive", "it's at Luigi's"])
def test_a_remark_with_nothing_in_sight_is_talk(text: str) -> None:
    assert read(text) == []
