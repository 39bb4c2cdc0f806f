"""The family the intent tables speak of, and how a table row is checked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from scheduling.language.as_json import items_of
from scheduling.language.interpret import interpret
from scheduling.language.readings import Context, Person

NOW = datetime(2026, 3, 4, 10, 0)
"""A Wednesday."""
PEOPLE = (
    Person("Mom", ("Anna",), "parent"),
    Person("Dad", ("Ben",), "parent"),
    Person("Mia", (), "child"),
    Person("Leo", (), "child"),
    Person("Grandma", (), "other"),
)
HOME = Context("Mom", PEOPLE, ("car", "van", "kitchen"))

Row = tuple[str, str, list[dict[str, Any]]]
"""(id, what Mom writes, the items expected; slots not listed are not compared)."""


def rows(table: list[Row]) -> list[Any]:
    """The table as pytest parameters with readable ids."""
    return [pytest.param(text, expected, id=name) for name, text, expected in table]


def read(text: str, context: Context = HOME, now: datetime = NOW) -> list[dict[str, Any]]:
    """The items of a message, as plain data."""
    return items_of(interpret(text, context, now))


def check(text: str, expected: list[dict[str, Any]], context: Context = HOME) -> None:
    """Fail unless the items are as many and hold every slot the row lists."""
    got = read(text, context)
    picked = [
        {key: item.get(key) for key in want} for item, want in zip(got, expected, strict=False)
    ]
    assert len(got) == len(expected), got
    assert picked == expected, got
