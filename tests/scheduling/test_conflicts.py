from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from scheduling.conflicts import find_conflicts, needed_window
from scheduling.events import Occurrence, Part, Participant, Priority, Status
from scheduling.family import Household, Resource, Rule
from scheduling.span import Span
from tests.scheduling.rivera_calendar import (
    ANNA,
    BEN,
    CAR,
    LEO,
    MIA,
    PIANO,
    PITCH,
    SOCCER,
    STORE,
    at_most,
    blocked,
    driver,
    early,
    event,
    gap,
    household,
    late,
    shown,
)

SATURDAY = "2026-03-07"
SCHOOL_NIGHTS = ("SU", "MO", "TU", "WE", "TH")


def one(
    title: str, start: str, minutes: int = 60, *people: Participant | UUID, **more: Any
) -> Occurrence:
    return shown(event(title, start, minutes, *people, **more))[0]


def soccer(*people: Participant | UUID, **more: Any) -> Occurrence:
    return one("soccer", f"{SATURDAY} 14:00", 60, *(people or (MIA,)), id=SOCCER, **more)


def store(start: str = "13:30", minutes: int = 90, *people: UUID, **more: Any) -> Occurrence:
    more.setdefault("id", STORE)
    return one("store", f"{SATURDAY} {start}", minutes, *(people or (BEN,)), **more)


def found(
    family: Household, candidate: Occurrence, *around: Occurrence
) -> list[tuple[str, bool, str]]:
    return [(c.type, c.hard, c.sentence) for c in find_conflicts(family, [candidate], list(around))]


TRIP = one("trip", "2026-03-06", 3 * 1440, MIA, id=STORE, all_day=True)

CLASHES = [
    pytest.param(
        household(), soccer(MIA), [store("13:30", 90, MIA, BEN)],
        ("time", True, "Mia already has “store” (Sat 7 Mar, 1:30–3:00 PM)."), id="double booked",
    ),
    pytest.param(
        household(), soccer(MIA, ANNA), [store("13:30", 90, MIA, ANNA)],
        ("time", True, "Anna and Mia already have “store” (Sat 7 Mar, 1:30–3:00 PM)."),
        id="two people",
    ),
    pytest.param(
        household(), soccer(MIA, driver(BEN)), [store()],
        ("time", True, "Ben already has “store” (Sat 7 Mar, 1:30–3:00 PM)."), id="a driver",
    ),
    pytest.param(
        household(), soccer(MIA), [TRIP],
        ("time", True, "Mia already has “trip” (Fri 6 Mar to Sun 8 Mar)."), id="a trip blocks",
    ),
    pytest.param(
        household(), soccer(uses=(CAR,)), [store(uses=(CAR,))],
        ("resource", True, "The car is taken by “store” (Ben, Sat 7 Mar, 1:30–3:00 PM)."), id="car",
    ),
    pytest.param(
        household(car=0), soccer(uses=(CAR,)), [],
        ("resource", True, "The car is out of use."), id="capacity 0",
    ),
    pytest.param(
        household(
            out=(
                Span(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 7, 19, 30, tzinfo=UTC)),
            )
        ),
        soccer(uses=(CAR,)), [],
        ("resource", True, "The car is not available until Sat 7 Mar, 2:30 PM."), id="in the shop",
    ),
    pytest.param(
        household(car=2), soccer(uses=(CAR,)),
        [
            store("13:30", 40, uses=(CAR,)),
            one("gym", f"{SATURDAY} 14:05", 60, ANNA, uses=(CAR,), id=PIANO),
        ],
        (
            "resource", True,
            "The car has room for 2 at once, and is taken by “store” (Ben, Sat 7 Mar, "
            "1:30–2:10 PM) and “gym” (Anna, Sat 7 Mar, 2:05–3:05 PM).",
        ),
        id="two at once",
    ),
    pytest.param(
        household(late("14:30", MIA)), soccer(), [],
        (
            "constraint", True,
            "Sat 7 Mar, 2:00–3:00 PM breaks a rule for Mia: “nothing after 14:30”.",
        ),
        id="runs past the hour",
    ),
    pytest.param(
        household(late("14:30", MIA, hard=False)), soccer(), [],
        (
            "constraint", False,
            "Sat 7 Mar, 2:00–3:00 PM breaks a rule for Mia: “nothing after 14:30”.",
        ),
        id="a wish is soft",
    ),
    pytest.param(
        household(gap(30, MIA)), soccer(), [store("13:00", 45, MIA)],
        (
            "constraint", True,
            "Only 15 minutes between this and “store” (Sat 7 Mar, 1:00–1:45 PM); "
            "the rule is “30 minutes between events”.",
        ),
        id="too near",
    ),
    pytest.param(
        household(gap(30, MIA)), soccer(), [store("15:00", 45, MIA)],
        (
            "constraint", True,
            "No time between this and “store” (Sat 7 Mar, 3:00–3:45 PM); "
            "the rule is “30 minutes between events”.",
        ),
        id="back to back",
    ),
    pytest.param(
        household(at_most(1, MIA)), soccer(), [store("09:00", 60, MIA)],
        (
            "constraint", True,
            "Mia already has 1 event on Sat 7 Mar; the rule is “at most 1 a day”.",
        ),
        id="one a day",
    ),
    pytest.param(
        household(at_most(0, MIA, days=("SA",))), soccer(), [],
        (
            "constraint", True,
            "Sat 7 Mar is kept free for Mia; the rule is “at most 0 a day”.",
        ),
        id="none on Saturdays",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("family", "candidate", "around", "expected"), CLASHES)
