from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scheduling.editing import apply
from scheduling.edits import AddEvent, CancelEvent, ChangeEvent, MoveEvent, Scope
from scheduling.errors import Stale
from scheduling.events import Event, Occurrence, Override, Participant, Priority, Status
from scheduling.recurrence import expand, to_instant
from scheduling.span import Span
from tests.scheduling.rivera_calendar import (
    ANNA,
    CAR,
    LEO,
    MIA,
    PIANO,
    SOCCER,
    at,
    event,
    shown,
    walls,
)

TUESDAYS = event("piano", "2026-03-10 16:00", 45, MIA, rrule="FREQ=WEEKLY;BYDAY=TU;UNTIL=20260331")
ALL_TUESDAYS = ["Tue 10 Mar 16:00", "Tue 17 Mar 16:00", "Tue 24 Mar 16:00", "Tue 31 Mar 16:00"]
SINGLE = event("soccer", "2026-03-07 14:00", 60, MIA)
YEARS = Span(datetime(2025, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))


def move(to: str, pointed: str = "2026-03-17 16:00", **more: object) -> MoveEvent:
    return replace(MoveEvent(SOCCER, at(pointed), at(to), split_id=PIANO), **more)


def change(pointed: str = "2026-03-17 16:00", scope: Scope = "one", **more: object) -> ChangeEvent:
    made = ChangeEvent(SOCCER, at(pointed), scope, split_id=PIANO)
    return replace(made, **more)


def cancel(pointed: str = "2026-03-17 16:00", scope: Scope = "one") -> CancelEvent:
    return CancelEvent(SOCCER, at(pointed), scope)


def calendar(events: list[Event]) -> list[str]:
    alive = [o for e in events if e.status is not Status.CANCELLED for o in shown(e)]
    return walls(sorted(alive, key=lambda o: o.span), "America/New_York")


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param(
            move("2026-03-18 17:00"),
            ["Tue 10 Mar 16:00", "Wed 18 Mar 17:00", "Tue 24 Mar 16:00", "Tue 31 Mar 16:00"],
            id="move one",
        ),
        pytest.param(
            move("2026-03-17 17:30", scope="following"),
            ["Tue 10 Mar 16:00", "Tue 17 Mar 17:30", "Tue 24 Mar 17:30", "Tue 31 Mar 17:30"],
            id="move this and the following",
        ),
        pytest.param(
            move("2026-03-19 15:00", scope="following"),
            ["Tue 10 Mar 16:00", "Thu 19 Mar 15:00", "Thu 26 Mar 15:00", "Thu 02 Apr 15:00"],
            id="the following to another weekday",
        ),
        pytest.param(
            move("2026-03-18 16:00", scope="series"),
            ["Wed 11 Mar 16:00", "Wed 18 Mar 16:00", "Wed 25 Mar 16:00", "Wed 01 Apr 16:00"],
            id="the series to another weekday",
        ),
        pytest.param(
            move("2026-03-10 17:00", "2026-03-10 16:00", scope="following"),
            ["Tue 10 Mar 17:00", "Tue 17 Mar 17:00", "Tue 24 Mar 17:00", "Tue 31 Mar 17:00"],
            id="following from the first is the series",
        ),
        pytest.param(
            cancel(),
            [ALL_TUESDAYS[0], *ALL_TUESDAYS[2:]],
            id="cancel one",
        ),
        pytest.param(cancel("2026-03-10 16:00"), ALL_TUESDAYS[1:], id="cancel the first"),
        pytest.param(cancel(scope="following"), ALL_TUESDAYS[:1], id="cancel the following"),
        pytest.param(
            cancel("2026-03-10 16:00", "following"), [], id="cancel following from the first"
        ),
        pytest.param(cancel(scope="series"), [], id="cancel the series"),
        pytest.param(change(title="recital"), ALL_TUESDAYS, id="change one"),
        pytest.param(
            change(scope="following", title="recital"), ALL_TUESDAYS, id="change following"
        ),
        pytest.param(
            change(reminders=(timedelta(hours=2),)), ALL_TUESDAYS, id="a reminder cuts one out"
        ),
        pytest.param(
            move("2026-03-17", all_day=True),
            ["Tue 10 Mar 16:00", "Tue 17 Mar 00:00", "Tue 24 Mar 16:00", "Tue 31 Mar 16:00"],
            id="one becomes all-day",
        ),
    ],
)
def test_what_is_on_the_calendar_after_an_edit_of_a_series(
    edit: CancelEvent | ChangeEvent | MoveEvent, expected: list[str]
) -> None:
    assert calendar(apply(edit, TUESDAYS)) == expected


