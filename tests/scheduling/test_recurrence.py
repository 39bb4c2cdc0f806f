from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.errors import LimitExceeded, NotUnderstood
from scheduling.events import Override, Participant, Status
from scheduling.recurrence import (
    expand,
    extension,
    horizon,
    materialise,
    next_occurrence,
    occurrence,
    to_instant,
)
from scheduling.span import Span
from tests.scheduling.rivera_calendar import ANNA, BEN, MIA, NOW, at, event, shown, walls

ZONES = ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata"]
YEAR = Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
TUESDAYS = event("piano", "2026-03-10 16:00", 45, MIA, rrule="FREQ=WEEKLY;BYDAY=TU;UNTIL=20260331")


@pytest.mark.parametrize(
    ("zone", "wall", "instant"),
    [
        pytest.param("America/New_York", "2026-03-08 02:30", "2026-03-08 07:30", id="gap moves"),
        pytest.param("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30", id="first of two"),
        pytest.param("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:30", id="Berlin gap"),
        pytest.param("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30", id="Berlin twice"),
        pytest.param(
            "Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:45", id="30 minutes"
        ),
        pytest.param(
            "Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45", id="half twice"
        ),
        pytest.param("Asia/Kolkata", "2026-03-08 02:30", "2026-03-07 21:00", id="no clock change"),
    ],
)
def test_a_wall_time_becomes_an_instant(zone: str, wall: str, instant: str) -> None:
    assert to_instant(at(wall), ZoneInfo(zone)) == at(instant).replace(tzinfo=UTC)


def test_in_the_gap_the_local_time_is_later_by_the_gap() -> None:
    moved = to_instant(at("2026-03-08 02:30"), ZoneInfo("America/New_York"))
    assert moved.astimezone(ZoneInfo("America/New_York")).time() == time(3, 30)


@given(
    zone=st.sampled_from(ZONES),
    hour=st.times(min_value=time(0), max_value=time(23, 59)),
    minutes=st.integers(1, 600),
)
@settings(max_examples=60, deadline=None)
def test_a_daily_event_happens_on_every_day_of_the_year(
    zone: str, hour: time, minutes: int
) -> None:
    start = datetime.combine(date(2026, 1, 1), hour.replace(second=0, microsecond=0))
    daily = event("x", start, minutes, timezone=zone, rrule="FREQ=DAILY;UNTIL=20261231")
    found = expand(daily, Span(YEAR.start - timedelta(days=2), YEAR.end + timedelta(days=2)))
    assert len({o.recurrence_id for o in found}) == len(found) == 365
    assert all(o.span.duration == daily.duration for o in found)
    for o in found:
        local = o.span.start.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        # Equal to the wall time, or later by a gap of at most an hour on the same day.
        assert timedelta(0) <= local - o.recurrence_id <= timedelta(hours=1)
        assert local.date() == o.recurrence_id.date()