def test_what_clashes_is_said_with_who_what_and_when(
    family: Household,
    candidate: Occurrence,
    around: list[Occurrence],
    expected: tuple[str, bool, str],
) -> None:
    assert found(family, candidate, *around) == [expected]


@pytest.mark.parametrize(
    ("family", "candidate", "around"),
    [
        pytest.param(household(), soccer(MIA), [store("13:00", 60, MIA)], id="ends as it starts"),
        pytest.param(household(), soccer(MIA), [store()], id="different people"),
        pytest.param(
            household(), soccer(Participant(MIA, Part.RESPONSIBLE)), [store("14:00", 60, MIA)],
            id="responsible is not busy",
        ),
        pytest.param(
            household(), soccer(), [store("14:00", 60, MIA, transparent=True)], id="transparent"
        ),
        pytest.param(
            household(), soccer(), [store("14:00", 60, MIA, reminder_only=True)], id="reminder"
        ),
        pytest.param(
            household(), soccer(), [store("14:00", 60, MIA, status=Status.CANCELLED)],
            id="cancelled",
        ),
        pytest.param(
            household(late("14:00")), soccer(transparent=True), [], id="transparent breaks no rule"
        ),
        pytest.param(household(), soccer(), [soccer()], id="the same occurrence"),
        pytest.param(household(car=2), soccer(uses=(CAR,)), [store(uses=(CAR,))], id="room for 2"),
        pytest.param(
            household(car=2), soccer(uses=(CAR,)),
            [
                store("13:30", 60, uses=(CAR,)),
                one("gym", f"{SATURDAY} 14:30", 60, ANNA, uses=(CAR,), id=PIANO),
            ],
            id="one after the other",
        ),
        pytest.param(household(), soccer(uses=(UUID(int=404),)), [], id="a thing long gone"),
        pytest.param(household(late("15:00")), soccer(), [], id="ends at the hour"),
        pytest.param(household(late("14:30", LEO)), soccer(), [], id="someone else's rule"),
        pytest.param(
            household(late("14:30", days=SCHOOL_NIGHTS)), soccer(), [], id="another day's rule"
        ),
        pytest.param(household(gap(30)), soccer(), [store("12:30", 60, MIA)], id="gap kept"),
        pytest.param(household(gap(30)), soccer(), [store("13:00", 45)], id="gap is per person"),
        pytest.param(household(at_most(2)), soccer(), [store("09:00", 60, MIA)], id="two a day"),
        pytest.param(
            household(at_most(1)), soccer(),
            [one("late show", "2026-03-06 23:00", 120, MIA, id=STORE)],
            id="yesterday's evening counts for yesterday",
        ),
        pytest.param(
            household(late("20:00", MIA)),
            one("trip", "2026-03-09", 4320, MIA, all_day=True), [],
            id="a trip has no hour",
        ),
    ],
)  # fmt: skip
def test_what_goes_together(
    family: Household, candidate: Occurrence, around: list[Occurrence]
) -> None:
    assert found(family, candidate, *around) == []


