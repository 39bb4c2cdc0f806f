"""What is probably one thing, said twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.clashes.likeness import alike, likely_same
from scheduling.events import Occurrence, Participant
from scheduling.span import Span

SEVEN = datetime(2026, 3, 10, 23, tzinfo=UTC)
ANNA, BEN = UUID(int=1), UUID(int=2)


def occurrence(title: str, minutes: int = 0, *people: UUID, **more: object) -> Occurrence:
    start = SEVEN + timedelta(minutes=minutes)
    found = Occurrence(
        event_id=UUID(int=9),
        recurrence_id=datetime(2026, 3, 10, 19),
        span=Span(start, start + timedelta(hours=1)),
        title=title,
        participants=tuple(Participant(p) for p in people),
    )
    return replace(found, **more)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("parents' evening", "Parents evening", True),
        ("parents evening", "parents' evening at school", True),
        ("dentist", "Dentist appointment", True),
        ("dentst", "dentist", True),
        ("soccer practice", "practice soccer", True),
        ("swim", "swim gala", False),
        ("piano", "pilates", False),
        ("", "piano", False),
        ("the", "a", False),
        ("dentist", "doctor", False),
    ],
)
def test_titles(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same
    assert alike(other, one) is same


@pytest.mark.parametrize(
    ("there", "same"),
    [
        pytest.param(occurrence("dentist", 0, ANNA), True, id="the same"),
        pytest.param(occurrence("dentist", 30, ANNA, BEN), True, id="half an hour later"),
        pytest.param(occurrence("dentist", 90, ANNA), False, id="too much later"),
        pytest.param(occurrence("dentist", 0, BEN), False, id="for somebody else"),
        pytest.param(occurrence("dentist"), True, id="for nobody in particular"),
        pytest.param(occurrence("dentist", 0, ANNA, all_day=True), False, id="all day"),
        pytest.param(occurrence("dentist", 0, ANNA, reminder_only=True), False, id="a reminder"),
        pytest.param(occurrence("piano", 0, ANNA), False, id="something else"),
    ],
)
def test_time_and_people(there: Occurrence, same: bool) -> None:
    found = likely_same(occurrence("dentist", 0, ANNA), [there])
    assert found == (there if same else None)


def test_what_two_put_down_each_for_themselves() -> None:
    wanted = occurrence("spring concert", 0, ANNA)
    theirs, later = occurrence("concert, spring", 0, BEN), occurrence("spring concert", 30, BEN)
    assert likely_same(wanted, [theirs], (ANNA, BEN)) == theirs
    assert likely_same(wanted, [later], (ANNA, BEN)) is None, "at the very same time"
    assert likely_same(wanted, [theirs], (ANNA,)) is None, "a child's is its own"


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_mutual(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
