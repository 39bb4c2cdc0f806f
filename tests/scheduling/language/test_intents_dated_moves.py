"""Which occurrence moves, told by its date, and where it moves to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from scheduling.language.interpret import interpret
from scheduling.language.readings import Move
from scheduling.language.when import LocalMoment
from tests.scheduling.language.rivera import HOME, NOW

KNOWN = replace(HOME, titles=("yoga", "piano", "dinner"))


def moved(text: str) -> Move:
    (item,) = interpret(text, KNOWN, NOW).items
    assert isinstance(item, Move), item
    return item


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("move yoga on March 16 to 8pm", date(2026, 3, 16), time(20)),
        ("can you move yoga on March 16 to 8pm?", date(2026, 3, 16), time(20)),
        ("move the yoga for March 16 to 8pm", date(2026, 3, 16), time(20)),
        ("move yoga on the 16th to the 17th", date(2026, 3, 16), date(2026, 3, 17)),
        ("push yoga on 3/16 to 3/17", date(2026, 3, 16), date(2026, 3, 17)),
        ("move piano on 17 March to 18 March", date(2026, 3, 17), date(2026, 3, 18)),
        ("move piano on Tuesday 31 March to 5pm", date(2026, 3, 31), time(17)),
        (
            "move piano on March 24 to Wednesday the 25th at 5pm",
            date(2026, 3, 24),
            datetime(2026, 3, 25, 17),
        ),
        (
            "reschedule piano on march 24th 5pm to march 26th 4pm",
            datetime(2026, 3, 24, 17),
            datetime(2026, 3, 26, 16),
        ),
        ("move yoga at 7pm on monday to 8pm", datetime(2026, 3, 9, 19), time(20)),
        ("yoga on March 16 is moved to 8pm", date(2026, 3, 16), time(20)),
        ("move yoga next monday to 8pm", date(2026, 3, 9), time(20)),
    ],
)
def test_the_first_date_is_what_moves(text: str, old: LocalMoment, new: LocalMoment | time) -> None:
    move = moved(text)
    assert move.target.when is not None
    assert move.target.when.start == old
    assert move.to is not None
    assert move.to.end is None
    assert (move.to.time if isinstance(new, time) else move.to.start) == new


@pytest.mark.parametrize(
    "text", ["put yoga on friday 5 to 7pm", "move dinner on friday from 5 to 7pm"]
)
def test_one_time_from_and_to_is_the_new_one(text: str) -> None:
    move = moved(text)
    assert move.target.when is None
    assert move.to is not None
    assert (move.to.start, move.to.end) == (datetime(2026, 3, 6, 17), datetime(2026, 3, 6, 19))
