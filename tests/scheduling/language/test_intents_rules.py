"""Standing rules, shared things, answers to a question, and undo."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.scheduling.language.rivera import HOME, Row, check, read, rows


def k(**slots: Any) -> list[dict[str, Any]]:
    return [{"intent": "constraint", **slots}]


def s(name: str, **slots: Any) -> list[dict[str, Any]]:
    return [{"intent": "resource", "name": name, **slots}]


SCHOOL_NIGHTS = "MO,TU,WE,TH,SU"
WORKDAYS = "MO,TU,WE,TH,FR"
RULES: list[Row] = [
    (
        "after",
        "no events after 8pm on school nights",
        k(after="20:00", days=SCHOOL_NIGHTS, hard="true"),
    ),
    ("before", "nothing before 9am on weekends", k(before="09:00", days="SA,SU")),
    ("days", "no activities on Sundays", k(days="SU", blocked=["00:00", "00:00"])),
    (
        "whose",
        "no events for Mia after 20:00 on school nights",
        k(after="20:00", who=["Mia"], days=SCHOOL_NIGHTS),
    ),
    ("home", "Leo has to be home by 6pm on weekdays", k(after="18:00", who=["Leo"], days=WORKDAYS)),
    ("bedtime", "Mia's bedtime is 8pm", k(after="20:00", who=["Mia"])),
    ("in_bed", "kids in bed by 8", k(after="20:00", who=["Mia", "Leo"])),
    ("evenings", "keep Friday evenings free", k(after="17:00", days="FR")),
    ("free_days", "keep Saturdays free for family", k(days="SA")),
    ("gap", "at least 30 minutes between appointments", k(type="min_gap", min_gap=30)),
    ("most", "max two activities a day for Leo", k(max_per_day=2, who=["Leo"])),
    ("more_than", "Leo can't have more than one activity a day", k(max_per_day=1, who=["Leo"])),
    ("works", "Mom works Tuesdays and Thursdays 9-3", k(days="TU,TH", blocked=["09:00", "15:00"])),
    (
        "school",
        "Mia has school Monday to Friday 8 to 3",
        k(days=WORKDAYS, blocked=["08:00", "15:00"]),
    ),
    ("cannot", "Dad can't do Mondays", k(days="MO", who=["Dad"])),
    ("unavailable", "I'm not available on Wednesdays", k(days="WE", who=["Mom"])),
    ("prefers", "Dad prefers no meetings before 9am", k(before="09:00", who=["Dad"], hard="false")),
    (
        "try",
        "try not to schedule anything on Sunday mornings",
        k(before="12:00", days="SU", hard="false"),
    ),
    (
        "rather",
        "We'd rather take the car than the van for soccer",
        k(type="resource_priority", resource=["car"], over="van", words="soccer", hard="false"),
    ),
    ("between", "no meetings between 12 and 1", k(blocked=["12:00", "13:00"])),
    ("naps", "Leo naps from 1 to 3 every day", k(blocked=["13:00", "15:00"], who=["Leo"])),
    ("custom", "Grandma can't drive after dark", k(type="custom", who=["Grandma"])),
    ("labelled", "new rule: no homework on Saturdays", k(days="SA")),
    ("removed", "forget the rule about Sundays", k(remove=True, words="Sundays")),
    ("removed_kind", "remove the bedtime rule", k(remove=True, words="bedtime")),
    ("dont", "don't schedule anything before 10 on Saturdays", k(before="10:00", days="SA")),
    ("off_limits", "Wednesdays are off limits for Dad", k(days="WE", who=["Dad"])),
    ("one_date_is_no_rule", "no school Friday", [{"intent": "create", "title": "no school"}]),
]
THINGS: list[Row] = [
    ("second", "we have a second car now, the Prius, seats 5",
     s("Prius", capacity=5, type="vehicle")),
    ("new", "we got a new van", s("van")),
    ("its_a", "we have a new car, it's a Tesla", s("Tesla")),
    ("seats", "the van seats 7", s("van", capacity=7)),
    ("add", "add a resource: projector", s("projector", type="equipment")),
    ("shared", "add the boat as a shared resource", s("boat")),
    ("room", "add a new resource guest room, sleeps 2", s("guest room", type="room", capacity=2)),
    ("two", "we now have two cars", s("car", capacity=2)),
    ("called", "we got a minivan called Bertha that seats 7", s("Bertha", capacity=7)),
    ("shop", "the car is in the shop until Monday", s("car", capacity=None)),
    ("unavailable", "car is unavailable Friday", s("car", start="2026-03-06")),
    ("broken", "the van is broken", s("van", confidence=0.65)),
    ("renovated", "kitchen is being renovated next week", s("kitchen", start="2026-03-09")),
    ("sold", "we sold the van", s("van", remove=True)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), rows(RULES))
def test_a_rule_is_read(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


@pytest.mark.parametrize(("text", "expected"), rows(THINGS))
def test_a_shared_thing_is_read(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)


ASKED = replace(HOME, pending_options=3)
YES = [
    "yes",
    "ok",
    "sounds good",
    "approve",
    "👍",
    "yes please",
    "do it",
    "ok let's do that",
    "works for me",
    "fine by me\n",
    "sure thing",
    "perfect, thanks!",
    "go ahead",
    "go for it",
    "that works",
    "yes do that 👍",
    "lol ok",
]
NO = [
    "no",
    "nope",
    "none of those",
    "neither",
    "reject",
    "👎",
    "no thanks",
    "don't do that",
    "cancel",
    "leave it as it is\n",
    "not that one",
    "keep it as is",
    "no way",
    "no don't",
]
CHOICES = [
    ("the first one", 1), ("option 2", 2), ("2", 2), ("go with the second", 2), ("1", 1),
    ("let's do option 3", 3), ("last one", 3), ("number 2 please", 2), ("yeah the third", 3),
    ("I prefer the first one", 1), ("yes, option 1", 1), ("second", 2), ("approve 1", 1),
    ("the second one works", 2), ("Let's go with 1", 1),
]  # fmt: skip


@pytest.mark.parametrize("text", [text.strip() for text in YES])
def test_yes_approves_the_open_question(text: str) -> None:
    check(text, [{"intent": "approve", "choice": None}], ASKED)


@pytest.mark.parametrize("text", [text.strip() for text in NO])
def test_no_rejects_the_open_question(text: str) -> None:
    check(text, [{"intent": "reject"}], ASKED)


@pytest.mark.parametrize(("text", "choice"), CHOICES)
def test_an_option_is_chosen(text: str, choice: int) -> None:
    check(text, [{"intent": "approve", "choice": choice}], ASKED)


@pytest.mark.parametrize("text", [*(t.strip() for t in YES), *(text for text, _ in CHOICES)])
def test_without_an_open_question_assent_is_talk(text: str) -> None:
    assert read(text) == []


def test_an_option_that_is_not_there_is_doubted() -> None:
    check("option 7", [{"intent": "approve", "choice": 7, "confidence": 0.5}], ASKED)


def test_a_booking_stays_one_while_a_question_is_open() -> None:
    check("dinner Friday at 7pm", [{"intent": "create", "title": "dinner"}], ASKED)


@pytest.mark.parametrize(
    "text", ["undo", "undo that", "oops undo", "please undo it", "undo the last one"]
)
def test_undo_needs_no_question(text: str) -> None:
    check(text, [{"intent": "undo"}])
