"""Whole texts: several expressions, spans, and what is no time at all."""

from __future__ import annotations

import pytest

from scheduling.language.times import find_times, main_time
from tests.scheduling.language.told import NOW, all_told, table, told


@table(
    score=("the score was 3-2 at half time", "-"),
    address=("come to 12 Main St", "-"),
    address_at=("at 5 Oak Avenue", "-"),
    link=("see https://example.com/2026/03/09/deal", "-"),
    bare_link=("www.example.com/2026-03-09", "-"),
    mail=("write to april2026@example.com", "-"),
    price=("it cost $5.30", "-"),
    price_after=("3 for 5 euros", "-"),
    phone=("call 555-1234", "-"),
    phone_long=("Tel: 000 111 82-2100", "-"),
    version=("version 2.5 is out", "-"),
    decimals=("at 6.5 kilograms", "-"),
    ratio=("1:1 with teacher", "-"),
    reference=("ABC-12345-A1B2C3", "-"),
    may_verb=("May I ask why? It may rain", "-"),
    march_verb=("we march on", "-"),
    sat_verb=("she sat down", "-"),
    sun_noun=("the sun is out", "-"),
    second_ordinal=("we have a second car, the second one", "-"),
    half_of=("the second half", "-"),
    seats=("seats 5, room 204, grade 3", "-"),
    count=("we need 3 eggs for 2 kids", "-"),
    ages=("ages 5-7", "-"),
    age=("he is 5 years old", "-"),
    people=("table for 4", "-"),
    decade=("the 90s, the 1990s", "-"),
    year=("by 2030", "-"),
    now_and_then=("every now and then, from time to time", "-"),
    always=("open 24/7", "-"),
    persons=("Jan's and April's things", "-"),
    person=("dinner with June", "-"),
    inside_a_word=("xyesterday, satsuma, monkey, fried, decor, marble", "-"),
    impossible_dates=("18/13/2022, 4/13/1, 80-32-89", "-"),
    vague=("see you later, back in a few", "-"),
    empty=("", "-"),
    fractions=("1/2 cup sugar for 2/3 of the class, 10/10 would bake again", "-"),
)
def test_no_time_at_all(text: str, expected: str) -> None:
    assert all_told(text) == expected


@table(
    two_clauses=(
        "Piano tomorrow at 4 and dentist friday at 2 for Leo",
        "2026-03-05 16:00 | 2026-03-06 14:00",
    ),
    two_sentences=(
        "Mia dentist Fri 3pm. Also remind me to buy cake at 5.",
        "2026-03-06 15:00 | 2026-03-04 17:00",
    ),
    hour_is_its_own=("Leave at 5 and see you Friday at 2", "2026-03-04 17:00 | 2026-03-06 14:00"),
    hour_for_both_days=(
        "Monday and Thursday at 5pm",
        "2026-03-09 17:00 | 2026-03-05 17:00",
    ),
    three_days=(
        "Sat, Sun and Mon 10-12",
        "2026-03-07 10:00-12:00 | 2026-03-08 10:00-12:00 | 2026-03-09 10:00-12:00",
    ),
    days_of_a_month=("June 5, 6 and 7", "2026-06-05 | 2026-06-06 | 2026-06-07"),
    days_share_an_hour=("March 9 and 10 at 5pm", "2026-03-09 17:00 | 2026-03-10 17:00"),
    hours_share_a_day=(
        "tomorrow 9-10am or 2-3pm",
        "2026-03-05 09:00-10:00 | 2026-03-05 14:00-15:00",
    ),
    hours_share_a_later_day=(
        "9-10am, 2-3pm tomorrow",
        "2026-03-05 09:00-10:00 | 2026-03-05 14:00-15:00",
    ),
    there_and_back=(
        "we leave on the 20th at 6am and return the 27th",
        "2026-03-20 06:00 | 2026-03-27",
    ),
    phone_beside_time=("call +1 415 555 2671 tomorrow at 3", "2026-03-05 15:00"),
    guests_beside_time=("table for 6 on Saturday at 7:30", "2026-03-07 19:30"),
    score_beside_day=("we won 5-3 on Saturday", "2026-03-07"),
    age_beside_day=("Leo turns 8 on Friday", "2026-03-06"),
    either_day=("free Wed/Thu?", "2026-03-04 | 2026-03-05"),
    tickets=("buy 3 tickets for Friday", "2026-03-06"),
    flight=("flight UA 123 departs 6:45am on Monday", "2026-03-09 06:45"),
    kids=("pick up 2 kids at 3", "2026-03-04 15:00"),
    street=("party at 12 Main Street at 5", "2026-03-04 17:00"),
    month_name_of_person=("dinner with June on Friday", "2026-03-06"),
    moved_day=("dentist rescheduled from Tuesday to Thursday", "2026-03-10 | 2026-03-05"),
    moved_hour=(
        "move piano on Thursday from 4 to 5",
        "2026-03-05 16:00 | 2026-03-05 17:00",
    ),
    not_moved=("changed my mind, party from 3 to 5", "2026-03-04 15:00-17:00"),
)
def test_several_things_in_one_text(text: str, expected: str) -> None:
    assert all_told(text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("I'll go back on Friday", "Friday", id="without_preposition"),
        pytest.param("vet next Monday at noon please", "next Monday at noon", id="whole"),
        pytest.param("soccer Saturday for Mia at 2pm!", "Saturday for Mia at 2pm", id="outermost"),
        pytest.param("ben Mon. 7:50 a.m.", "Mon. 7:50 a.m.", id="dots"),
        pytest.param("👩‍👧 tomorrow 🥂", "tomorrow", id="emoji"),
        pytest.param(
            "swim Tuesdays except school holidays!", "Tuesdays except school holidays", id="except"
        ),
    ],
)
def test_spans(text: str, said: str) -> None:
    (found,) = find_times(text, NOW)
    assert text[slice(*found.span)] == said


def test_the_pieces_of_a_scattered_expression() -> None:
    text = "Saturday for Mia at 2pm"
    (found,) = find_times(text, NOW)
    assert [text[a:b] for a, b in found.parts] == ["Saturday", "2pm"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("running 10 min late, there at 5", "2026-03-04 17:00", id="not_the_length"),
        pytest.param("thanks for yesterday, Friday at 3?", "2026-03-06 15:00", id="not_the_past"),
        pytest.param("moved from Tuesday 3pm to Friday", "2026-03-06", id="the_new_time"),
        pytest.param("Friday or maybe Saturday", "2026-03-06", id="first_of_equals"),
        pytest.param(
            "today: piano every Tuesday at 4",
            "FREQ=WEEKLY;BYDAY=TU @ 2026-03-10 16:00",
            id="says_most",
        ),
    ],
)
def test_main_time(text: str, expected: str) -> None:
    found = main_time(text, NOW)
    assert found is not None
    assert told(found) == expected


@pytest.mark.parametrize("text", ["", "hello", "for 45 minutes", "31 February"])
def test_no_main_time(text: str) -> None:
    assert main_time(text, NOW) is None
