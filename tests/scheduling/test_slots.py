from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.events import Occurrence
from scheduling.family import Household, Resource, Rule
from scheduling.slots import WAKING, Search, free_slots, free_starts, is_free
from scheduling.span import Span
from tests.scheduling.rivera_calendar import (
    ANNA,
    BEN,
    CAR,
    MIA,
    VAN,
    at_most,
    blocked,
    early,
    event,
    gap,
    household,
    late,
    shown,
)
from tests.scheduling.test_conflicts_brute_force import occurrences, rules

ZONE = ZoneInfo("America/New_York")
HOUR = timedelta(hours=1)


def window(first: str, last: str) -> Span:
    return Span(*(datetime.fromisoformat(t).replace(tzinfo=ZONE) for t in (first, last)))


SATURDAY = window("2026-03-07 00:00", "2026-03-08 00:00")
SHOP = window("2026-03-07 06:00", "2026-03-07 20:10")
STORE = shown(event("store", "2026-03-07 13:30", 90, BEN, uses=(CAR,)))[0]
GYM = shown(event("gym", "2026-03-07 09:00", 60, ANNA, id=UUID(int=70)))[0]


def told(spans: list[Span]) -> list[str]:
    local = [(s.start.astimezone(ZONE), s.end.astimezone(ZONE)) for s in spans]
    return [f"{a:%a %H:%M}-{b:%H:%M}" for a, b in local]


@pytest.mark.parametrize(
    ("family", "members", "resources", "length", "more", "expected"),
    [
        pytest.param(
            household(), [MIA], [], HOUR, {}, ["Sat 07:00-22:00"], id="a free day is waking hours"
        ),
        pytest.param(
            household(), [ANNA, BEN], [], HOUR, {},
            ["Sat 07:00-09:00", "Sat 10:00-13:30", "Sat 15:00-22:00"], id="two people",
        ),
        pytest.param(
            household(), [ANNA, BEN], [], 3 * HOUR, {}, ["Sat 10:00-13:30", "Sat 15:00-22:00"],
            id="long enough",
        ),
        pytest.param(
            household(), [MIA], [CAR], HOUR, {}, ["Sat 07:00-13:30", "Sat 15:00-22:00"], id="car"
        ),
        pytest.param(household(car=2), [MIA], [CAR], HOUR, {}, ["Sat 07:00-22:00"], id="two cars"),
        pytest.param(household(car=0), [MIA], [CAR], HOUR, {}, [], id="no car"),
        pytest.param(
            household(out=(SHOP,)), [MIA], [CAR], HOUR, {},
            ["Sat 20:15-22:00"], id="car in the shop",
        ),
        pytest.param(
            household(late("20:00", MIA), early("09:30", MIA)), [MIA], [], HOUR, {},
            ["Sat 09:30-20:00"], id="hours of a rule",
        ),
        pytest.param(
            household(late("20:00", MIA, hard=False)), [MIA], [], HOUR, {}, ["Sat 07:00-22:00"],
            id="a wish does not count",
        ),
        pytest.param(
            household(blocked("12:00", "13:00")), [MIA], [], HOUR, {},
            ["Sat 07:00-12:00", "Sat 13:00-22:00"], id="lunch",
        ),
        pytest.param(
            household(gap(30)), [BEN], [], HOUR, {}, ["Sat 07:00-13:00", "Sat 15:30-22:00"],
            id="a gap",
        ),
        pytest.param(
            household(gap(30, days=("SU",))), [BEN], [], HOUR, {},
            ["Sat 07:00-13:30", "Sat 15:00-22:00"], id="a gap of another day",
        ),
        pytest.param(household(at_most(1)), [BEN], [], HOUR, {}, [], id="the day is full"),
        pytest.param(
            household(), [MIA], [], 50 * timedelta(minutes=1), {"step": 30 * timedelta(minutes=1)},
            ["Sat 07:00-21:50"], id="an odd length",
        ),
        pytest.param(
            household(), [ANNA, BEN], [], HOUR, {"limit": 1}, ["Sat 07:00-09:00"], id="a limit"
        ),
        pytest.param(
            household(), [BEN], [], HOUR, {"waking": None},
            ["Sat 00:00-13:30", "Sat 15:00-00:00"], id="day and night",
        ),
        pytest.param(
            household(blocked("22:00", "06:00")), [MIA], [], HOUR, {"waking": None},
            ["Sat 06:00-22:00"], id="the night before reaches in",
        ),
        pytest.param(
            household(), [MIA], [], HOUR, {"waking": (time(7, 10), time(21, 50))},
            ["Sat 07:15-21:45"], id="odd waking hours",
        ),
        pytest.param(
            household(), [MIA], [], 16 * HOUR, {}, [], id="longer than the day"
        ),
    ],
)  # fmt: skip
def test_free_stretches(
    family: Household,
    members: list[UUID],
    resources: list[UUID],
    length: timedelta,
    more: dict[str, Any],
    expected: list[str],
) -> None:
    found = free_slots(family, members, resources, SATURDAY, length, [STORE, GYM], **more)
    assert told(found) == expected