def titles(events: list[Event]) -> list[str]:
    found = [o for e in events for o in shown(e)]
    return [o.title for o in sorted(found, key=lambda o: o.span)]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("one", ["piano", "recital", "piano", "piano"]),
        ("following", ["piano", "recital", "recital", "recital"]),
        ("series", ["recital"] * 4),
    ],
)
def test_a_change_reaches_its_scope(scope: str, expected: list[str]) -> None:
    assert titles(apply(change(scope=scope, title="recital"), TUESDAYS)) == expected


def test_a_split_ends_the_old_half_the_day_before_and_names_the_new_one() -> None:
    before, after = apply(move("2026-03-17 17:00", scope="following"), TUESDAYS)
    assert (before.id, before.rrule) == (SOCCER, "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260316")
    assert (after.id, after.version) == (PIANO, 0)


def test_each_half_keeps_its_exceptions() -> None:
    series = replace(
        TUESDAYS,
        cancelled=(at("2026-03-24 16:00"),),
        overrides=(
            Override(at("2026-03-10 16:00"), title="early"),
            Override(at("2026-03-31 16:00"), title="late"),
        ),
    )
    before, after = apply(move("2026-03-18 16:00", scope="following"), series)
    assert [o.title for o in before.overrides] == ["early"]
    assert before.cancelled == ()
    assert after.overrides == (Override(at("2026-04-01 16:00"), title="late"),)
    assert after.cancelled == (at("2026-03-25 16:00"),)