@given(
    zone=st.sampled_from(ZONES),
    first=st.integers(0, 400 * 24),
    hours=st.integers(1, 24 * 40),
    rrule=st.sampled_from(
        [
            "FREQ=DAILY",
            "FREQ=WEEKLY;BYDAY=MO,TH",
            "FREQ=MONTHLY;BYDAY=-1FR;COUNT=9",
            "FREQ=WEEKLY;INTERVAL=2;UNTIL=20260901",
        ]
    ),
    minutes=st.sampled_from([15, 60, 3000]),
)
@settings(max_examples=80, deadline=None)
def test_a_window_shows_what_touches_it_and_nothing_else(
    zone: str, first: int, hours: int, rrule: str, minutes: int
) -> None:
    series = event("x", "2026-01-01 23:30", minutes, timezone=zone, rrule=rrule)
    window = Span(YEAR.start + timedelta(hours=first), YEAR.start + timedelta(hours=first + hours))
    everything = expand(series, Span(YEAR.start - timedelta(days=5), YEAR.end.replace(year=2028)))
    assert expand(series, window) == [o for o in everything if o.span.overlaps(window)]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param(
            {},
            ["Tue 10 Mar 16:00", "Tue 17 Mar 16:00", "Tue 24 Mar 16:00", "Tue 31 Mar 16:00"],
            id="until is inclusive",
        ),
        pytest.param(
            {"cancelled": (at("2026-03-24 16:00"),)},
            ["Tue 10 Mar 16:00", "Tue 17 Mar 16:00", "Tue 31 Mar 16:00"],
            id="one cancelled",
        ),
        pytest.param(
            {"overrides": (Override(at("2026-03-10 16:00"), at("2026-03-11 17:00")),)},
            ["Wed 11 Mar 17:00", "Tue 17 Mar 16:00", "Tue 24 Mar 16:00", "Tue 31 Mar 16:00"],
            id="moving one shows one",
        ),
        pytest.param(
            {"overrides": (Override(at("2026-03-10 16:00"), at("2026-04-20 17:00")),)},
            ["Tue 17 Mar 16:00", "Tue 24 Mar 16:00", "Tue 31 Mar 16:00", "Mon 20 Apr 17:00"],
            id="moved behind the last",
        ),
        pytest.param(
            {"overrides": (Override(at("2026-03-11 16:00"), at("2026-03-12 17:00")),)},
            ["Tue 10 Mar 16:00", "Tue 17 Mar 16:00", "Tue 24 Mar 16:00", "Tue 31 Mar 16:00"],
            id="an override of no occurrence shows nothing",
        ),
        pytest.param(
            {"rrule": "FREQ=WEEKLY;BYDAY=TU;COUNT=2", "cancelled": (at("2026-03-10 16:00"),)},
            ["Tue 17 Mar 16:00"],
            id="a cancelled one counts",
        ),
        pytest.param(
            {"rrule": "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260317T000000Z"},
            ["Tue 10 Mar 16:00", "Tue 17 Mar 16:00"],
            id="only the date of until",
        ),
    ],
)
def test_a_series_and_its_exceptions(changed: dict[str, Any], expected: list[str]) -> None:
    assert walls(shown(replace(TUESDAYS, **changed)), "America/New_York") == expected


def test_an_override_is_found_where_it_went_and_not_where_it_was() -> None:
    away = replace(TUESDAYS, overrides=(Override(at("2026-03-31 16:00"), at("2026-08-05 09:00")),))
    august = Span(datetime(2026, 8, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC))
    last_of_march = Span(datetime(2026, 3, 31, tzinfo=UTC), datetime(2026, 4, 2, tzinfo=UTC))
    assert walls(expand(away, august), "America/New_York") == ["Wed 05 Aug 09:00"]
    assert expand(away, last_of_march) == []


def test_an_override_is_found_before_the_window_in_which_the_rule_has_it() -> None:
    early = replace(TUESDAYS, overrides=(Override(at("2026-03-31 16:00"), at("2026-03-02 09:00")),))
    window = Span(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC))
    assert walls(expand(early, window), "America/New_York") == ["Mon 02 Mar 09:00"]


def test_an_override_changes_everything_it_names() -> None:
    changed = Override(
        at("2026-03-10 16:00"),
        duration=timedelta(minutes=90),
        title="recital",
        place="hall",
        participants=(Participant(ANNA), Participant(BEN)),
        resources=(),
    )
    first, second = shown(replace(TUESDAYS, overrides=(changed,)))[:2]
    assert (first.title, first.place, first.people) == ("recital", "hall", (ANNA, BEN))
    assert first.span.duration == timedelta(minutes=90)
    assert (second.title, second.people) == ("piano", (MIA,))


@pytest.mark.parametrize(
    ("start", "hours"),
    [("2026-03-07", 24), ("2026-03-08", 23), ("2026-11-01", 25)],
    ids=["usual", "spring forward", "fall back"],
)
def test_an_all_day_event_lasts_its_local_day(start: str, hours: int) -> None:
    (day,) = shown(event("x", start, 1440, all_day=True))
    assert day.span.duration == timedelta(hours=hours)


