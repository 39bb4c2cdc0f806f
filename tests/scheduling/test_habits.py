"""What the latest events of a title have in common, and when that is a custom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from scheduling.habits import (
    Past,
    title_key,
    usual_length,
    usual_people,
    usual_place,
    usual_resources,
)

MIA, LEO, CAR = uuid4(), uuid4(), uuid4()
HOUR, LONG = timedelta(hours=1), timedelta(minutes=90)


def past(
    *lengths: timedelta | None,
    place: str | None = "Park",
    who: frozenset[UUID] = frozenset({MIA}),
    said: bool = True,
) -> list[Past]:
    return [Past(length, place, who, (CAR,), said) for length in lengths]


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        pytest.param([], None, id="never"),
        pytest.param([LONG], None, id="once"),
        pytest.param([LONG, LONG], LONG, id="twice"),
        pytest.param([LONG, HOUR, LONG], None, id="they differ"),
        pytest.param([LONG] * 5 + [HOUR], LONG, id="long ago it was another"),
        pytest.param([LONG, None, LONG], LONG, id="whole days have none"),
        pytest.param([None, None], None, id="only whole days"),
    ],
)
def test_length(lengths: Sequence[timedelta | None], expected: timedelta | None) -> None:
    assert usual_length(past(*lengths)) == expected


def test_place_and_things_are_those_of_all() -> None:
    both = past(HOUR, HOUR)
    assert usual_place(both) == "Park"
    assert usual_resources(both) == (CAR,)
    one_without = [both[0], replace(both[1], place=None, resources=())]
    assert usual_place(one_without) is None
    assert usual_resources(one_without) == ()
    nowhere = [replace(each, place=None, resources=()) for each in both]
    assert usual_place(nowhere) is None
    assert usual_resources(nowhere) == ()


def test_people_take_a_few_more_and_were_said() -> None:
    mias, leos = frozenset({MIA}), frozenset({LEO})
    assert usual_people(past(HOUR, HOUR)) == frozenset()
    assert usual_people(past(HOUR, HOUR, HOUR)) == mias
    assert usual_people([*past(HOUR, HOUR), *past(HOUR, who=leos)]) == frozenset()
    assert usual_people([*past(HOUR, HOUR), *past(HOUR, said=False)]) == frozenset()
    assert usual_people([*past(*[HOUR] * 5), *past(HOUR, who=leos)]) == mias


def test_titles_are_compared_by_their_words() -> None:
    assert title_key("  The SOCCER  practice! ") == "soccer practice"
    assert title_key("soccer practice") == "soccer practice"
    assert title_key("Fußball") == title_key("FUSSBALL")
    assert title_key("theatre") == "theatre"
