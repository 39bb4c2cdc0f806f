"""An event as a form has it: lengths, what is wrong with it, and what an event fills in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from scheduling.events import Event
from scheduling.family import Household, Settings
from scheduling.forms import EventForm, blank, filled, problems
from scheduling.phrasing import local
from scheduling.recurrence import expand
from scheduling.span import Span

ZONE = ZoneInfo("America/New_York")
FAMILY = Household(UUID(int=1), "Rivera", ZONE.key, settings=Settings(default_duration=45))
NOW = datetime(2026, 3, 4, 10)
SOON = date(2026, 3, 5)
USUAL = timedelta(minutes=45)


def form(start: str = "", end: str = "", day: date = SOON, **more: object) -> EventForm:
    first, last = (time.fromisoformat(t) if t else None for t in (start, end))
    return EventForm("swim", day, first, last, **more)


@pytest.mark.parametrize(
    ("given", "hours"),
    [
        pytest.param(form("14:00", "15:30"), 1.5, id="a while"),
        pytest.param(form("14:00"), 0.75, id="the family's usual"),
        pytest.param(form("22:00", "01:00"), 3, id="past midnight"),
        pytest.param(form(), 24, id="a whole day"),
        pytest.param(form(last_day=SOON + timedelta(days=2)), 72, id="three whole days"),
        pytest.param(
            form("18:00", "12:00", last_day=SOON + timedelta(days=2)), 42, id="until a later day"
        ),
        pytest.param(
            form("14:00", "14:00", last_day=SOON + timedelta(days=1)), 24, id="a day to the minute"
        ),
        pytest.param(
            form("22:00", "04:00", date(2026, 3, 7)), 6, id="the night the clocks go forward"
        ),
        pytest.param(form("22:00", "04:00", date(2026, 10, 31)), 6, id="the night they go back"),
        pytest.param(
            form("02:15", "03:10", date(2026, 3, 8)), 55 / 60, id="in the hour that is left out"
        ),
    ],
)
def test_length(given: EventForm, hours: float) -> None:
    assert given.length(USUAL) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        pytest.param(form("14:00", "15:00"), [], id="fine"),
        pytest.param(replace(form(), title=" "), ["title"], id="no name"),
        pytest.param(replace(form(), title="x" * 201), ["title"], id="long name"),
        pytest.param(replace(form(), place="x" * 201), ["place"], id="long place"),
        pytest.param(form(day=date(2026, 3, 3)), ["day"], id="yesterday"),
        pytest.param(form(day=date(2036, 3, 3)), ["day"], id="in ten years"),
        pytest.param(form(day=NOW.date()), [], id="all of today"),
        pytest.param(form("09:00", day=NOW.date()), ["start"], id="this morning"),
        pytest.param(
            form("09:00", day=NOW.date(), event_id=UUID(int=9)), [], id="changed meanwhile"
        ),
        pytest.param(form("", "15:00"), ["start"], id="an end without a start"),
        pytest.param(form("14:00", "14:00"), ["end"], id="no time at all"),
        pytest.param(form("14:00", "13:00"), [], id="past midnight"),
        pytest.param(form("14:00", "13:00", last_day=SOON), ["end"], id="ends before it begins"),
        pytest.param(form("14:00", "15:00", last_day=SOON), [], id="the same day, said"),
        pytest.param(form(last_day=SOON - timedelta(days=1)), ["last_day"], id="backwards"),
        pytest.param(form(last_day=SOON + timedelta(days=400)), ["last_day"], id="a year long"),
        pytest.param(
            form("14:00", last_day=SOON + timedelta(days=1)), ["end"], id="until when, then?"
        ),
        pytest.param(
            form("14:00", "14:00", last_day=SOON + timedelta(days=1)), [], id="a day to the minute"
        ),
    ],
)
def test_problems_stand_at_their_fields(given: EventForm, fields: list[str]) -> None:
    assert list(problems(given, FAMILY, NOW)) == fields


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        (datetime(2026, 3, 4, 10, 20), datetime(2026, 3, 4, 11)),
        (datetime(2026, 3, 4, 22, 59), datetime(2026, 3, 4, 23)),
        (datetime(2026, 3, 4, 23, 20), datetime(2026, 3, 5, 9)),
    ],
)
def test_a_blank_form_begins_at_the_next_hour(now: datetime, begins: datetime) -> None:
    given = blank(FAMILY, now)
    assert given.begins == begins
    assert given.length(timedelta()) == USUAL


@pytest.mark.parametrize(
    ("event", "last_day"),
    [
        ({"start": datetime(2026, 3, 5, 14), "duration": timedelta(hours=2)}, None),
        ({"start": datetime(2026, 3, 5, 22), "duration": timedelta(hours=5)}, None),
        ({"start": datetime(2026, 3, 6, 18), "duration": timedelta(hours=41)}, date(2026, 3, 8)),
        ({"start": datetime(2026, 3, 5, 14), "duration": timedelta(days=1)}, date(2026, 3, 6)),
        ({"start": datetime(2026, 3, 5), "duration": timedelta(days=1), "all_day": True}, None),
        (
            {"start": datetime(2026, 3, 5), "duration": timedelta(days=3), "all_day": True},
            date(2026, 3, 7),
        ),
    ],
    ids=["hours", "past midnight", "over the clock change", "to the minute", "day", "days"],
)
def test_an_event_fills_in_what_it_takes(event: dict[str, Any], last_day: date | None) -> None:
    booked = Event(UUID(int=5), FAMILY.id, "swim", timezone=ZONE.key, **event)
    start = booked.start.replace(tzinfo=ZONE)
    (occurrence,) = expand(booked, Span(start, start + timedelta(days=9)))
    given = filled(booked, occurrence, FAMILY)
    assert given.last_day == last_day
    ends = local(occurrence.span.end, ZONE)
    assert given.begins + given.length(USUAL) == ends
    assert given.begins == booked.start
    assert not problems(given, FAMILY, NOW)