def test_a_counted_series_keeps_its_number_when_split() -> None:
    counted = replace(TUESDAYS, rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=4")
    before, after = apply(change(scope="following", title="recital"), counted)
    assert len(shown(before)) == 1
    assert after.rrule == "FREQ=WEEKLY;BYDAY=TU;COUNT=3"


@pytest.mark.parametrize(
    ("start", "rrule", "pointed", "to", "expected", "rule"),
    [
        pytest.param(
            "2026-03-10 16:00", "FREQ=WEEKLY;BYDAY=TU,TH", "2026-03-10 16:00", "2026-03-11 16:00",
            ["Wed 11 Mar 16:00", "Fri 13 Mar 16:00", "Wed 18 Mar 16:00"],
            "FREQ=WEEKLY;BYDAY=WE,FR", id="two weekdays",
        ),
        pytest.param(
            "2026-03-08 16:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "2026-03-08 16:00",
            "2026-03-09 16:00",
            ["Mon 09 Mar 16:00", "Tue 17 Mar 16:00", "Mon 23 Mar 16:00"],
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;WKST=TU", id="every other week over its edge",
        ),
        pytest.param(
            "2026-03-02 16:00", "FREQ=MONTHLY;BYDAY=1MO", "2026-04-06 16:00", "2026-04-07 16:00",
            ["Tue 03 Mar 16:00", "Tue 07 Apr 16:00", "Tue 05 May 16:00"],
            "FREQ=MONTHLY;BYDAY=1TU", id="first Monday to first Tuesday",
        ),
        pytest.param(
            "2025-09-01 16:00", "FREQ=MONTHLY;BYDAY=1MO", "2026-03-02 16:00", "2026-03-03 16:00",
            ["Tue 02 Sep 16:00", "Tue 07 Oct 16:00", "Tue 04 Nov 16:00"],
            "FREQ=MONTHLY;BYDAY=1TU", id="the first of it is of the new rule",
        ),
        pytest.param(
            "2026-03-27 16:00", "FREQ=MONTHLY;BYDAY=-1FR", "2026-03-27 16:00", "2026-03-26 18:00",
            ["Thu 26 Mar 18:00", "Thu 30 Apr 18:00", "Thu 28 May 18:00"],
            "FREQ=MONTHLY;BYDAY=-1TH", id="last Friday to last Thursday",
        ),
        pytest.param(
            "2026-03-15 16:00", "FREQ=MONTHLY;BYMONTHDAY=15", "2026-04-15 16:00",
            "2026-04-17 16:00",
            ["Tue 17 Mar 16:00", "Fri 17 Apr 16:00", "Sun 17 May 16:00"],
            "FREQ=MONTHLY;BYMONTHDAY=17", id="the 15th to the 17th",
        ),
        pytest.param(
            "2026-03-31 16:00", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-03-31 16:00",
            "2026-03-30 16:00",
            ["Mon 30 Mar 16:00", "Wed 29 Apr 16:00", "Sat 30 May 16:00"],
            "FREQ=MONTHLY;BYMONTHDAY=-2", id="the last day to the one before",
        ),
        pytest.param(
            "2026-12-24 16:00", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "2026-12-24 16:00",
            "2027-01-02 16:00", ["Sat 02 Jan 16:00"],
            "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=2", id="yearly over the new year",
        ),
        pytest.param(
            "2026-03-10 16:00", "FREQ=DAILY", "2026-03-10 16:00", "2026-03-12 18:00",
            ["Thu 12 Mar 18:00", "Fri 13 Mar 18:00", "Sat 14 Mar 18:00"], "FREQ=DAILY",
            id="daily",
        ),
    ],
)  # fmt: skip
def test_a_series_moved_to_another_day_keeps_its_rhythm(
    start: str, rrule: str, pointed: str, to: str, expected: list[str], rule: str
) -> None:
    (moved,) = apply(
        MoveEvent(SOCCER, at(pointed), at(to), scope="series"), event("x", start, rrule=rrule)
    )
    assert calendar([moved])[:3] == expected
    assert moved.rrule == rule


@pytest.mark.parametrize(
    ("edit", "field", "expected"),
    [
        (move("2026-03-08 15:00", "2026-03-07 14:00"), "start", at("2026-03-08 15:00")),
        (
            move("2026-03-08 15:00", "2026-03-07 14:00", duration=timedelta(hours=2)),
            "duration",
            timedelta(hours=2),
        ),
        (move("2026-03-08 15:00", "2026-03-07 14:00", all_day=True), "start", at("2026-03-08")),
        (
            move("2026-03-08 15:00", "2026-03-07 14:00", all_day=True),
            "duration",
            timedelta(days=1),
        ),
        (change("2026-03-07 14:00", resources=(CAR,)), "resources", (CAR,)),
        (change("2026-03-07 14:00", priority=Priority.HIGH), "priority", Priority.HIGH),
        (change("2026-03-07 14:00", reminders=()), "reminders", ()),
        (cancel("2026-03-07 14:00"), "status", Status.CANCELLED),
    ],
)
def test_a_single_event_is_edited_as_one(
    edit: CancelEvent | ChangeEvent | MoveEvent,
    field: str,
    expected: datetime | timedelta | Priority | Status | tuple[UUID, ...],
) -> None:
    (edited,) = apply(edit, SINGLE)
    assert getattr(edited, field) == expected


def test_an_all_day_event_given_a_time_lasts_an_hour() -> None:
    trip = event("x", "2026-03-07", 2880, all_day=True)
    (timed,) = apply(move("2026-03-07 15:00", "2026-03-07", all_day=False), trip)
    assert (timed.start, timed.duration) == (at("2026-03-07 15:00"), timedelta(hours=1))


def test_adding_gives_the_event_itself() -> None:
    assert apply(AddEvent(SINGLE), None) == [SINGLE]


def test_cancelling_the_last_one_left_cancels_the_series() -> None:
    left = replace(TUESDAYS, rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=2")
    (one,) = apply(cancel("2026-03-10 16:00"), left)
    (none,) = apply(cancel("2026-03-17 16:00"), one)
    assert (one.status, none.status) == (Status.CONFIRMED, Status.CANCELLED)


def test_a_change_of_all_reaches_the_occurrence_that_differed_where_it_was_pointed_at() -> None:
    differing = replace(TUESDAYS, overrides=(Override(at("2026-03-17 16:00"), title="recital"),))
    (changed,) = apply(change(scope="series", title="lesson"), differing)
    assert titles([changed]) == ["lesson"] * 4


def test_one_that_was_put_elsewhere_stays_when_the_series_moves() -> None:
    placed = Override(at("2026-03-24 16:00"), at("2026-03-28 10:00"))
    (moved,) = apply(
        move("2026-03-18 16:00", scope="series"), replace(TUESDAYS, overrides=(placed,))
    )
    assert calendar([moved]) == [
        "Wed 11 Mar 16:00", "Wed 18 Mar 16:00", "Sat 28 Mar 10:00", "Wed 01 Apr 16:00",
    ]  # fmt: skip


@pytest.mark.parametrize("scope", ["one", "following", "series"])
@pytest.mark.parametrize(
    ("edited", "pointed"),
    [
        pytest.param(None, "2026-03-17 16:00", id="no event"),
        pytest.param(
            replace(TUESDAYS, status=Status.CANCELLED), "2026-03-17 16:00", id="cancelled"
        ),
        pytest.param(TUESDAYS, "2026-03-18 16:00", id="not of the rule"),
        pytest.param(
            replace(TUESDAYS, cancelled=(at("2026-03-17 16:00"),)), "2026-03-17 16:00",
            id="taken out",
        ),
        pytest.param(SINGLE, "2026-03-17 16:00", id="single moved meanwhile"),
    ],
)  # fmt: skip
def test_what_is_not_there_any_more_is_stale(
    edited: Event | None, pointed: str, scope: str
) -> None:
    for edit in (
        move("2026-03-18 17:00", pointed, scope=scope),
        change(pointed, scope, title="y"),
        cancel(pointed, scope),
    ):
        with pytest.raises(Stale):
            apply(edit, edited)


def test_the_same_cut_gives_the_same_id_on_a_replay() -> None:
    edit = replace(change(priority=Priority.HIGH), split_id=None)
    assert [e.id for e in apply(edit, TUESDAYS)] == [e.id for e in apply(edit, TUESDAYS)]


SERIES = [
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3;COUNT=20",
    "FREQ=WEEKLY;BYDAY=TU",
    "FREQ=WEEKLY;BYDAY=TU,TH,SU;UNTIL=20260731",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SA;COUNT=15",
    "FREQ=MONTHLY;BYMONTHDAY=10",
    "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20261231",
    "FREQ=MONTHLY",
]


def happenings(events: list[Event]) -> set[tuple[Span, str, tuple[Participant, ...]]]:
    found: list[Occurrence] = [o for e in events for o in expand(e, YEARS)]
    return {(o.span, o.title, o.participants) for o in found}


@given(
    rrule=st.sampled_from([None, *SERIES]),
    nth=st.integers(0, 6),
    days=st.integers(-9, 9),
    hour=st.times(),
    scope=st.sampled_from(["one", "series"]),
    exceptions=st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_moving_and_moving_back_is_the_identity(
    rrule: str | None, nth: int, days: int, hour: time, scope: str, exceptions: bool
) -> None:
    original = event("piano", "2026-03-10 16:00", 45, MIA, ANNA, rrule=rrule)
    walls_by_rule = [o.recurrence_id for o in expand(original, YEARS)]
    if exceptions and rrule is not None:
        original = replace(
            original,
            cancelled=(walls_by_rule[3],),
            overrides=(
                Override(walls_by_rule[1], title="recital"),
                Override(walls_by_rule[4], at("2026-09-09 09:00"), participants=()),
            ),
        )
        walls_by_rule = [w for i, w in enumerate(walls_by_rule) if i not in (3, 4)]
    old = walls_by_rule[min(nth, len(walls_by_rule) - 1)]
    new = datetime.combine(old.date() + timedelta(days=days), time(hour.hour, hour.minute))
    # A fifth weekday of a month becomes the last one, or it would be missing in most months.
    assume(not (rrule and "2TU" in rrule and scope == "series" and new.day > 28))
    (moved,) = apply(MoveEvent(SOCCER, old, new, scope=scope), original)
    shifted = scope == "series" or rrule is None
    (back,) = apply(MoveEvent(SOCCER, new if shifted else old, old, scope=scope), moved)
    assert happenings([back]) == happenings([original])
    landed = to_instant(new, ZoneInfo(original.timezone))
    assert landed in {o.span.start for o in expand(moved, YEARS)}


@given(
    rrule=st.sampled_from(SERIES),
    nth=st.integers(1, 6),
    leo=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_a_series_cut_in_two_happens_as_before(rrule: str, nth: int, leo: bool) -> None:
    series = event("piano", "2026-03-10 16:00", 45, LEO if leo else MIA, rrule=rrule)
    pointed = expand(series, YEARS)[nth].recurrence_id
    edit = ChangeEvent(SOCCER, pointed, "following", place="hall", split_id=PIANO)
    halves = apply(edit, series)
    assert len(halves) == 2
    assert happenings(halves) == happenings([series])
    assert all(o.recurrence_id >= pointed for o in expand(halves[1], YEARS))


def test_a_fifth_weekday_becomes_the_last_of_the_month() -> None:
    monthly = event("x", "2026-03-10 16:00", rrule="FREQ=MONTHLY;BYDAY=2TU")
    edit = MoveEvent(SOCCER, at("2026-03-10 16:00"), at("2026-03-31 16:00"), scope="series")
    (moved,) = apply(edit, monthly)
    assert moved.rrule == "FREQ=MONTHLY;BYDAY=-1TU"
    assert calendar([moved])[:3] == ["Tue 31 Mar 16:00", "Tue 28 Apr 16:00", "Tue 26 May 16:00"]