@pytest.mark.parametrize(
    ("rule", "start", "minutes", "breaks"),
    [
        pytest.param(late("20:00"), "2026-03-07 19:00", 60, False, id="up to the hour"),
        pytest.param(late("20:00"), "2026-03-07 19:00", 61, True, id="a minute past"),
        pytest.param(late("20:00"), "2026-03-08 00:30", 30, False, id="the next early morning"),
        pytest.param(
            late("20:00", days=("FR",)), "2026-03-06 23:00", 120, True, id="over midnight, day one"
        ),
        pytest.param(
            late("20:00", days=("SA",)), "2026-03-06 23:00", 120, False,
            id="over midnight, day two",
        ),
        pytest.param(late("02:30"), "2026-03-08 01:30", 30, False, id="after, in the DST gap"),
        pytest.param(early("08:00"), "2026-03-07 07:45", 60, True, id="too early"),
        pytest.param(early("08:00"), "2026-03-07 08:00", 60, False, id="at the hour"),
        pytest.param(early("08:00"), "2026-03-07 23:30", 90, False, id="started the day before"),
        pytest.param(early("08:00", days=("SU",)), "2026-03-07 07:00", 60, False, id="not today"),
        pytest.param(blocked("12:00", "13:00"), "2026-03-07 11:00", 60, False, id="ends before"),
        pytest.param(blocked("12:00", "13:00"), "2026-03-07 11:00", 61, True, id="into lunch"),
        pytest.param(blocked("12:00", "13:00"), "2026-03-07 13:00", 60, False, id="after lunch"),
        pytest.param(blocked("22:00", "06:00"), "2026-03-07 05:00", 30, True, id="night before"),
        pytest.param(
            blocked("22:00", "06:00", days=("SA",)), "2026-03-07 05:00", 30, False,
            id="Friday's night is not Saturday's",
        ),
        pytest.param(
            blocked("22:00", "06:00", days=("FR",)), "2026-03-07 05:00", 30, True,
            id="Friday's night reaches into Saturday",
        ),
        pytest.param(
            blocked("00:00", "23:59", days=("SU",)), "2026-03-08 23:59", 1, True, id="all of Sunday"
        ),
    ],
)  # fmt: skip
def test_hours_kept_free(rule: Rule, start: str, minutes: int, breaks: bool) -> None:
    clash = found(household(rule), one("x", start, minutes, MIA))
    assert bool(clash) == breaks


def test_a_whole_day_kept_free_keeps_trips_away_too() -> None:
    sundays = household(blocked("00:00", "00:00", days=("SU",)))
    assert found(sundays, one("trip", "2026-03-08", 1440, MIA, all_day=True))
    assert not found(sundays, one("trip", "2026-03-09", 1440, MIA, all_day=True))


def test_a_persons_rules_hold_in_their_own_zone() -> None:
    away = household(late("20:00", MIA))
    members = tuple(replace(m, zone="Europe/Berlin") if m.id == MIA else m for m in away.members)
    abroad = replace(away, members=members)
    assert not found(away, soccer())
    assert found(abroad, soccer())


def test_candidates_clash_among_themselves_and_the_later_one_is_said_to() -> None:
    first, second = soccer(), store("14:30", 60, MIA)
    (clash,) = find_conflicts(household(), [first, second], [])
    assert (clash.candidate, clash.others) == (second, (first,))