def test_transparent_and_cancelled_events_take_no_time() -> None:
    seen = replace(STORE, transparent=True)
    assert told(free_slots(household(), [BEN], [CAR], SATURDAY, HOUR, [seen])) == [
        "Sat 07:00-22:00"
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-03-08", 2), ("2026-11-01", 4), ("2026-03-09", 3)],
    ids=["spring forward", "fall back", "usual"],
)
def test_the_night_of_a_clock_change_has_its_own_length(day: str, expected: int) -> None:
    night = window(f"{day} 00:00", f"{day} 03:00")
    search = Search(household(), [MIA], [], night, HOUR, [], step=HOUR, waking=None)
    assert len(free_starts(search)) == expected


def test_starts_lie_on_the_local_quarter() -> None:
    late_start = window("2026-03-07 10:07", "2026-03-07 11:30")
    starts = free_starts(Search(household(), [MIA], [], late_start, HOUR, []))
    assert [f"{s.astimezone(ZONE):%H:%M}" for s in starts] == ["10:15", "10:30"]


@given(
    busy=occurrences(10),
    standing=st.lists(rules, max_size=3),
    members=st.lists(st.sampled_from([ANNA, BEN, MIA]), min_size=1, unique=True),
    resources=st.lists(st.sampled_from([CAR, VAN]), unique=True),
    car=st.integers(0, 3),
    first=st.integers(0, 80),
    hours=st.integers(1, 50),
    minutes=st.sampled_from([15, 40, 60, 105]),
    step=st.sampled_from([15, 30]),
    waking=st.sampled_from([None, WAKING, (time(9), time(23, 59))]),
)
@settings(max_examples=120, deadline=None)
def test_free_starts_are_those_that_brute_force_finds(
    busy: list[Occurrence],
    standing: list[Rule],
    members: list[UUID],
    resources: list[UUID],
    car: int,
    first: int,
    hours: int,
    minutes: int,
    step: int,
    waking: tuple[time, time] | None,
) -> None:
    numbered = [replace(r, id=UUID(int=50 + n)) for n, r in enumerate(standing)]
    vans = Resource(VAN, "van", capacity=2)
    family = household(*numbered, car=car, resources=(vans,))
    start = datetime(2026, 3, 6, 5, tzinfo=UTC) + first * timedelta(minutes=20)
    sought = Span(start, start + hours * HOUR)
    length = timedelta(minutes=minutes)
    search = Search(
        family, members, resources, sought, length, busy, timedelta(minutes=step), waking
    )
    starts = free_starts(search)
    assert starts == [
        s
        for n in range(int(hours * HOUR / timedelta(minutes=5)))
        if (s := start + n * timedelta(minutes=5)) + length <= sought.end
        and s.astimezone(ZONE).minute % step == 0
        and awake(Span(s, s + length), waking)
        and is_free(family, members, resources, Span(s, s + length), busy)
    ]
    stretches = free_slots(
        family, members, resources, sought, length, busy, timedelta(minutes=step), None, waking
    )
    assert starts == [
        s.start + n * timedelta(minutes=step)
        for s in stretches
        for n in range(int((s.duration - length) / timedelta(minutes=step)) + 1)
    ]


def awake(span: Span, waking: tuple[time, time] | None) -> bool:
    if waking is None:
        return True
    start, end = span.start.astimezone(ZONE), span.end.astimezone(ZONE)
    last = time(23, 59, 59) if waking[1] == time(23, 59) else waking[1]
    until_midnight = end.time() == time() and (end - start) <= timedelta(hours=25)
    if until_midnight and end.date() > start.date():
        return waking[1] == time(23, 59) and start.time() >= waking[0]
    return start.date() == end.date() and waking[0] <= start.time() and end.time() <= last
