"""What a family writes on its first days: rules over midnight, things shared, corrections."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from scheduling.language.interpret import interpret
from scheduling.language.readings import Cancel, Change, Create, Intent, Move, Query, Remind
from tests.scheduling.language.rivera import HOME, NOW, Row, check, rows

KNOWN = replace(HOME, titles=("piano", "judo", "dentist"))
NIGHT = [{"intent": "constraint", "type": "time_window", "blocked": ["22:00", "07:00"]}]
PIANO = {"intent": "cancel", "target": "piano"}
BACK = [{"intent": "resource", "name": "car", "back": True, "start": None, "capacity": None}]
KIND = {"intent": "constraint", "type": "custom"}
FAMILY = ["Mom", "Dad", "Mia", "Leo", "Grandma"]


def only(text: str, focus: str | None = None) -> Intent:
    """The one thing that a message asks for."""
    (item,) = interpret(text, replace(KNOWN, focus=focus), NOW).items
    return item


@pytest.mark.parametrize(
    "text",
    [
        "quiet hours from 10pm to 7am",
        "set the quiet hours to 10pm till 7am",
        "quiet hours 22:00-07:00",
        "change quiet hours to 9pm-6am",
    ],
)
def test_quiet_hours_are_a_setting_and_no_rule(text: str) -> None:
    check(text, [])


OVERNIGHT: list[Row] = [
    ("nothing", "nothing from 10pm to 7am", NIGHT),
    ("dash", "nothing 10pm-7am", NIGHT),
    ("between", "no events between 10pm and 7am", NIGHT),
    ("after-until", "no events after 10pm until 7am", NIGHT),
    ("after-or-before", "nothing after 10pm or before 7am", NIGHT),
    ("free", "keep 10pm to 7am free", NIGHT),
    ("bed", "the kids must be in bed from 10pm to 7am", [{**NIGHT[0], "who": ["Mia", "Leo"]}]),
    ("days", "no events on weekdays from 10pm to 7am", [{**NIGHT[0], "days": "MO,TU,WE,TH,FR"}]),
    ("dawn", "nothing on sundays from 5am to 8am", [{"blocked": ["05:00", "08:00"]}]),
]
ONE_KIND: list[Row] = [
    ("tv", "no tv for Leo after 7pm", [{**KIND, "after": "19:00", "who": ["Leo"]}]),
    ("calls", "no calls for Ben before 9am", [{**KIND, "before": "09:00", "who": ["Dad"]}]),
    ("watch", "Leo can't watch tv after 8pm", [{**KIND, "text": "Leo can't watch tv after 8pm"}]),
    ("lesson", "never schedule lessons before 9am", [KIND]),
    ("events", "no events after 9pm", [{"type": "time_window", "after": "21:00"}]),
    ("nothing", "nothing after 9pm for the kids", [{"type": "time_window", "after": "21:00"}]),
    ("plans", "no plans before 9am", [{"type": "time_window", "before": "09:00"}]),
    ("home", "Leo must be home by 8pm", [{"type": "time_window", "after": "20:00"}]),
]
TAKEN_AWAY: list[Row] = [
    ("number", "remove rule 2", [{"remove": True, "number": 2}]),
    ("word", "delete rule number 3", [{"remove": True, "number": 3}]),
    ("sign", "drop rule #12", [{"remove": True, "number": 12}]),
    (
        "about",
        "remove the rule about horses",
        [{"remove": True, "number": None, "words": "horses"}],
    ),
]


@pytest.mark.parametrize(("text", "expected"), rows(OVERNIGHT + ONE_KIND + TAKEN_AWAY))
def test_a_rule_keeps_both_its_ends_and_its_kind(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected, KNOWN)


WE: list[Row] = [
    (
        "both",
        "parent evening on wednesday 7pm both of us",
        [{"title": "parent evening", "who": ["Mom", "Dad"]}],
    ),
    ("both-first", "both of us have dentist friday 9am", [{"who": ["Mom", "Dad"]}]),
    (
        "we",
        "we are at the lake from friday to sunday",
        [{"start": "2026-03-06", "end": "2026-03-09", "who": FAMILY}],
    ),
    ("named", "we take Leo to the dentist friday 9am", [{"who": ["Leo"]}]),
]
RIDES: list[Row] = [
    (
        "i-too",
        "chess club for Leo every other friday 15:30, Ben drives, I pick up",
        [{"title": "chess club", "who": ["Leo"], "driver": "Dad"}],
    ),
    (
        "him",
        "judo leo 9am, Ben drives him there and I pick him up",
        [{"title": "judo", "who": ["Leo"], "driver": "Dad"}],
    ),
    (
        "takes",
        "soccer sat 10am, Ben takes Leo there and I pick him up",
        [{"title": "soccer", "who": ["Leo"], "driver": "Dad"}],
    ),
]


@pytest.mark.parametrize(("text", "expected"), rows(WE + RIDES))
def test_a_booking_is_for_those_it_speaks_of(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


def test_a_child_speaks_for_itself_at_least() -> None:
    leo = replace(HOME, sender="Leo")
    check("movie on friday 7pm both of us", [{"title": "movie", "who": ["Leo"]}], leo)


def test_we_are_everyone() -> None:
    item = only("we are at grandma's from friday to sunday")
    assert isinstance(item, Create)
    assert item.who.everyone


SHARED: list[Row] = [
    ("van", "we have a van", [{"intent": "resource", "name": "van", "type": "vehicle"}]),
    ("bikes", "we have two bikes", [{"intent": "resource", "name": "bike", "capacity": 2}]),
    ("room", "we have a game room", [{"intent": "resource", "type": "room"}]),
    ("now", "we have a boat now", [{"intent": "resource", "name": "boat"}]),
    ("dog", "we have a dog", []),
    ("mine", "I have a bike", []),
    ("back", "the car is back", BACK),
    ("available", "the car is available again", BACK),
    ("works", "the car works again", BACK),
    ("fixed", "the car is fixed", BACK),
    ("unbroken", "the car is not broken any more", BACK),
    ("isn't", "the car isn't broken anymore", BACK),
    ("from", "the car is back from the shop", BACK),
    ("in", "the car is back in the shop", [{"start": "2026-03-04", "back": None}]),
    ("out", "the car is not available", [{"start": "2026-03-04", "back": None}]),
]


@pytest.mark.parametrize(("text", "expected"), rows(SHARED))
def test_what_the_family_shares(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


SEVERAL: list[Row] = [
    (
        "dates",
        "cancel piano on jan 19 and jan 26",
        [{**PIANO, "start": "2027-01-19"}, {**PIANO, "start": "2027-01-26"}],
    ),
    (
        "short",
        "skip piano on april 5 and 12",
        [{**PIANO, "start": "2026-04-05"}, {**PIANO, "start": "2026-04-12"}],
    ),
    (
        "three",
        "cancel piano monday, thursday and friday",
        [{**PIANO, "start": f"2026-03-{day}"} for day in ("09", "05", "06")],
    ),
    ("series", "cancel piano on mondays and wednesdays", [{**PIANO, "scope": "series"}]),
    (
        "agenda",
        "what do we have tomorrow and on saturday?",
        [{"q": "agenda", "start": "2026-03-05"}, {"q": "agenda", "start": "2026-03-07"}],
    ),
    (
        "the same day",
        "what's on thursday and who has the car?",
        [{"q": "agenda", "start": "2026-03-05"}, {"q": "resource", "start": "2026-03-05"}],
    ),
]


@pytest.mark.parametrize(("text", "expected"), rows(SEVERAL))
def test_each_day_is_its_own(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected, KNOWN)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("actually 3pm", datetime(2026, 3, 4, 15)),
        ("actually at 8", datetime(2026, 3, 4, 20)),
        ("no, thursday", date(2026, 3, 5)),
        ("sorry, thursday at 5pm", datetime(2026, 3, 5, 17)),
        ("no wait, thursday", date(2026, 3, 5)),
        ("oops I meant thursday", date(2026, 3, 5)),
        ("sorry i mean 4:30pm", datetime(2026, 3, 4, 16, 30)),
        ("actually thursday works better", date(2026, 3, 5)),
    ],
)
def test_a_correction_moves_what_was_just_shown(text: str, start: date) -> None:
    move = only(text, focus="dentist")
    assert isinstance(move, Move)
    assert move.target.it
    assert move.to is not None
    assert move.to.start == start
    assert interpret(text, KNOWN, NOW).items == ()


EVES = [
    ("dentist thursday 8:15, remind me the evening before", 8, 13.25),
    ("dentist thursday at 9 and remind us the night before", 9, 13),
    ("dentist thursday at 8pm, remind me the day before", 20, 24),
]


@pytest.mark.parametrize(("text", "hour", "lead"), EVES, ids=[text for text, *_ in EVES])
def test_the_evening_before_is_not_the_event_s(text: str, hour: int, lead: float) -> None:
    booked = only(text)
    assert isinstance(booked, Create)
    assert booked.when is not None
    assert isinstance(booked.when.start, datetime)
    assert booked.when.start.hour == hour
    assert booked.reminders == (timedelta(hours=lead),)


@pytest.mark.parametrize(
    "text",
    [
        "we're sick so cancel everything on monday",
        "kids are sick, drop everything on monday",
        "clear monday",
        "clear the whole day on monday",
        "clear my monday, I'm sick",
    ],
)
def test_everything_of_a_day_is_called_off(text: str) -> None:
    off = only(text)
    assert isinstance(off, Cancel)
    assert off.target.words == "everything"
    assert off.target.when is not None
    assert off.target.when.start == date(2026, 3, 9)


def test_clearing_the_gutters_is_something_to_do() -> None:
    assert isinstance(only("clear the gutters on monday"), Create)


TWICE: list[tuple[str, list[float]]] = [
    ("dentist thursday at 9, remind me the evening before and 1 hour before", [14, 1]),
    ("dentist thursday at 9, remind me 1 hour before and again 10 minutes before", [1, 1 / 6]),
    ("dentist thursday at 9, remind me 1 day and 1 hour before", [24, 1]),
    ("dentist thursday at 9, remind me an hour and a half before", [1.5]),
    ("dentist thursday at 9, remind me 1 hour and 15 minutes before", [1.25]),
]


@pytest.mark.parametrize(("text", "leads"), TWICE, ids=[text for text, _ in TWICE])
def test_reminded_as_often_as_was_said(text: str, leads: list[float]) -> None:
    booked = only(text)
    assert isinstance(booked, Create)
    assert booked.when is not None
    assert booked.when.duration is None
    assert [lead / timedelta(hours=1) for lead in booked.reminders] == pytest.approx(leads)


def test_reminded_more_than_once_of_what_is_there() -> None:
    named = only("remind us 1 day before and an hour before piano")
    assert isinstance(named, Remind)
    assert named.target is not None
    assert named.target.words == "piano"
    assert (named.before, *named.also) == (timedelta(days=1), timedelta(hours=1))
    shown = only("remind me the day before and 1 hour before", focus="piano")
    assert isinstance(shown, Change)
    assert shown.reminders == (timedelta(days=1), timedelta(hours=1))


@pytest.mark.parametrize("text", ["no", "thursday", "no, not thursday", "actually yesterday"])
def test_no_correction(text: str) -> None:
    assert interpret(text, replace(KNOWN, focus="dentist"), NOW).items == ()


@pytest.mark.parametrize(
    "text",
    [
        "from april 10 on piano is at 5pm",
        "as of april 10 piano starts at 5pm",
        "piano is at 5pm from april 10 on",
    ],
)
def test_from_then_on_changes_the_hour_alone(text: str) -> None:
    move = only(text)
    assert isinstance(move, Move)
    assert move.scope == "following"
    assert move.target.words == "piano"
    assert move.target.when is not None
    assert move.target.when.start == date(2026, 4, 10)
    assert move.to is not None
    assert move.to.time == time(17)


def test_the_car_is_not_needed_on_a_day() -> None:
    change = only("actually I don't need the car friday")
    assert isinstance(change, Change)
    assert change.remove_resources == ("car",)
    assert change.target.when is not None
    assert change.target.when.start == date(2026, 3, 6)


def test_who_picks_up_is_asked() -> None:
    query = only("who picks up Leo on friday?")
    assert isinstance(query, Query)
    assert query.q == "who_drives"
