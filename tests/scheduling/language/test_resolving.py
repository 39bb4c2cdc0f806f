"""A model's words, resolved and held against the message."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.language.readings import Cancel, Context, Create, Move, Person, Query, Remind
from scheduling.language.resolving import CLEAN, DOUBTFUL, borne_out, resolve
from scheduling.language.worded import KINDS, Worded

NOW = datetime(2026, 3, 4, 10)
CONTEXT = Context(
    sender="Anna",
    people=(
        Person("Anna", ("Mom",), "parent"),
        Person("Ben", ("Dad",), "parent"),
        Person("Mia", (), "child"),
    ),
    resources=("car",),
    titles=("soccer",),
)
TEXT = "klavier für mia und dad morgen um 4, 45 minuten, mit dem car, soccer"


def read(worded: Worded, text: str = TEXT) -> tuple[Cancel | Create | Move | Query | Remind, ...]:
    return resolve(worded, text, CONTEXT, NOW)


def test_a_booking_has_its_dates_from_here() -> None:
    (made,) = read(
        Worded(
            "create",
            "Klavier",
            ("Mia", "Dad"),
            "tomorrow 4pm",
            length="45 minutes",
            resources=("the car",),
        )
    )
    assert isinstance(made, Create)
    assert made.when is not None
    assert (made.when.start, made.when.duration) == (
        datetime(2026, 3, 5, 16),
        timedelta(minutes=45),
    )
    assert (made.who.names, made.resources, made.confidence) == (("Mia", "Ben"), ("car",), CLEAN)


@pytest.mark.parametrize(
    ("worded", "kind"),
    [
        pytest.param(Worded("move", target="soccer", time="friday at 4"), Move, id="move"),
        pytest.param(Worded("cancel", target="soccer", scope="series"), Cancel, id="cancel"),
        pytest.param(Worded("query", question="agenda", time="tomorrow"), Query, id="query"),
        pytest.param(Worded("remind", "klavier", time="tomorrow at 4"), Remind, id="remind"),
        pytest.param(Worded("other", plain="cancel soccer"), Cancel, id="in plain English"),
    ],
)
def test_kinds(worded: Worded, kind: type) -> None:
    (found,) = read(worded)
    assert isinstance(found, kind)


@pytest.mark.parametrize(
    "worded",
    [
        pytest.param(Worded("create", time="tomorrow 4pm"), id="a booking of nothing"),
        pytest.param(Worded("create", "x", time="when the moon is blue"), id="no time at all"),
        pytest.param(Worded("move", target="soccer"), id="a move to nowhere"),
        pytest.param(Worded("cancel"), id="cancelling nothing"),
        pytest.param(Worded("query"), id="a question about nothing"),
        pytest.param(Worded("other"), id="nothing"),
    ],
)
def test_what_cannot_be_resolved_is_nothing(worded: Worded) -> None:
    assert read(worded) == ()


SOUND = Worded("create", "Klavier", ("Mia",), "tomorrow 4pm")


@pytest.mark.parametrize(
    ("change", "sound"),
    [
        pytest.param({}, True, id="as it is"),
        pytest.param({"people": ("me", "the kids")}, True, id="words for people"),
        pytest.param({"people": ("Ben",)}, True, id="by his other name"),
        pytest.param({"people": ("Anna",)}, False, id="somebody nobody named"),
        pytest.param({"time": "tomorrow 5pm"}, False, id="another hour"),
        pytest.param({"length": "90 minutes"}, False, id="another length"),
        pytest.param({"title": "dentist"}, False, id="another title"),
        pytest.param({"time": "2026-03-05 4pm"}, False, id="a date worked out"),
    ],
)
def test_words_are_held_against_the_message(change: dict[str, object], sound: bool) -> None:
    worded = replace(SOUND, **change)
    assert borne_out(worded, TEXT, CONTEXT) is sound
    (found,) = read(worded)
    assert found.confidence == (CLEAN if sound else DOUBTFUL)


def test_whom_the_family_does_not_have_is_unknown() -> None:
    (made,) = read(replace(SOUND, people=("Zoe",)))
    assert isinstance(made, Create)
    assert made.who.unknown == ("Zoe",)


WORDS = st.text(max_size=40)


@given(
    st.builds(
        Worded,
        kind=st.sampled_from(KINDS),
        title=WORDS,
        people=st.tuples(WORDS),
        time=WORDS,
        length=WORDS,
        lead=WORDS,
        resources=st.tuples(WORDS),
        place=WORDS,
        target=WORDS,
        target_time=WORDS,
        plain=WORDS,
    ),
    WORDS,
)
def test_nothing_a_model_says_raises(worded: Worded, text: str) -> None:
    for item in read(worded, text):
        assert item.confidence <= CLEAN