@pytest.mark.parametrize(
    "rrule",
    [
        "FREQ=HOURLY",
        "FREQ=MINUTELY",
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11",
    ],
)
def test_too_many_occurrences_are_refused(rrule: str) -> None:
    with pytest.raises(LimitExceeded):
        shown(event("x", "2026-03-07 14:00", rrule=rrule))


@pytest.mark.parametrize(
    "rrule",
    [
        "nonsense",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
        "FREQ=WEEKLY;BYSETPOS=9;BYDAY=MO",
        "FREQ=DAILY;BYHOUR=99",
        "FREQ=DAILY;FOO=1",
        "FREQ=WEEKLY;BYWEEKNO=3",
    ],
)
def test_a_rule_that_cannot_be_read_is_refused(rrule: str) -> None:
    with pytest.raises(NotUnderstood):
        shown(event("x", "2026-03-07 14:00", rrule=rrule))


@pytest.mark.parametrize("start", ["9999-12-31 23:30", "9999-12-31 00:00"])
def test_the_end_of_the_calendar_is_a_limit_not_a_crash(start: str) -> None:
    with pytest.raises(LimitExceeded):
        shown(event("x", start, 3000))


def test_a_single_event_is_kept_however_far_it_lies() -> None:
    assert len(shown(event("x", "2031-03-07 14:00"))) == 1


def test_rows_reach_to_the_horizon_and_the_extension_goes_on_from_there() -> None:
    daily = event("x", "2026-03-01 23:30", 3000, rrule="FREQ=DAILY")
    rows, until = materialise(daily, NOW)
    assert until == horizon(NOW) == datetime(2027, 9, 4, 15, tzinfo=UTC)
    later = NOW + timedelta(days=30)
    more, new_until = extension(daily, until, later)
    assert new_until == horizon(later)
    assert [o.recurrence_id for o in rows + more] == [
        o.recurrence_id for o in materialise(daily, later)[0]
    ]
    assert extension(daily, new_until, NOW) == ([], new_until)


def test_an_old_series_is_kept_from_five_years_back() -> None:
    old = event("x", "1990-01-01 09:00", rrule="FREQ=DAILY")
    assert shown(old)[0].span.start.year == 2021


@pytest.mark.parametrize(
    ("changed", "after", "expected"),
    [
        pytest.param({}, "2026-03-10 20:00", "2026-03-17 16:00", id="strictly later"),
        pytest.param({}, "2025-01-01 00:00", "2026-03-10 16:00", id="from long before"),
        pytest.param({}, "2026-04-01 00:00", None, id="over"),
        pytest.param({"rrule": None}, "2026-03-10 19:00", "2026-03-10 16:00", id="single"),
        pytest.param({"rrule": None}, "2026-03-10 20:00", None, id="single begun"),
        pytest.param({"status": Status.CANCELLED}, "2026-03-01 00:00", None, id="cancelled"),
        pytest.param(
            {"start": at("2024-02-29 16:00"), "rrule": "FREQ=YEARLY"},
            "2026-01-01 00:00",
            "2028-02-29 16:00",
            id="29 February",
        ),
    ],
)
def test_the_next_occurrence(changed: dict[str, Any], after: str, expected: str | None) -> None:
    found = next_occurrence(replace(TUESDAYS, **changed), at(after).replace(tzinfo=UTC))
    assert (found and found.recurrence_id) == (expected and at(expected))


def test_one_occurrence_as_it_stands() -> None:
    moved = replace(TUESDAYS, overrides=(Override(at("2026-03-17 16:00"), title="recital"),))
    assert occurrence(moved, at("2026-03-17 16:00")).title == "recital"
    assert occurrence(moved, at("2026-03-18 16:00")) is None
