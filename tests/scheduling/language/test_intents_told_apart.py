"""Messages that were once misread, each for a reason of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from scheduling.language.interpret import interpret
from scheduling.language.readings import Change
from tests.scheduling.language.rivera import HOME, NOW, Row, check, rows

SHOWN = replace(HOME, titles=("soccer", "dinner"), focus="dinner")


def item(intent: str, **slots: Any) -> dict[str, Any]:
    return {"intent": intent, **slots}


MESSAGES: list[Row] = [
    (
        "following_from_a_day",
        "cancel piano from March 24 on",
        [item("cancel", target="piano", start="2026-03-24", scope="following")],
    ),
    (
        "no_more_after_a_month",
        "no more piano lessons after May",
        [item("cancel", target="piano lessons", start="2026-06-01", scope="following")],
    ),
    (
        "markup_is_data",
        "meeting <i>Smith & Sons</i> tomorrow 7pm",
        [item("create", title="meeting <i>Smith & Sons</i>", who=None)],
    ),
    (
        "name_between_two_times",
        "swimming every monday and wednesday 5pm Leo until christmas",
        [item("create", title="swimming", who=["Leo"], time="17:00")],
    ),
    (
        "reminder_for_him",
        "Leo guitar fri 4pm, remind him 30 min before",
        [item("create", title="guitar", who=["Leo"], remind_min=30, end=None)],
    ),
    (
        "reminder_for_her_in_a_sentence_of_its_own",
        "piano fri 5pm Mia. remind her 15 minutes before",
        [item("create", title="piano", who=["Mia"], remind_min=15)],
    ),
    (
        "two_cancelled",
        "cancel the dentist and the vet",
        [item("cancel", target="dentist"), item("cancel", target="vet")],
    ),
    (
        "two_cancelled_each_on_its_day",
        "cancel piano on friday and ballet on saturday",
        [
            item("cancel", target="piano", start="2026-03-06"),
            item("cancel", target="ballet", start="2026-03-07"),
        ],
    ),
    ("a_reason_is_no_event", "scrap date night, sitter bailed", [item("cancel", scope="one")]),
    (
        "one_cancelled_one_booked_instead",
        "cancel yoga tomorrow and book a massage at 4 instead",
        [
            item("cancel", target="yoga", start="2026-03-05"),
            item("create", title="massage", start="2026-03-05T16:00"),
        ],
    ),
    (
        "wake",
        "wake me at 6:30",
        [item("remind", title="wake up", who=["Mom"], start="2026-03-05T06:30")],
    ),
    (
        "nobody_books",
        "Nobody books before 8am on Sundays",
        [item("constraint", before="08:00", days="SU")],
    ),
    ("one_before_the_other", "soccer has priority over piano", [item("constraint", type="custom")]),
    (
        "stays_home",
        "Mia can't go to school Friday",
        [item("create", title="no school", who=["Mia"], confidence=0.65)],
    ),
    ("out_of_use", "the van is broken", [item("resource", name="van")]),
    ("a_boat", "we got a boat, seats 6", [item("resource", name="boat", capacity=6)]),
    (
        "a_thing_not_yet_known",
        "our kayak holds 2 people",
        [item("resource", name="kayak", capacity=2)],
    ),
    (
        "everyone_free",
        "is everyone free Saturday 3-5?",
        [item("query", q="free", start="2026-03-07T15:00", end="2026-03-07T17:00")],
    ),
    (
        "driving",
        "whos driving Leo to soccer",
        [item("query", q="who_drives", target="soccer", who=["Leo"])],
    ),
    (
        "abroad",
        "on vacation in Spain Dec 20 to Jan 2",
        [item("create", title="vacation in Spain", place=None, end="2027-01-03")],
    ),
    (
        "there_and_back",
        "Dad flies to Chicago on Monday at 6:45am back Wednesday 9pm",
        [item("create", title="flies to Chicago", end="2026-03-11T21:00")],
    ),
    (
        "to_each_his_day",
        "dentist mon 9 for mia, tues 9 for leo",
        [item("create", who=["Mia"]), item("create", who=["Leo"], start="2026-03-10T09:00")],
    ),
    (
        "the_hour_after_the_shouting",
        "Movie night friday!!! 7:30",
        [item("create", title="Movie night", start="2026-03-06T19:30")],
    ),
    ("owner_without_apostrophe", "mias piano fri 4pm", [item("create", who=["Mia"])]),
    ("an_errand", "call the bank mon 9", [item("create", title="call the bank")]),
    ("a_question_without_its_mark", "is dinner ready", []),
    ("a_day_that_is_free", "wed: free", []),
]


@pytest.mark.parametrize(("text", "expected"), rows(MESSAGES))
def test_a_message_is_told_apart(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


AFTER_SOMETHING_SHOWN: list[Row] = [
    ("make_it_an_hour", "make it 6", [item("move", new_time="18:00")]),
    ("make_it_so_long", "make it 90 minutes", [item("change", duration_min=90)]),
    ("push", "push it an hour", [item("move", shift_min=60)]),
    ("driver", "I can drive", [item("change", driver="Mom")]),
    ("takes", "I'll take Leo", [item("change", driver="Mom")]),
    ("also_the_car", "also the car", [item("change", resource=["car"])]),
    ("and_the_van", "and the van", [item("change", resource=["van"])]),
    ("remove_person", "remove Leo", [item("change", remove=["Leo"])]),
    ("remove_thing", "remove the car", [item("change", remove=["car"])]),
    ("him", "remind him 1 hour before", [item("change", remind_min=60)]),
    ("instead", "do soccer thursday instead", [item("move", target="soccer", start="2026-03-05")]),
]


@pytest.mark.parametrize(("text", "expected"), rows(AFTER_SOMETHING_SHOWN))
def test_it_is_what_was_shown(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected, SHOWN)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("no reminder for soccer", "soccer"),
        ("don't remind us about soccer", "soccer"),
        ("turn off the reminders for soccer", "soccer"),
        ("cancel the reminder for soccer", "soccer"),
        ("no reminder please", ""),
    ],
)
def test_no_reminder_is_a_change_to_none(text: str, target: str) -> None:
    (found,) = interpret(text, SHOWN, NOW).items
    assert isinstance(found, Change)
    assert found.reminders == ()
    assert (found.target.words, found.target.it) == (target, not target)


def test_a_reminder_asked_for_is_not_taken_for_none() -> None:
    (found,) = interpret("remind us 2 hours before", SHOWN, NOW).items
    assert isinstance(found, Change)
    assert found.reminders == (timedelta(hours=2),)
