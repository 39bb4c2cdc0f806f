"""When a reminder is due: in the family's wall time, over clock changes and around quiet hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest

from scheduling.events import Event
from scheduling.family import Household, Settings
from scheduling.notices import Notice
from scheduling.recurrence import materialise
from scheduling.reminding import event_notices, in_quiet_hours, next_notice

HOUR = timedelta(hours=1)
NIGHT = (time(21, 30), time(7))
NAP = (time(13), time(15))


def family(zone: str, quiet: tuple[time, time] | None = None) -> Household:
    return Household(uuid4(), "Rivera", zone, Settings(quiet_hours=quiet))


def event(home: Household, start: str, **more: object) -> Event:
    begins = datetime.fromisoformat(start)
    made = Event(uuid4(), home.id, "chess", begins, HOUR, home.timezone)
    return replace(made, **more)


def first_notices(home: Household, told: Event, now: datetime) -> list[Notice]:
    occurrences, _ = materialise(told, now)
    return event_notices(told, home, [o for o in occurrences if o.span.end > now], now)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


CLOCK_CHANGES = [
    # zone, the event's wall time, its reminder an hour before, in UTC
    pytest.param("America/New_York", "2026-03-08T01:30", "2026-03-08T05:30", id="NY before spring"),
    pytest.param("America/New_York", "2026-03-08T02:30", "2026-03-08T06:30", id="NY in the gap"),
    pytest.param("America/New_York", "2026-03-08T03:30", "2026-03-08T06:30", id="NY after spring"),
    pytest.param("America/New_York", "2026-11-01T01:30", "2026-11-01T04:30", id="NY twice, first"),
    pytest.param("America/New_York", "2026-11-01T02:30", "2026-11-01T06:30", id="NY after autumn"),
    pytest.param("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T00:30", id="Berlin in the gap"),
    pytest.param("Europe/Berlin", "2026-10-25T02:30", "2026-10-24T23:30", id="Berlin twice"),
    pytest.param("Europe/London", "2026-03-29T01:30", "2026-03-29T00:30", id="London in the gap"),
    pytest.param("Europe/London", "2026-10-25T09:00", "2026-10-25T08:00", id="London that morning"),
    pytest.param("Australia/Sydney", "2026-10-04T02:30", "2026-10-03T15:30", id="Sydney gap"),
    pytest.param("Australia/Sydney", "2026-04-05T02:30", "2026-04-04T14:30", id="Sydney twice"),
    pytest.param("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T14:45", id="half an hour"),
    pytest.param("Asia/Kathmandu", "2026-03-29T02:30", "2026-03-28T19:45", id="no change at all"),
]


@pytest.mark.parametrize(("zone", "start", "due"), CLOCK_CHANGES)
def test_a_reminder_in_the_night_of_a_clock_change(zone: str, start: str, due: str) -> None:
    home = family(zone)
    (notice,) = first_notices(home, event(home, start), utc("2026-01-01T00:00"))
    assert notice.due == utc(due)


@pytest.mark.parametrize(
    ("zone", "first", "days"),
    [
        ("America/New_York", "2026-03-06T02:30", 5),
        ("America/New_York", "2026-10-30T01:30", 5),
        ("Europe/Berlin", "2026-03-27T02:30", 5),
        ("Europe/Berlin", "2026-10-23T02:30", 5),
        ("Australia/Sydney", "2026-10-02T02:30", 5),
    ],
)
def test_a_daily_series_is_reminded_every_day_over_the_change(
    zone: str, first: str, days: int
) -> None:
    home = family(zone)
    series = event(home, first, rrule=f"FREQ=DAILY;COUNT={days}")
    now = utc(first) - timedelta(days=2)
    occurrences, _ = materialise(series, now)
    (notice,) = first_notices(home, series, now)
    told: list[datetime] = []
    following: Notice | None = notice
    while following is not None:
        told.append(following.due)
        following = next_notice(following, home, occurrences, after=following.due)
    assert told == [o.span.start - HOUR for o in occurrences]
    assert len({t.astimezone(home.zone).date() for t in told}) == days


AROUND_QUIET_HOURS = [
    # quiet hours, the event's wall time, its reminder an hour before, in wall time
    pytest.param(NIGHT, "2026-03-05T10:00", "2026-03-05T09:00", id="by day"),
    pytest.param(NIGHT, "2026-03-05T07:30", "2026-03-05T07:00", id="due at night, told at its end"),
    pytest.param(NIGHT, "2026-03-05T08:00", "2026-03-05T07:00", id="due at the very end"),
    pytest.param(NIGHT, "2026-03-05T06:30", "2026-03-04T21:30", id="event at night, told before"),
    pytest.param(NIGHT, "2026-03-05T07:00", "2026-03-04T21:30", id="event at the very end"),
    pytest.param(NIGHT, "2026-03-05T00:15", "2026-03-04T21:30", id="after midnight, due before"),
    pytest.param(NIGHT, "2026-03-05T01:30", "2026-03-04T21:30", id="both after midnight"),
    pytest.param(NIGHT, "2026-03-04T22:00", "2026-03-04T21:00", id="due just before"),
    pytest.param(NIGHT, "2026-03-04T22:30", "2026-03-04T21:30", id="due at the very beginning"),
    pytest.param(NAP, "2026-03-05T15:30", "2026-03-05T15:00", id="a nap that ends in time"),
    pytest.param(NAP, "2026-03-05T14:30", "2026-03-05T13:00", id="in the nap"),
    pytest.param(None, "2026-03-05T01:30", "2026-03-05T00:30", id="no quiet hours"),
]


@pytest.mark.parametrize(("quiet", "start", "due"), AROUND_QUIET_HOURS)
def test_a_reminder_around_quiet_hours(
    quiet: tuple[time, time] | None, start: str, due: str
) -> None:
    home = family("America/New_York", quiet)
    (notice,) = first_notices(home, event(home, start), utc("2026-03-04T15:00"))
    assert notice.due.astimezone(home.zone).replace(tzinfo=None) == datetime.fromisoformat(due)


def test_what_was_asked_for_by_name_ignores_them() -> None:
    home = family("America/New_York", NIGHT)
    early = event(home, "2026-03-05T06:00", reminders=(HOUR,))
    (notice,) = first_notices(home, early, utc("2026-03-04T15:00"))
    assert notice.due == utc("2026-03-05T10:00")
    assert in_quiet_hours(notice.due, home)


@pytest.mark.parametrize("quiet", [NIGHT, NAP], ids=["over midnight", "within a day"])
def test_quiet_hours_hold_their_first_minute_and_not_their_last(quiet: tuple[time, time]) -> None:
    home = family("Europe/Berlin", quiet)
    for clock, held in zip(quiet, (True, False), strict=True):
        moment = datetime.combine(datetime(2026, 3, 5), clock, home.zone)
        assert in_quiet_hours(moment, home) is held


def test_an_event_has_the_leads_it_was_given_in_place_of_the_family_s() -> None:
    home = replace(family("America/New_York"), settings=Settings(reminders=(60, 1440)))
    now = utc("2026-03-01T00:00")
    usual, own = (
        [n.lead for n in first_notices(home, event(home, "2026-03-05T10:00", **more), now)]
        for more in ({}, {"reminders": (timedelta(minutes=15),)})
    )
    assert usual == [HOUR, timedelta(days=1)]
    assert own == [timedelta(minutes=15)]
    assert first_notices(home, event(home, "2026-03-05T10:00", reminders=()), now) == []


def test_a_lead_that_has_passed_already_is_left_out() -> None:
    home = replace(family("America/New_York"), settings=Settings(reminders=(60, 1440)))
    told = event(home, "2026-03-05T10:00")
    assert [n.lead for n in first_notices(home, told, utc("2026-03-05T00:00"))] == [HOUR]


def test_a_day_without_an_hour_is_told_the_evening_before() -> None:
    home = family("Europe/Berlin")
    trip = event(home, "2026-03-29T00:00", all_day=True, duration=timedelta(days=2))
    (notice,) = first_notices(home, trip, utc("2026-03-01T00:00"))
    assert notice.due.astimezone(home.zone).strftime("%d %H:%M") == "28 18:00"