def test_occurrences_of_one_series_do_not_clash_with_each_other() -> None:
    long = shown(event("x", "2026-03-07 10:00", 1500, MIA, rrule="FREQ=DAILY;COUNT=3"))
    assert find_conflicts(household(gap(60)), long, []) == []
    assert len(find_conflicts(household(at_most(1)), [*long, *long], [])) == 0


def test_hard_ones_come_first() -> None:
    family = household(early("15:00", hard=False), late("14:30"))
    assert [c.hard for c in find_conflicts(family, [soccer()], [])] == [True, False]


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        (Priority.LOW, Priority.LOW, "low"),
        (Priority.MEDIUM, Priority.LOW, "medium"),
        (Priority.LOW, Priority.CRITICAL, "critical"),
    ],
)
def test_a_clash_weighs_as_its_weightiest_event(
    mine: Priority, theirs: Priority, expected: str
) -> None:
    (clash,) = find_conflicts(
        household(), [soccer(priority=mine)], [store("14:00", 60, MIA, priority=theirs)]
    )
    assert clash.severity == expected


@pytest.mark.parametrize(
    ("priority", "hard", "expected"),
    [(1, True, "low"), (5, True, "medium"), (9, True, "high"), (9, False, "low")],
)
def test_a_broken_rule_weighs_as_the_rule(priority: int, hard: bool, expected: str) -> None:
    family = household(late("14:30", priority=priority, hard=hard))
    (clash,) = find_conflicts(family, [soccer()], [])
    assert clash.severity == expected


def test_the_year_is_said_when_it_is_another() -> None:
    candidate = one("x", "2027-03-06 14:00", 60, MIA)
    other = one("y", "2027-03-06 14:00", 60, MIA, id=STORE)
    (clash,) = find_conflicts(
        household(), [candidate], [other], today=datetime(2026, 3, 4, tzinfo=UTC).date()
    )
    assert "Sat 6 Mar 2027" in clash.sentence


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param((), [("19:00", "20:00")], id="its own span"),
        pytest.param((gap(30),), [("18:30", "20:30")], id="widened by the gap"),
        pytest.param((gap(30, LEO),), [("19:00", "20:00")], id="not by another's gap"),
        pytest.param((at_most(2),), [("05:00", "05:00")], id="the whole local day"),
    ],
)
def test_what_must_be_loaded(rules: tuple[Rule, ...], expected: list[tuple[str, str]]) -> None:
    spans = needed_window(household(*rules), [soccer()])
    assert [(f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in spans] == expected


def test_what_must_be_loaded_for_a_series_is_disjoint() -> None:
    daily = shown(event("x", "2026-03-07 10:00", 1500, MIA, rrule="FREQ=DAILY;COUNT=3"))
    weekly = shown(event("x", "2026-03-10 10:00", 60, MIA, rrule="FREQ=WEEKLY;COUNT=3"))
    assert len(needed_window(household(), daily)) == 1
    assert len(needed_window(household(), weekly)) == 3


def test_equipment_is_shared_by_its_own_capacity() -> None:
    family = household(resources=(Resource(PITCH, "pitch", capacity=3),))
    uses = [
        one(f"team {n}", f"{SATURDAY} 14:00", 60, id=UUID(int=100 + n), uses=(PITCH,))
        for n in range(3)
    ]
    assert found(family, soccer(uses=(PITCH,)), *uses[:2]) == []
    (clash,) = find_conflicts(family, [soccer(uses=(PITCH,))], uses)
    assert len(clash.others) == 3


def test_a_long_event_that_began_long_ago_is_seen() -> None:
    camp = one("camp", "2026-02-01", 60 * 1440, MIA, id=STORE, all_day=True)
    filler = [
        one(f"x{n}", f"2026-03-{n:02d} 08:00", 30, BEN, id=UUID(int=200 + n)) for n in range(1, 28)
    ]
    assert [c.others for c in find_conflicts(household(), [soccer()], [*filler, camp])] == [(camp,)]
    assert soccer().span.start - camp.span.start > timedelta(days=30)
