"""Moving and cancelling what is on the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from scheduling.language.intents.move import new_time
from scheduling.language.interpret import interpret
from scheduling.language.readings import Cancel, Move
from tests.scheduling.language.rivera import HOME, NOW, Row, check, rows


def m(target: str, **slots: Any) -> list[dict[str, Any]]:
    return [{"intent": "move", "target": target, **slots}]


def x(target: str, scope: str = "one", **slots: Any) -> list[dict[str, Any]]:
    return [{"intent": "cancel", "target": target, "scope": scope, **slots}]


MOVES: list[Row] = [
    ("day_and_hour", "move dentist to Friday at 3", m("dentist", start="2026-03-06T15:00")),
    ("hour_only", "Move soccer to 4pm", m("soccer", new_time="16:00", start=None)),
    ("target_day", "move Saturday's soccer to 10am", m("soccer", start="2026-03-07T10:00")),
    ("can_we", "can we move piano to Thursday?", m("piano", start="2026-03-05")),
    ("whose", "reschedule Leo's dentist to next Tuesday 2pm", m("dentist", who=["Leo"])),
    ("for", "reschedule the dentist for Thursday 9am", m("dentist", start="2026-03-05T09:00")),
    ("push_to", "push dinner to 7:30", m("dinner", new_time="19:30")),
    ("push_back", "push dinner back 30 minutes", m("dinner", shift_min=30)),
    ("push_back_by", "push back dinner by half an hour", m("dinner", shift_min=30)),
    ("postpone", "postpone yoga until Friday", m("yoga", start="2026-03-06")),
    ("delay", "delay the meeting by an hour", m("meeting", shift_min=60)),
    ("is_now", "dinner is now at 7", m("dinner", new_time="19:00")),
    ("instead_of", "soccer is at 10 instead of 9", m("soccer", new_time="10:00")),
    (
        "was_moved",
        "the recital has been moved to Sunday 4pm",
        m("recital", start="2026-03-08T16:00"),
    ),
    ("later", "shift the playdate an hour later", m("playdate", shift_min=60)),
    ("forward", "bring the meeting forward by 15 minutes", m("meeting", shift_min=-15)),
    ("up", "move dinner up an hour", m("dinner", shift_min=-60)),
    ("pull", "pull the call forward 20 min", m("call", shift_min=-20)),
    ("earlier", "start dinner 30 minutes earlier", m("dinner", shift_min=-30)),
    ("day_back", "can you push my haircut back a day?", m("haircut", shift_min=1440)),
    ("by_hour", "move the 3pm meeting to 4", m("meeting", new_time="16:00")),
    (
        "that_week",
        "move next Tuesday's piano to Wednesday 5pm, just that one",
        m("piano", start="2026-03-11T17:00", scope="one"),
    ),
    ("same_week", "move Saturday's soccer to Friday", m("soccer", start="2026-03-06")),
    (
        "from_on",
        "change ballet to 5pm from now on",
        m("ballet", new_time="17:00", scope="following"),
    ),
    (
        "all",
        "move all of Mia's piano lessons to 5pm",
        m("piano lessons", new_time="17:00", scope="series"),
    ),
    ("from_to", "move dentist from Thursday to Friday", m("dentist", start="2026-03-06")),
    ("time_of", "change the time of the dentist to 10am", m("dentist", new_time="10:00")),
    ("lets", "let's do dinner at 8 instead", m("dinner", new_time="20:00")),
    ("till", "Practice is postponed till Thursday 6pm", m("Practice", start="2026-03-05T18:00")),
    ("starts_now", "ballet starts at 4:30 now", m("ballet", new_time="16:30")),
    ("put_off", "put off the vet visit by two days", m("vet visit", shift_min=2880)),
    (
        "hour_later",
        "Leo's practice is an hour later on Friday",
        m("practice", shift_min=60, who=["Leo"]),
    ),
    ("gerund", "Rescheduling the vet to March 20th", m("vet", start="2026-03-20")),
    ("no_time_yet", "please reschedule piano", m("piano", confidence=0.5)),
]
CANCELS: list[Row] = [
    ("on_day", "cancel piano on March 24", x("piano", start="2026-03-24")),
    ("whose", "cancel Leo's dentist", x("dentist", who=["Leo"])),
    ("tomorrow", "cancel dentist tomorrow", x("dentist", start="2026-03-05")),
    ("all", "cancel all piano lessons", x("piano lessons", "series")),
    ("now_on", "cancel piano from now on", x("piano", "following")),
    ("rest", "cancel the rest of the swim lessons", x("swim lessons", "following")),
    ("is_cancelled", "soccer is cancelled tomorrow", x("soccer", start="2026-03-05")),
    ("got_cancelled", "the party got cancelled", x("party")),
    ("no_more_day", "no piano on Thursday", x("piano", start="2026-03-05")),
    ("call_off", "call off the barbecue", x("barbecue")),
    ("skip", "skip yoga tonight", x("yoga", start="2026-03-04")),
    ("delete", "delete the dentist appointment on Friday", x("dentist", start="2026-03-06")),
    ("from_calendar", "remove game night from the calendar", x("game night")),
    ("take_off", "take the dentist off the calendar", x("dentist")),
    ("quit", "Mia quit ballet", x("ballet", "series")),
    ("done_with", "Leo is done with karate, delete the whole series", x("karate", "series")),
    ("no_longer", "Mia no longer does ballet", x("ballet", "series")),
    ("no_more", "no more karate", x("karate", "series")),
    ("wont_have", "Leo won't have karate next Monday", x("karate", start="2026-03-09")),
    ("by_hour", "cancel my 3pm", x(None, start="2026-03-04T15:00")),
    ("please", "please cancel tomorrow's swim lesson", x("swim lesson", start="2026-03-05")),
    ("series_day", "cancel every Tuesday piano", x("piano", "series")),
    ("question", "can you cancel the haircut?", x("haircut")),
    ("off", "Dinner with the Smiths is off", x("Dinner with the Smiths")),
    ("forget", "forget about the picnic on Sunday", x("picnic", start="2026-03-08")),
    ("rain", "swim meet rained out", x("swim meet")),
    ("end", "end the yoga series", x("yoga", "series")),
    ("stop", "stop the piano lessons", x("piano lessons", "series")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), rows(MOVES))
def test_a_move_is_read(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


@pytest.mark.parametrize(("text", "expected"), rows(CANCELS))
def test_a_cancelling_is_read(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


def test_it_means_the_event_just_shown() -> None:
    focused = replace(HOME, focus="piano")
    (item,) = interpret("move it to Friday", focused, NOW).items
    assert isinstance(item, Move)
    assert item.target.it
    assert item.confidence > 0.7


def test_it_without_a_focus_is_asked_about() -> None:
    (item,) = interpret("cancel it", HOME, NOW).items
    assert isinstance(item, Cancel)
    assert item.confidence < 0.7


def test_a_known_title_restated_is_a_doubtful_move() -> None:
    known = replace(HOME, titles=("soccer",))
    (item,) = interpret("Leo's soccer is 9am this Sat", known, NOW).items
    assert isinstance(item, Move)
    assert item.confidence < 0.7


def test_a_weekday_counts_in_the_week_of_the_moved_occurrence() -> None:
    read = new_time("Wednesday 5pm", date(2026, 3, 17), NOW)
    assert read is not None
    assert read.start == datetime(2026, 3, 18, 17)


def test_tomorrow_counts_from_now_whichever_occurrence_moves() -> None:
    read = new_time("tomorrow", date(2026, 3, 17), NOW)
    assert read is not None
    assert read.start == NOW.date() + timedelta(days=1)
