"""The evaluation: what counts as asked, and replies that are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from agents.models.port import Read, ToRead
from scheduling.language.worded import Worded
from tests.corpora.evaluate import Replies, messages

NOW = {"now": "2026-03-04T10:00", "tz": "America/New_York", "sender": "Mom", "lang": "en"}


def case(text: str, *items: dict[str, Any]) -> dict[str, Any]:
    return {**NOW, "text": text, "expected": {"items": list(items)}}


SOCCER = {"intent": "create", "title": "soccer", "start": "2026-03-07T14:00"}
PIANOFORTE = {
    "intent": "create",
    "title": "pianoforte",
    "who": ["Mia"],
    "start": "2026-03-05T16:00",
}
CASES = (
    case("soccer Saturday 2pm", SOCCER),
    case("soccer Saturday 2pm", {**SOCCER, "start": "2026-03-07T15:00"}),
    case("pianoforte per mia domani alle 4", PIANOFORTE),
    case("lol"),
)


class Model:
    name = "m"

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def read(self, asked: ToRead) -> Read:
        self.asked.append(asked.text)
        return Read((Worded("create", title="pianoforte", people=("Mia",), time="tomorrow 4pm"),))


@pytest.mark.parametrize("again", [False, True], ids=["asked", "played again"])
async def test_with_and_without_a_model(tmp_path: Path, again: bool) -> None:
    model, path = Model(), tmp_path / "kept" / "replies.jsonl"
    alone, beside = await messages("c", CASES, Replies(path, model))
    if again:
        alone, beside = await messages("c", CASES, Replies(path, None))
    assert model.asked == ["pianoforte per mia domani alle 4"], "only what needs one, and once"
    assert dict(alone.outcomes) == {"right": 2, "wrong": 1, "asked": 1}
    assert dict(beside.outcomes) == {"right": 3, "wrong": 1}
    assert (alone.needed, alone.cases) == (1, 4)


async def test_nothing_to_compare_with(tmp_path: Path) -> None:
    (alone,) = await messages("c", CASES, Replies(tmp_path / "none.jsonl", None))
    assert alone.how == "the grammar alone"
