"""Days and hours that are mistyped, impossible, wide, or said once for several."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from scheduling.language.interpret import interpret
from scheduling.language.readings import Create
from scheduling.language.times import find_times
from scheduling.language.timing import of_day
from tests.scheduling.language.rivera import HOME
from tests.scheduling.language.told import NOW, all_told, table


@table(
    swapped=("thurdsay 1-2:30", "2026-03-05 13:00-14:30"),
    letter_less=("sundy 4pm", "2026-03-08 16:00"),
    on=("on mondy at 4", "2026-03-09 16:00"),
    short_before_week=("wed next week 11am", "2026-03-11 11:00"),
    short_after_week=("next week wed quarter past 9", "2026-03-11 09:15"),
    sat_beside_someone=("Leo sat next to Ben", "-"),
    week_after_a_day=("week after next tuesday 3pm", "2026-03-17 15:00"),
    after_school=("next week after school", "2026-03-09 [15:00-18:00]"),
    night_hour=("tonight 1am to 4am", "2026-03-05 01:00-04:00"),
)
def test_days_as_they_are_typed(text: str, expected: str) -> None:
    assert all_told(text) == expected


@table(
    figures=("dentist 13/13 3pm", "impossible: 13/13"),
    year=("party in the year 9999 at 3pm", "impossible: year 9999"),
    date=("party 3/7/9999 at 3pm", "impossible: year 9999"),
    unheard_of=("lunch blursday 4pm", "impossible: “blursday”"),
    score=("Leo had 18/20 in maths", "-"),
    holiday=("payday lunch", "-"),
)
def test_days_that_are_none(text: str, expected: str) -> None:
    assert all_told(text) == expected


@table(
    next_week=("mon-fri 5pm next week", "FREQ=DAILY;COUNT=5 @ 2026-03-09 17:00"),
    dash=("mon-wed 5pm", "FREQ=DAILY;COUNT=3 @ 2026-03-09 17:00"),
    behind_a_name=("july 6 through 10 Leo 9-3", "FREQ=DAILY;COUNT=5 @ 2026-07-06 09:00-15:00"),
    beside=("july 6-10 9-3 Leo", "FREQ=DAILY;COUNT=5 @ 2026-07-06 09:00-15:00"),
    one_day=("saturday Leo 9-3", "2026-03-07 09:00-15:00"),
)
def test_one_hour_for_several_days(text: str, expected: str) -> None:
    assert all_told(text) == expected


@pytest.mark.parametrize("text", ["next week", "end of march", "the end of the month at 9am"])
def test_a_stretch_is_vague(text: str) -> None:
    (when,) = find_times(text, NOW)
    assert when.vague


@pytest.mark.parametrize("text", ["friday", "this weekend", "next 3 days", "until next week"])
def test_days_are_not_vague(text: str) -> None:
    assert not any(when.vague for when in find_times(text, NOW))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("lunch mon, wed and fri at noon", [9, 4, 6]),
        ("lunch monday, wednesday and friday 12:30", [9, 4, 6]),
        ("Leo dentist march 9, 10 and 11 at 9am", [9, 10, 11]),
        ("dentist on the 9th, 10th and 11th at 9am", [9, 10, 11]),
        ("Leo has swim tues and thurs 5-6", [10, 5]),
    ],
)
def test_each_listed_day_is_booked(text: str, days: list[int]) -> None:
    items = interpret(text, HOME, NOW).items
    starts = [i.when.start for i in items if isinstance(i, Create) and i.when]
    assert [s.day for s in starts if isinstance(s, datetime)] == days
    assert len({i.title for i in items if isinstance(i, Create)}) == 1


@pytest.mark.parametrize(
    ("text", "assumed"),
    [
        ("choir friday at 7", ("morning",)),
        ("choir friday at 6", ("evening",)),
        ("choir friday at 5", ("afternoon",)),
        ("choir friday at 9", ()),
        ("breakfast friday at 7", ()),
        ("choir friday at 7pm", ()),
    ],
)
def test_the_half_of_the_day_is_said_where_it_is_a_guess(
    text: str, assumed: tuple[str, ...]
) -> None:
    (when,) = find_times(text, NOW)
    assert when.assumed == assumed


def test_a_passed_hour_is_this_evening_but_not_on_another_day() -> None:
    (when,) = find_times("at 8", replace_hour(NOW))
    assert (when.time, when.assumed) == (time(20), ("this evening",))
    other = of_day(when, date(2026, 3, 6))
    assert (other.time, other.assumed) == (time(8), ())


def replace_hour(now: datetime) -> datetime:
    return now.replace(hour=14)


def test_a_school_run_the_next_day_is_in_the_morning() -> None:
    text = "dentist tomorrow for me at 8, school run for Dad at 8:15"
    items = interpret(text, replace(HOME), NOW).items
    starts = [i.when.start for i in items if isinstance(i, Create) and i.when]
    assert starts == [datetime(2026, 3, 5, 8), datetime(2026, 3, 5, 8, 15)]
