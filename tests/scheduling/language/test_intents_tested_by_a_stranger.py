"""What somebody new to the product wrote: ends, swaps, calls, traps of words, bare answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from scheduling.language.interpret import interpret
from scheduling.language.readings import Cancel, Change, Constraint, Create, Intent, Move, Query
from tests.scheduling.language.rivera import HOME, NOW, Row, check, rows

KNOWN = replace(HOME, titles=("soccer", "yoga", "piano", "dinner", "dentist"))


def only(text: str, focus: str | None = None) -> Intent:
    (item,) = interpret(text, replace(KNOWN, focus=focus), NOW).items
    return item


@pytest.mark.parametrize(
    ("text", "target", "until"),
    [
        ("soccer now ends at 8pm", "soccer", time(20)),
        ("dinner ends at 10pm", "dinner", time(22)),
        ("dinner until 10pm", "dinner", time(22)),
        ("the dinner on Friday ends at 9", "dinner", time(21)),
    ],
)
def test_a_new_end_is_no_new_event(text: str, target: str, until: time) -> None:
    move = only(text)
    assert isinstance(move, Move)
    assert move.target.words == target
    assert move.to is not None
    assert move.to.start is None
    assert move.to.until is not None
    assert move.to.until.time() == until


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("yoga ends at the end of march", date(2026, 4, 1)),
        ("end yoga after march", date(2026, 4, 1)),
        ("yoga ends on March 30", date(2026, 3, 31)),
    ],
)
def test_a_series_ends(text: str, first: date) -> None:
    cancel = only(text)
    assert isinstance(cancel, Cancel)
    assert (cancel.target.words, cancel.scope) == ("yoga", "following")
    assert cancel.target.when is not None
    assert cancel.target.when.start == first


@pytest.mark.parametrize("text", ["judo ends at 8pm", "camp until friday"])
def test_what_is_not_known_does_not_end(text: str) -> None:
    assert isinstance(only(text), Create)


@pytest.mark.parametrize(
    "text",
    [
        "Mia isn't going to soccer, Leo is",
        "soccer for Leo instead of Mia",
        "Leo goes to soccer instead of Mia",
        "Leo instead of Mia for soccer",
    ],
)
def test_one_takes_the_place_of_another(text: str) -> None:
    change = only(text)
    assert isinstance(change, Change)
    assert change.target.words == "soccer"
    assert (change.add_people, change.remove_people) == (("Leo",), ("Mia",))


KNOWN_TOLD: list[Row] = [
    ("needs", "soccer needs the car", [{"intent": "change", "target": "soccer"}]),
    ("place", "soccer at the north field", [{"intent": "change", "place": "the north field"}]),
    ("with", "dentist should be with me too", [{"intent": "change", "target": "dentist"}]),
]
CALLS: list[Row] = [
    ("member", "call Dad friday 5pm", [{"title": "call Dad", "who": None}]),
    ("phone", "phone call friday 8pm", [{"title": "phone call"}]),
    ("wake-up", "wake up call tomorrow 5am", [{"title": "wake up call"}]),
    ("with", "call with Bob in 30 minutes", [{"title": "call with Bob"}]),
    ("me", "call me at 5", []),
]
SOON: list[Row] = [
    ("hours", "chess in 2 hours", [{"title": "chess", "start": "2026-03-04T12:00"}]),
    ("minutes", "Leo chess in 45 min", [{"title": "chess", "start": "2026-03-04T10:45"}]),
    ("meal", "dinner in an hour and a half, hurry!", []),
    ("now", "practice in 20 min", []),
]
TRAPS: list[Row] = [
    ("shift", "shift tomorrow 1:30am for 2 hours", [{"intent": "create", "title": "shift"}]),
    ("make-up", "make-up lesson Mia thursday 4pm", [{"title": "make-up lesson"}]),
    ("move-in", "move-in day saturday the 14th 9am", [{"title": "move-in day"}]),
    ("show", "show and tell Leo monday 9am", [{"intent": "create", "title": "show and tell"}]),
    ("find", "Find Nemo movie saturday 5pm", [{"intent": "create", "title": "Find Nemo movie"}]),
    ("length", "yoga tomorrow 7pm with Dad, 2 hours", [{"intent": "create", "title": "yoga"}]),
    ("think", "I think judo is at 5 on tuesday", [{"title": "judo", "confidence": 0.65}]),
    ("sign", "\N{BIRTHDAY CAKE} Leo saturday 3pm", [{"title": "\N{BIRTHDAY CAKE}"}]),
    ("letter", "A Mia saturday 1pm-2pm", [{"title": "A", "who": ["Mia"]}]),
    ("skate", "free skate Mia sunday 1pm", [{"title": "free skate", "who": ["Mia"]}]),
    ("out", "I'm out friday 1pm-3pm", [{"title": "out", "start": "2026-03-06T13:00"}]),
    ("sick", "Mia sick today", [{"title": "sick", "who": ["Mia"]}]),
]
OFTEN: list[Row] = [
    ("thrice", "medicine 3 times a day for 5 days", [{"rrule": "FREQ=DAILY;COUNT=5"}] * 3),
    ("twice", "medicine twice a day", [{"time": "08:00"}, {"time": "20:00"}]),
    ("hours", "medicine twice a day at 8am and 9pm", [{"time": "08:00"}, {"time": "21:00"}]),
    ("every", "medicine every 12 hours", [{"rrule": "FREQ=HOURLY;INTERVAL=12"}]),
]
FOREIGN: list[Row] = [
    (
        "german",
        "Zahnarzt am Freitag um 15 Uhr",
        [{"title": "Zahnarzt", "start": "2026-03-06T15:00"}],
    ),
    ("spanish", "dentista el viernes a las 3pm", [{"title": "dentista"}]),
    ("french", "rendez-vous chez le dentiste vendredi 15h", [{"start": "2026-03-06T15:00"}]),
    ("italian", "dentista venerdì alle ore 15", []),
    ("russian", "\u0417\u0430\u0432\u0442\u0440\u0430 \u0432 15:00 \u0432\u0440\u0430\u0447", []),
    ("a-name", "El Toro lunch friday noon", [{"title": "El Toro lunch"}]),
    ("a-feast", "Dia de los Muertos party saturday 5pm", [{"start": "2026-03-07T17:00"}]),
    ("met", "we met last week", []),
]
ENDS_BEFORE: list[Row] = [
    ("noon", "brunch Sunday before noon", [{"window": ["2026-03-08T06:00", "2026-03-08T12:00"]}]),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    rows(KNOWN_TOLD + CALLS + SOON + TRAPS + OFTEN + FOREIGN + ENDS_BEFORE),
)
def test_what_a_stranger_wrote(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected, KNOWN)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("move to 3pm", datetime(2026, 3, 4, 15)),
        ("move to sunday", date(2026, 3, 8)),
        ("at 4pm", datetime(2026, 3, 4, 16)),
        ("Saturday 6pm", datetime(2026, 3, 7, 18)),
        ("actually, 4 not 3", datetime(2026, 3, 4, 16)),
        ("yes but make it 5", datetime(2026, 3, 4, 17)),
    ],
)
def test_a_bare_time_is_that_of_what_was_shown(text: str, start: date) -> None:
    move = only(text, focus="yoga")
    assert isinstance(move, Move)
    assert move.target.it
    assert move.to is not None
    assert move.to.start == start


@pytest.mark.parametrize("text", ["at 4pm", "Saturday 6pm", "not Leo", "4 not 3"])
def test_a_bare_time_alone_is_nothing(text: str) -> None:
    assert interpret(text, KNOWN, NOW).items == ()


@pytest.mark.parametrize("text", ["Leo saturday 3pm", "saturday 3pm Leo", "Dad at 4pm"])
def test_a_time_with_a_name_moves_nothing(text: str) -> None:
    assert not any(
        isinstance(item, Move) for item in interpret(text, replace(KNOWN, focus="yoga"), NOW).items
    )


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("is Dad free Friday at 7?", 19),
        ("can Dad do Friday at 7", 19),
        ("is Dad free Friday at 9?", 9),
    ],
)
def test_free_at_seven_is_in_the_evening(text: str, hour: int) -> None:
    query = only(text)
    assert isinstance(query, Query)
    assert query.q == "free"
    assert query.when is not None
    assert query.when.start == datetime(2026, 3, 6, hour)


def test_somebody_unknown_is_asked_about() -> None:
    query = only("is Zoe free friday?")
    assert isinstance(query, Query)
    assert query.who.unknown == ("Zoe",)


def test_not_driving_is_not_staying_at_home() -> None:
    rule = only("Dad can't drive on Wednesdays")
    assert isinstance(rule, Constraint)
    assert (rule.type, rule.days) == ("custom", ("WE",))


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("dentist 3pm, bring insurance card", "bring insurance card"),
        ("soccer saturday 10am Leo, be there by 9:30", "be there by 9:30"),
        ("playdate saturday 2pm Leo, need to bring snacks", "need to bring snacks"),
    ],
)
def test_a_remark_is_kept(text: str, note: str) -> None:
    item = only(text)
    assert isinstance(item, Create)
    assert item.note == note
