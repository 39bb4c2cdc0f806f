"""The bars of understanding: what share of each corpus must be right, and how little wrong.

`family.jsonl` (whole messages) and `family_times.jsonl` (the time in one) live here. The public
corpora do not: they are read from a folder beside the repository where it has one, and skipped,
by name, where it has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from tests.corpora.grading import (
    HERE,
    SHARED,
    Case,
    ask,
    grade,
    grade_message,
    kind,
    read,
    time_cases,
)

PUBLIC = ("recognizers_en", "duckling_en", "chrono_en")
PUBLIC_RIGHT = 68.0


def public(name: str) -> list[Case]:
    """A public corpus, or a skip that says which bar was not checked."""
    path = SHARED / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"public corpus {name} is not here: its bar of {PUBLIC_RIGHT} % is unchecked")
    return read(path)


def shares(cases: Sequence[Case]) -> dict[str, float]:
    """Percent right, wrong and unanswered."""
    counts = Counter(map(grade, cases, ask(cases)))
    return {name: 100 * counts[name] / len(cases) for name in ("right", "wrong", "none")}


@pytest.mark.parametrize("name", PUBLIC)
def test_public_corpora(name: str) -> None:
    assert shares(public(name))["right"] >= PUBLIC_RIGHT


def test_repetitions_in_public_corpora() -> None:
    repeating = [case for case in public("recognizers_en") if case["kind"] == "set"]
    assert shares(repeating)["right"] >= 90.0


def test_times_in_family_messages() -> None:
    found = shares(time_cases(read(HERE / "family.jsonl")))
    assert found["right"] >= 92.0
    assert found["wrong"] <= 5.0


def test_times_as_families_write_them() -> None:
    found = shares(read(HERE / "family_times.jsonl"))
    assert found["right"] >= 95.0
    assert found["wrong"] <= 4.0


def test_repetitions_as_families_write_them() -> None:
    cases = [case for case in read(HERE / "family_times.jsonl") if case["kind"] == "set"]
    assert shares(cases)["right"] >= 95.0


def test_repetitions_in_family_messages() -> None:
    cases = [case for case in time_cases(read(HERE / "family.jsonl")) if case["kind"] == "set"]
    assert shares(cases)["right"] >= 90.0


def test_silence_on_chit_chat() -> None:
    cases = [case for case in read(HERE / "family.jsonl") if not case["expected"]["items"]]
    silent = [not answer.get("items") for answer in ask(cases)]
    assert sum(silent) >= 0.95 * len(cases)


def test_whole_family_messages() -> None:
    cases = read(HERE / "family.jsonl")
    graded = list(map(grade_message, cases, ask(cases)))
    assert sum(exact for exact, _ in graded) >= 0.72 * len(cases)
    assert sum(intent for _, intent in graded) >= 0.90 * len(cases)


@pytest.mark.parametrize(
    ("expected", "got", "right"),
    [
        pytest.param({"start": "2026-03-07"}, {"start": "2026-03-07"}, True, id="day"),
        pytest.param({"start": "2026-03-07"}, {"start": "2026-03-07T14:00"}, False, id="no_hour"),
        pytest.param(
            {"start": "2026-03-07T14:00"}, {"start": "2026-03-07 14:00"}, True, id="same_minute"
        ),
        pytest.param(
            {"start": "2026-03-07T14:00", "end": "2026-03-07T15:00"},
            {"start": "2026-03-07T14:00"},
            False,
            id="range_needs_its_end",
        ),
        pytest.param(
            {"rrule": "FREQ=WEEKLY;BYDAY=MO,TU"},
            {"rrule": "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU,MO"},
            True,
            id="rule_in_any_order",
        ),
        pytest.param(
            {"rrule": "FREQ=DAILY", "time": "08:00"},
            {"rrule": "FREQ=DAILY", "time": "20:00"},
            False,
            id="rule_with_its_hour",
        ),
        pytest.param(
            {"start": "2026-03-07", "window": ["2026-03-07T06:00", "2026-03-07T12:00"]},
            {"start": "2026-03-07T13:00"},
            False,
            id="outside_the_window",
        ),
    ],
)
def test_the_grading(expected: dict[str, object], got: dict[str, object], right: bool) -> None:
    case = {"kind": kind(expected), "expected": expected}
    assert (grade(case, got) == "right") is right
