from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from scheduling.conflicts import find_conflicts
from scheduling.editing import apply
from scheduling.edits import AddEvent, ChangeEvent, MoveEvent
from scheduling.events import Event, Flexibility, Participant, Priority
from scheduling.family import Household
from scheduling.resolutions import needed_window, propose
from tests.scheduling.offers import VANS, labels, options, run
from tests.scheduling.rivera_calendar import (
    ANNA,
    BEN,
    CAR,
    MIA,
    NOW,
    PIANO,
    SOCCER,
    STORE,
    at,
    at_most,
    blocked,
    driver,
    early,
    event,
    household,
    ids,
    late,
    shown,
    walls,
)


def soccer(start: str = "2026-03-07 14:00", *people: Participant | UUID, **more: Any) -> Event:
    return event("soccer", start, 60, *(people or (MIA,)), **more)


def store(start: str = "2026-03-07 13:30", minutes: int = 90, *people: UUID, **more: Any) -> Event:
    more.setdefault("id", STORE)
    return event("hardware store", start, minutes, *(people or (BEN,)), **more)


def piano(*people: Any, **more: Any) -> Event:
    weekly = "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260630"
    return event("piano", "2026-03-10 16:00", 45, *(people or (MIA,)), **{"rrule": weekly} | more)


CASES = [
    pytest.param(
        household(), soccer(uses=(CAR,)), [store(uses=(CAR,))],
        [
            "Move soccer to 3:00 PM",
            "Move soccer to Sun 8 Mar, 2:00 PM",
            "Move hardware store to 12:30 PM",
        ],
        id="the car is taken",
    ),
    pytest.param(
        household(resources=VANS), soccer(uses=(CAR,)), [store(uses=(CAR,))],
        [
            "Use the van instead",
            "Move soccer to 3:00 PM",
            "Move soccer to Sun 8 Mar, 2:00 PM",
            "Move hardware store to 12:30 PM",
        ],
        id="there is a van",
    ),
    pytest.param(
        household(), soccer(), [store("2026-03-07 14:30", 60, MIA)],
        [
            "Move soccer to 1:30 PM",
            "Shorten soccer to 30 minutes",
            "Move soccer to Sun 8 Mar, 2:00 PM",
            "Move hardware store to 3:00 PM",
        ],
        id="half of it is free",
    ),
    pytest.param(
        household(), soccer("2026-03-07 14:00", MIA, driver(BEN)), [store()],
        [
            "Move soccer to 3:00 PM",
            "Anna drives instead",
            "Move soccer to Sun 8 Mar, 2:00 PM",
            "Move hardware store to 12:30 PM",
        ],
        id="another parent drives",
    ),
    pytest.param(
        household(), soccer("2026-03-07 14:00", MIA, BEN), [store(flexibility=Flexibility.FIXED)],
        ["Move soccer to 3:00 PM", "Anna goes along instead", "Move soccer to Sun 8 Mar, 2:00 PM"],
        id="another parent goes along, the fixed stays",
    ),
    pytest.param(
        household(), soccer(), [store("2026-03-07 13:30", 90, MIA, priority=Priority.HIGH)],
        ["Move soccer to 3:00 PM", "Move soccer to 12:30 PM", "Move soccer to Sun 8 Mar, 2:00 PM"],
        id="the weightier stays, so both sides are offered",
    ),
    pytest.param(
        household(late("14:30", MIA, hard=False)), soccer(), [],
        [
            "Move soccer to 1:30 PM",
            "Shorten soccer to 30 minutes",
            "Keep soccer anyway",
            "Move soccer to Sun 8 Mar, 1:30 PM",
        ],
        id="a wish can be set aside",
    ),
    pytest.param(
        household(late("14:30", MIA)), soccer(), [],
        [
            "Move soccer to 1:30 PM",
            "Shorten soccer to 30 minutes",
            "Move soccer to Sun 8 Mar, 1:30 PM",
        ],
        id="a hard rule cannot",
    ),
    pytest.param(
        household(blocked("00:00", "23:59", days=("SA",))), soccer(), [],
        ["Move soccer to Sun 8 Mar, 2:00 PM"],
        id="the whole day is blocked",
    ),
    pytest.param(
        household(at_most(1, MIA)), soccer(), [store("2026-03-07 09:00", 60, MIA)],
        [
            "Move soccer to Sun 8 Mar, 2:00 PM",
            "Move hardware store to Sun 8 Mar, 9:00 AM",
            "Cancel hardware store",
        ],
        id="the day is full",
    ),
    pytest.param(
        household(), piano(), [store("2026-03-24 16:00", 60, MIA)],
        [
            "All but Tue 24 Mar, which moves to 3:15 PM",
            "Move every piano to 3:15 PM",
            "Skip Tue 24 Mar",
            "All but Tue 24 Mar, which moves to Wed 25 Mar, 4:00 PM",
        ],
        id="a series clashes on one date",
    ),
    pytest.param(
        household(), piano(),
        [
            event("swimming", "2026-03-17 16:00", 60, MIA, id=STORE,
                  rrule="FREQ=WEEKLY;BYDAY=TU;UNTIL=20260630"),
        ],
        ["Move every piano to 3:15 PM", "Move every swimming to 4:45 PM"],
        id="a series clashes with a series",
    ),
    pytest.param(
        household(resources=VANS), piano(uses=(CAR,)),
        [event("errands", "2026-03-10 15:30", 90, BEN, id=STORE, uses=(CAR,),
               rrule="FREQ=WEEKLY;BYDAY=TU")],
        ["Use the van instead", "Move every piano to 5:00 PM", "Move every errands to 2:30 PM"],
        id="a series takes the van",
    ),
    pytest.param(
        household(), event("camp", "2026-03-09", 2880, MIA, all_day=True),
        [store("2026-03-10 16:00", 60, MIA)],
        [
            "Move camp to Wed 11 Mar",
            "Move hardware store to Wed 11 Mar, 4:00 PM",
            "Cancel hardware store",
        ],
        id="a trip moves by days",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("family", "wanted", "others", "expected"), CASES)
def test_what_is_offered_best_first(
    family: Household, wanted: Event, others: list[Event], expected: list[str]
) -> None:
    assert labels(options(family, wanted, *others)) == expected


def test_an_option_says_what_it_does_and_what_it_leaves_alone() -> None:
    first = options(household(), soccer(uses=(CAR,)), store(uses=(CAR,)))[0]
    assert first.text == (
        "soccer moves to Sat 7 Mar, 3:00–4:00 PM. Ben's hardware store stays as planned."
    )


def test_only_others_whose_events_change_are_affected() -> None:
    moved_new, _, moved_other = options(household(), soccer(uses=(CAR,)), store(uses=(CAR,)))
    assert (moved_new.affects, moved_other.affects) == ((), (BEN,))
    by_ben = options(household(), soccer(uses=(CAR,)), store(uses=(CAR,)), asker=BEN)
    assert [o.affects for o in by_ben] == [(), (), ()]


def test_an_overridden_wish_is_named() -> None:
    rule = late("14:30", MIA, hard=False)
    offered = options(household(rule), soccer())
    assert [o.overrides for o in offered] == [(), (), (rule.id,), ()]
    assert "this once against “nothing after 14:30”" in offered[2].text


def test_a_wish_is_broken_only_where_nothing_else_is_left() -> None:
    rule = blocked("00:00", "23:59", MIA, hard=False)
    full = household(rule, early("09:00", MIA), late("20:00", MIA))
    offered = options(full, soccer(), store("2026-03-07 13:30", 90, MIA))
    assert all(o.overrides == (rule.id,) for o in offered)
    assert "This once against “keep 00:00 to 23:59 free”." in offered[0].text


def test_a_new_event_is_booked_as_it_would_be_after_the_fix() -> None:
    (edit,) = options(household(), soccer(uses=(CAR,)), store(uses=(CAR,)))[0].edits
    assert isinstance(edit, AddEvent)
    assert (edit.event.id, edit.event.start) == (SOCCER, at("2026-03-07 15:00"))


@pytest.mark.parametrize(
    "base",
    [
        pytest.param(MoveEvent(SOCCER, at("2026-03-07 09:00"), at("2026-03-07 14:00")), id="move"),
        pytest.param(
            ChangeEvent(SOCCER, at("2026-03-07 09:00"), duration=timedelta(hours=5, minutes=30)),
            id="longer",
        ),
    ],
)
def test_an_edit_that_clashes_is_kept_and_completed(base: ChangeEvent | MoveEvent) -> None:
    before = soccer("2026-03-07 09:00")
    (wanted,) = apply(base, before)
    offered = options(household(), wanted, store("2026-03-07 13:30", 90, MIA), base=base)
    assert offered
    for option in offered:
        assert option.edits[0] == base
        assert MIA in option.affects
    after = run(offered[0], {SOCCER: before})
    assert find_conflicts(
        household(), shown(after[SOCCER]), shown(store("2026-03-07 13:30", 90, MIA))
    ) == []  # fmt: skip


def test_one_occurrence_that_was_moved_onto_something_moves_on_by_itself() -> None:
    before = piano()
    base = MoveEvent(SOCCER, at("2026-03-17 16:00"), at("2026-03-18 16:00"))
    (wanted,) = apply(base, before)
    offered = options(household(), wanted, store("2026-03-18 15:30", 60, MIA), base=base)
    assert labels(offered)[0] == "Move piano to 4:30 PM"
    starts = walls(shown(run(offered[0], {SOCCER: before})[SOCCER]), "America/New_York")
    assert starts[:3] == ["Tue 10 Mar 16:00", "Wed 18 Mar 16:30", "Tue 24 Mar 16:00"]


def test_several_dates_are_fixed_one_by_one_and_told_together() -> None:
    others = [
        store(f"2026-03-{d} 16:00", 60, MIA, id=UUID(int=80 + d)) for d in (17, 24)
    ]  # fmt: skip
    offered = options(household(), piano(), *others)
    assert "Skip 2 dates" in labels(offered)
    assert "All but 2 dates, which move to another hour" in labels(offered)
    skipped = offered[labels(offered).index("Skip 2 dates")]
    assert skipped.text == (
        "piano is left out on Tue 17 Mar and Tue 24 Mar; every other time it is as asked."
    )


def test_nothing_in_the_past_is_offered_or_moved() -> None:
    running = event("class", "2026-03-04 09:30", 120, MIA, id=STORE)
    offered = options(household(), event("call", "2026-03-04 11:00", 60, MIA), running)
    assert labels(offered)[0] == "Move call to 11:30 AM"
    assert not any("class" in label for label in labels(offered))


def test_no_clash_no_options() -> None:
    assert options(household(), soccer(), store()) == []


def test_a_long_title_is_cut_on_the_button_only() -> None:
    long = replace(soccer(), title="a very long title that nobody can read on a phone")
    first = options(household(), long, store("2026-03-07 13:30", 90, MIA))[0]
    assert first.label.startswith("Move a very long title that nobo… to")
    assert "read on a phone" in first.text


def test_what_must_be_loaded_holds_the_day_and_the_week_after() -> None:
    wanted = soccer()
    clashes = find_conflicts(household(), shown(wanted), shown(store("2026-03-07 14:00", 60, MIA)))
    (span,) = needed_window(household(), wanted, clashes, NOW)
    assert f"{span.start:%d %b}-{span.end:%d %b}" == "06 Mar-16 Mar"


def test_the_older_event_of_a_full_house_is_left_alone_when_it_is_not_known() -> None:
    other = store("2026-03-07 13:30", 90, MIA)
    clashes = find_conflicts(household(), shown(soccer()), shown(other))
    offered = propose(household(), soccer(), clashes, shown(other), {}, NOW, ids(), ANNA)
    assert all(isinstance(e, AddEvent) for o in offered for e in o.edits)
    assert PIANO not in {e.event.id for o in offered for e in o.edits if isinstance(e, AddEvent)}
