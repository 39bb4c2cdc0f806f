"""The calendar as files: what phones and other calendars read from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.ics import calendar_ics
from bot.ics_zone import zone_component
from scheduling.events import Event, Override, Part, Participant, Priority, Status
from scheduling.family import Household, Member, Resource

MIA, BEN, CAR = UUID(int=1), UUID(int=2), UUID(int=3)
FAMILY = Household(
    UUID(int=9),
    "Rivera",
    "America/New_York",
    members=(Member(MIA, "Mia"), Member(BEN, "Ben")),
    resources=(Resource(CAR, "car"),),
)
NEW_YORK = ZoneInfo("America/New_York")


def event(**fields: object) -> Event:
    given = {
        "id": UUID(int=100),
        "household_id": FAMILY.id,
        "title": "Soccer",
        "start": datetime(2026, 3, 7, 14),
        "duration": timedelta(hours=1),
        "timezone": FAMILY.timezone,
        "participants": (Participant(MIA),),
    }
    return Event(**{**given, **fields})


def entries(*events: Event, member: UUID | None = None) -> list[Any]:
    return Calendar.from_ical(calendar_ics(FAMILY, events, member)).walk("VEVENT")


def only(*events: Event) -> Any:
    (entry,) = entries(*events)
    return entry


def test_a_single_event_in_full() -> None:
    entry = only(event(place="Field 3", resources=(CAR,), version=4, priority=Priority.HIGH))
    assert entry.start == datetime(2026, 3, 7, 14, tzinfo=NEW_YORK)
    assert entry["DTSTART"].params["TZID"] == "America/New_York"
    assert entry.end - entry.start == timedelta(hours=1)
    assert entry["SUMMARY"] == "Soccer"
    assert entry["LOCATION"] == "Field 3"
    assert entry["DESCRIPTION"] == "Mia, car"
    assert (entry["STATUS"], entry["TRANSP"]) == ("CONFIRMED", "OPAQUE")
    assert (entry["SEQUENCE"], entry["PRIORITY"]) == (4, 3)
    assert entry["UID"] == f"{UUID(int=100)}@family-scheduler"


def test_all_day_events_have_dates_and_an_exclusive_end() -> None:
    trip = event(start=datetime(2026, 7, 6), duration=timedelta(days=4), all_day=True)
    entry = only(trip)
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (date(2026, 7, 6), date(2026, 7, 10))
    assert entry["DTSTART"].params["VALUE"] == "DATE"


@pytest.mark.parametrize(
    ("fields", "transp"),
    [
        ({}, "OPAQUE"),
        ({"transparent": True}, "TRANSPARENT"),
        ({"reminder_only": True}, "TRANSPARENT"),
    ],
)
def test_who_is_busy(fields: dict[str, bool], transp: str) -> None:
    assert only(event(**fields))["TRANSP"] == transp


def test_status() -> None:
    assert only(event(status=Status.PROPOSED))["STATUS"] == "TENTATIVE"
    assert entries(event(status=Status.CANCELLED)) == []


def test_a_series_with_its_exceptions() -> None:
    moved = Override(datetime(2026, 3, 17, 16), start=datetime(2026, 3, 18, 17), title="Piano exam")
    series = event(
        title="Piano",
        start=datetime(2026, 3, 3, 16),
        duration=timedelta(minutes=45),
        rrule="FREQ=WEEKLY;BYDAY=TU;UNTIL=20260331",
        cancelled=(datetime(2026, 3, 10, 16),),
        overrides=(moved,),
    )
    master, exception = entries(series)
    assert master["RRULE"]["UNTIL"] == [datetime(2026, 4, 1, 3, 59, 59, tzinfo=UTC)]
    assert master["EXDATE"].dts[0].dt == datetime(2026, 3, 10, 16, tzinfo=NEW_YORK)
    assert exception["RECURRENCE-ID"].dt == datetime(2026, 3, 17, 16, tzinfo=NEW_YORK)
    assert exception.start == datetime(2026, 3, 18, 17, tzinfo=NEW_YORK)
    assert exception["SUMMARY"] == "Piano exam"
    assert exception["UID"] == master["UID"]
    assert exception.end - exception.start == timedelta(minutes=45)


@pytest.mark.parametrize(
    ("zone", "until", "last"),
    [
        ("America/New_York", "20260331", datetime(2026, 3, 31, 22)),
        ("Asia/Kolkata", "20260331", datetime(2026, 3, 31, 22)),
        ("Pacific/Auckland", "20260405", datetime(2026, 4, 5, 22)),
    ],
)
def test_the_last_day_of_a_series_is_in_it(zone: str, until: str, last: datetime) -> None:
    """Until is a local day, inclusive, also for an event late that day."""
    series = event(start=datetime(2026, 3, 1, 22), rrule=f"FREQ=DAILY;UNTIL={until}", timezone=zone)
    entry = only(series)
    rule = rrulestr(entry["RRULE"].to_ical().decode(), dtstart=entry.start)
    assert list(rule)[-1].replace(tzinfo=None) == last


def test_all_day_series_end_by_date() -> None:
    series = event(
        start=datetime(2026, 3, 1),
        duration=timedelta(days=1),
        all_day=True,
        rrule="FREQ=DAILY;UNTIL=20260305",
        cancelled=(datetime(2026, 3, 2),),
    )
    entry = only(series)
    assert entry["RRULE"]["UNTIL"] == [date(2026, 3, 5)]
    assert entry["EXDATE"].dts[0].dt == date(2026, 3, 2)


def test_a_persons_feed_has_only_what_they_are_in() -> None:
    hers = event()
    his = event(id=UUID(int=101), title="Poker", participants=(Participant(BEN),))
    drives = event(
        id=UUID(int=102),
        title="Ballet",
        participants=(Participant(MIA), Participant(BEN, Part.DRIVER)),
    )
    titles = [str(e["SUMMARY"]) for e in entries(hers, his, drives, member=BEN)]
    assert titles == ["Poker", "Ballet"]
    assert b"Soccer" not in calendar_ics(FAMILY, [hers, his, drives], BEN)


def test_a_persons_feed_of_a_series_they_are_in_sometimes() -> None:
    swap = Override(datetime(2026, 3, 10, 16), participants=(Participant(BEN),))
    series = event(start=datetime(2026, 3, 3, 16), rrule="FREQ=WEEKLY;COUNT=4", overrides=(swap,))
    (hers,) = entries(series, member=MIA)
    assert hers["EXDATE"].dts[0].dt == datetime(2026, 3, 10, 16, tzinfo=NEW_YORK)
    (his,) = entries(series, member=BEN)
    assert his.start == datetime(2026, 3, 10, 16, tzinfo=NEW_YORK)
    assert "RRULE" not in his
    assert "RECURRENCE-ID" not in his


@given(st.text(max_size=200))
def test_any_title_comes_back_as_it_was(title: str) -> None:
    shown = only(event(title=title))["SUMMARY"]
    kept = "".join(c for c in title if (c >= " " and c != "\x7f") or c in "\t\n")
    assert shown == kept


def test_a_title_cannot_add_lines_of_its_own() -> None:
    hostile = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged"
    assert len(entries(event(title=hostile, place=hostile))) == 1


def test_the_same_events_give_the_same_bytes() -> None:
    one, two = event(), event(id=UUID(int=101), start=datetime(2026, 3, 8, 9))
    assert calendar_ics(FAMILY, [one, two], None) == calendar_ics(FAMILY, [two, one], None)
    assert calendar_ics(FAMILY, [one], None) != calendar_ics(
        FAMILY, [replace(one, version=1)], None
    )


def test_an_empty_calendar_is_one() -> None:
    calendar = Calendar.from_ical(calendar_ics(FAMILY, [], None))
    assert calendar["X-WR-CALNAME"] == "Rivera"
    assert calendar.walk("VEVENT") == calendar.walk("VTIMEZONE") == []


def test_every_zone_used_is_described() -> None:
    away = event(id=UUID(int=101), timezone="Europe/Berlin")
    calendar = Calendar.from_ical(calendar_ics(FAMILY, [event(), away], None))
    assert [z["TZID"] for z in calendar.walk("VTIMEZONE")] == ["America/New_York", "Europe/Berlin"]


@pytest.mark.parametrize(
    "zone",
    [
        "America/New_York",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
        "Pacific/Apia",
        "Africa/Casablanca",
        "UTC",
    ],
)
def test_a_described_zone_agrees_with_the_zone_data(zone: str) -> None:
    tz = ZoneInfo(zone)
    described = zone_component(zone, 2011, 2027).to_tz()
    hour = datetime(2011, 1, 2, tzinfo=UTC)
    while hour.year < 2027:
        local = hour.astimezone(tz)
        wall = local.replace(tzinfo=None)
        if local.fold == 0 and local.replace(fold=1).utcoffset() == local.utcoffset():
            assert described.utcoffset(wall) == local.utcoffset(), wall
        hour += timedelta(hours=7)


def test_the_spring_change_is_at_the_wall_time_before_it() -> None:
    """RFC 5545, 3.6.5: by the offset that holds until then."""
    text = zone_component("America/New_York", 2026, 2026).to_ical().decode()
    assert "DTSTART:20260308T020000" in text
    assert "DTSTART:20261101T020000" in text
