from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from scheduling.errors import LimitExceeded, NotUnderstood
from scheduling.events import Event
from scheduling.family import Settings
from scheduling.phrasing import (
    clock,
    day,
    days_words,
    duration_words,
    event_words,
    moment,
    names,
    resource_names,
    rrule_words,
    span_words,
    the,
)
from tests.scheduling.rivera_calendar import ANNA, BEN, CAR, MIA, event, household, shown

TWELVE, TWENTYFOUR = Settings(), Settings(hours24=True)


@pytest.mark.parametrize(
    ("d", "today", "words"),
    [
        pytest.param(date(2026, 3, 7), date(2026, 3, 4), "Sat 7 Mar", id="this year"),
        pytest.param(date(2027, 1, 2), date(2026, 3, 4), "Sat 2 Jan 2027", id="next year"),
        pytest.param(date(2027, 1, 2), None, "Sat 2 Jan", id="today unknown"),
    ],
)
def test_a_day_has_weekday_and_date(d: date, today: date | None, words: str) -> None:
    assert day(d, today) == words


@pytest.mark.parametrize(
    ("at", "settings", "words"),
    [
        (time(14), TWELVE, "2:00 PM"),
        (time(0), TWELVE, "12:00 AM"),
        (time(12, 5), TWELVE, "12:05 PM"),
        (time(0, 30), TWENTYFOUR, "00:30"),
        (time(14), TWENTYFOUR, "14:00"),
    ],
)
def test_a_clock_time_is_written_as_the_family_does(
    at: time, settings: Settings, words: str
) -> None:
    assert clock(at, settings) == words


@pytest.mark.parametrize(
    ("made", "words"),
    [
        pytest.param(event("x", "2026-03-07 14:00"), "Sat 7 Mar, 2:00–3:00 PM", id="one half"),
        pytest.param(event("x", "2026-03-07 11:30"), "Sat 7 Mar, 11:30 AM–12:30 PM", id="noon"),
        pytest.param(
            event("x", "2026-03-07 23:00", 120),
            "Sat 7 Mar, 11:00 PM to Sun 8 Mar, 1:00 AM",
            id="past midnight",
        ),
        pytest.param(
            event("x", "2026-03-07 23:00", 60), "Sat 7 Mar, 11:00 PM–12:00 AM", id="to midnight"
        ),
        pytest.param(
            event("x", "2026-03-08", 1440, all_day=True), "Sun 8 Mar, all day", id="23 hour day"
        ),
        pytest.param(
            event("x", "2026-03-09", 4 * 1440, all_day=True), "Mon 9 Mar to Thu 12 Mar", id="trip"
        ),
    ],
)
def test_a_span_in_words(made: Event, words: str) -> None:
    assert span_words(shown(made)[0], household()) == words
    assert event_words(made, TWELVE) == words


def test_a_series_says_how_it_repeats() -> None:
    piano = event("piano", "2026-03-10 16:00", 45, rrule="FREQ=WEEKLY;BYDAY=TU")
    assert event_words(piano, TWENTYFOUR) == "Tue 10 Mar, 16:00–16:45, every Tuesday"


def test_an_instant_is_told_in_the_familys_zone() -> None:
    assert moment(datetime(2026, 3, 8, 1, tzinfo=UTC), household()) == "Sat 7 Mar, 8:00 PM"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(minutes=45), "45 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(minutes=90), "1 hour 30 minutes"),
        (timedelta(days=3), "3 days"),
        (timedelta(days=14), "2 weeks"),
        (timedelta(seconds=20), "0 minutes"),
    ],
)
def test_durations(length: timedelta, words: str) -> None:
    assert duration_words(length) == words


@pytest.mark.parametrize(
    ("rrule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260331", "every Tuesday until Tue 31 Mar"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "every other Tuesday and Thursday"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU", "every 3 weeks on Tuesday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=WEEKLY;BYDAY=SA,SU", "every Saturday and Sunday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "every day"),
        ("FREQ=DAILY;COUNT=10", "every day, 10 times"),
        ("FREQ=DAILY;COUNT=1", "every day, once"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days"),
        ("FREQ=MONTHLY;BYDAY=1MO", "the first Monday of every month"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "the last Friday of every month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15", "the 15th of every other month"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "the 1st and 15th of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "the last day of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", "the 2nd day from the end of every month"),
        ("FREQ=MONTHLY;BYDAY=FR;BYSETPOS=2", "the second Friday of every month"),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "the last weekday of every month",
        ),
        ("FREQ=MONTHLY", "every month"),
        ("FREQ=YEARLY", "every year"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "every year on 24 December"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "every year on the fourth Thursday of November"),
        ("RRULE:FREQ=HOURLY;INTERVAL=4", "every 4 hours"),
    ],
)
def test_rules_in_words(rrule: str, words: str) -> None:
    assert rrule_words(rrule) == words


@pytest.mark.parametrize(
    ("rrule", "error"),
    [
        pytest.param("", NotUnderstood, id="empty"),
        pytest.param("FREQ=NEVER", NotUnderstood, id="unknown pace"),
        pytest.param("FREQ=SECONDLY", LimitExceeded, id="every second"),
        pytest.param("FREQ=DAILY;INTERVAL=0", NotUnderstood, id="interval 0"),
        pytest.param("FREQ=DAILY;COUNT=-1", NotUnderstood, id="count below 0"),
        pytest.param("FREQ=DAILY;UNTIL=someday", NotUnderstood, id="until nothing"),
        pytest.param("FREQ=WEEKLY;BYDAY=XX", NotUnderstood, id="no such weekday"),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=32", NotUnderstood, id="32nd"),
        pytest.param("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", NotUnderstood, id="30 February"),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=first", NotUnderstood, id="no number"),
    ],
)
def test_rules_that_cannot_be_read_are_refused(rrule: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        rrule_words(rrule)


def test_people_and_things() -> None:
    family = household()
    assert names(family, [MIA, ANNA, BEN]) == "Anna, Ben and Mia"
    assert names(family, [MIA, UUID(int=404)]) == "Mia and someone"
    assert resource_names(family, [CAR, UUID(int=404)]) == "the car"
    assert the("Grandma's room") == "Grandma's room"


def test_many_days_are_cut_short() -> None:
    days = [date(2026, 3, d) for d in (24, 10, 3, 17, 31, 10)]
    assert days_words(days[:2]) == "Tue 10 Mar and Tue 24 Mar"
    assert days_words(days) == "Tue 3 Mar, Tue 10 Mar, Tue 17 Mar, Tue 24 Mar and 1 more"
