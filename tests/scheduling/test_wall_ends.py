"""A named end is a wall time, a length is elapsed time; nights of the clock change tell them
apart."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.editing import apply
from scheduling.edits import ChangeEvent, MoveEvent
from scheduling.events import Event
from scheduling.language.times import find_times
from scheduling.phrasing import local
from scheduling.recurrence import expand, to_instant
from scheduling.span import Span
from tests.scheduling.rivera_calendar import BEN, SOCCER, at, event, shown

ZONES = ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata"]
SHIFT = replace(
    event("night shift", "2026-03-06 22:00", 480, BEN, rrule="FREQ=DAILY;COUNT=4"), wall_end=True
)


def ends(shift: Event) -> list[str]:
    zone = ZoneInfo(shift.timezone)
    return [f"{local(o.span.end, zone):%d %H:%M}" for o in shown(shift)]


@pytest.mark.parametrize(
    ("zone", "start", "hours", "wall_end", "end"),
    [
        pytest.param("America/New_York", "2026-03-07 22:00", 8, True, "06:00", id="a short night"),
        pytest.param("America/New_York", "2026-03-07 22:00", 8, False, "07:00", id="eight hours"),
        pytest.param("America/New_York", "2026-10-31 23:00", 6, True, "05:00", id="a long night"),
        pytest.param("America/New_York", "2026-10-31 23:00", 6, False, "04:00", id="six hours"),
        pytest.param("America/New_York", "2026-03-08 02:30", 1, True, "04:30", id="into the gap"),
        pytest.param("America/New_York", "2026-03-07 23:30", 3, True, "03:30", id="ends in it"),
        pytest.param("Europe/Berlin", "2026-03-28 22:00", 8, True, "06:00", id="Berlin"),
        pytest.param("Asia/Kolkata", "2026-03-07 22:00", 8, True, "06:00", id="no clock change"),
    ],
)
def test_where_an_event_ends(zone: str, start: str, hours: int, wall_end: bool, end: str) -> None:
    booked = replace(event("x", start, hours * 60, timezone=zone), wall_end=wall_end)
    assert ends(booked)[0].endswith(end)


@given(
    zone=st.sampled_from(ZONES),
    start=st.times(min_value=time(0), max_value=time(23, 45)),
    minutes=st.integers(1, 1_439),
)
@settings(max_examples=60, deadline=None)
def test_a_named_end_is_that_wall_time_on_every_day_of_the_year(
    zone: str, start: time, minutes: int
) -> None:
    wall = datetime.combine(date(2026, 1, 1), start.replace(second=0, microsecond=0))
    series = event("x", wall, minutes, timezone=zone, rrule="FREQ=DAILY;COUNT=365")
    year = Span(datetime(2025, 12, 30, tzinfo=UTC), datetime(2027, 1, 3, tzinfo=UTC))
    found = expand(replace(series, wall_end=True), year)
    assert len(found) == 365
    for o in found:
        named = to_instant(o.recurrence_id + timedelta(minutes=minutes), ZoneInfo(zone))
        # Only what would begin and end in one gap of the clock keeps its length instead.
        assert o.span.end == named or o.span.duration == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param(
            MoveEvent(SOCCER, at("2026-03-07 22:00"), at("2026-03-07 21:00")),
            ["07 06:00", "08 05:00", "09 06:00", "10 06:00"],
            id="one moved keeps the kind of its end",
        ),
        pytest.param(
            ChangeEvent(SOCCER, at("2026-03-07 22:00"), duration=timedelta(hours=8)),
            ["07 06:00", "08 07:00", "09 06:00", "10 06:00"],
            id="a length given later is elapsed time",
        ),
        pytest.param(
            MoveEvent(
                SOCCER, at("2026-03-07 22:00"), at("2026-03-07 22:00"), duration=timedelta(hours=9)
            ),
            ["07 06:00", "08 08:00", "09 06:00", "10 06:00"],
            id="moved with a length",
        ),
        pytest.param(
            ChangeEvent(SOCCER, at("2026-03-06 22:00"), "series", duration=timedelta(hours=7)),
            ["07 05:00", "08 06:00", "09 05:00", "10 05:00"],
            id="all of it by a length",
        ),
    ],
)
def test_edits_of_a_named_end(edit: ChangeEvent | MoveEvent, expected: list[str]) -> None:
    assert ends(apply(edit, SHIFT)[0]) == expected


def test_giving_one_the_end_it_has_leaves_no_trace() -> None:
    as_it_is = ChangeEvent(
        SOCCER, at("2026-03-07 22:00"), duration=timedelta(hours=8), wall_end=True
    )
    assert apply(as_it_is, SHIFT) == [SHIFT]


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        pytest.param("today 10pm to 6am", False, id="a named end"),
        pytest.param("today 10pm for 8 hours", True, id="hours"),
        pytest.param("today 5pm for 2 days", False, id="days end at the same hour"),
        pytest.param("every day 10pm to 6am", False, id="a named end that repeats"),
        pytest.param("every day at 10pm for 8 hours", True, id="hours that repeat"),
        pytest.param("the next 3 hours", True, id="from now on"),
    ],
)
def test_which_ends_are_measured(text: str, measured: bool) -> None:
    (when,) = find_times(text, at("2026-03-07 10:00"))
    assert when.end is not None
    assert when.measured is measured
