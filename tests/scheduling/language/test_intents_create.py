"""Bookings as families write them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scheduling.language.rivera import Row, check, rows


def c(title: str, start: str | None = None, **slots: Any) -> list[dict[str, Any]]:
    return [{"intent": "create", "title": title, **({"start": start} if start else {}), **slots}]


PLAIN: list[Row] = [
    ("time_last", "Dentist for Mia Friday 3pm", c("Dentist", "2026-03-06T15:00", who=["Mia"])),
    ("name_first", "Mia dentist Friday 3pm", c("dentist", "2026-03-06T15:00", who=["Mia"])),
    (
        "name_colon",
        "Leo: swim class Saturday at 10am",
        c("swim class", "2026-03-07T10:00", who=["Leo"]),
    ),
    ("name_last", "ballet sat 10am mia", c("ballet", "2026-03-07T10:00", who=["Mia"])),
    (
        "time_first",
        "Saturday 2pm soccer game for Leo",
        c("soccer game", "2026-03-07T14:00", who=["Leo"]),
    ),
    ("tomorrow_first", "tomorrow 9am vet", c("vet", "2026-03-05T09:00", who=None)),
    ("owner", "Mia's recital is Thursday at 6pm", c("recital", "2026-03-05T18:00", who=["Mia"])),
    ("alias", "Anna has yoga tomorrow at 7pm", c("yoga", "2026-03-05T19:00", who=["Mom"])),
    (
        "alias_of_dad",
        "Ben's dentist appointment Tuesday 8:30am",
        c("dentist appointment", "2026-03-10T08:30", who=["Dad"]),
    ),
    (
        "i_have",
        "I have a dentist appointment on Monday at 9am",
        c("dentist appointment", "2026-03-09T09:00", who=["Mom"]),
    ),
    (
        "i_have_got",
        "I've got book club thursday 8pm",
        c("book club", "2026-03-05T20:00", who=["Mom"]),
    ),
    ("my", "my haircut friday 4pm", c("haircut", "2026-03-06T16:00", who=["Mom"])),
    (
        "we_have",
        "We have dinner at the Smiths' Saturday at 7",
        c("dinner", None, place="the Smiths'"),
    ),
    (
        "range",
        "Piano lesson Mia tomorrow 4-4:45pm",
        c("Piano lesson", "2026-03-05T16:00", end="2026-03-05T16:45", who=["Mia"]),
    ),
    (
        "from_to",
        "team meeting thursday from 10 to 11:30am",
        c("team meeting", "2026-03-05T10:00", end="2026-03-05T11:30"),
    ),
    (
        "for_length",
        "gym tomorrow 6am for 1 hour",
        c("gym", "2026-03-05T06:00", end="2026-03-05T07:00"),
    ),
    (
        "two_people",
        "Dentist for Mia and Leo Friday 3pm",
        c("Dentist", "2026-03-06T15:00", who=["Mia", "Leo"]),
    ),
    (
        "names_first",
        "Mia and Leo swimming Saturday 9am",
        c("swimming", "2026-03-07T09:00", who=["Mia", "Leo"]),
    ),
    (
        "names_comma",
        "zoo trip Sunday 10am, Mia, Leo",
        c("zoo trip", "2026-03-08T10:00", who=["Mia", "Leo"]),
    ),
    (
        "kids",
        "kids have a playdate Saturday at 3pm",
        c("playdate", "2026-03-07T15:00", who=["Mia", "Leo"]),
    ),
    (
        "the_kids",
        "movie night for the kids Friday 6:30pm",
        c("movie night", "2026-03-06T18:30", who=["Mia", "Leo"]),
    ),
    (
        "everyone",
        "family photo Sunday 11am, everyone",
        c("family photo", "2026-03-08T11:00", who=["Mom", "Dad", "Mia", "Leo", "Grandma"]),
    ),
    (
        "with_member",
        "lunch with Grandma Sunday noon",
        c("lunch", "2026-03-08T12:00", who=["Mom", "Grandma"]),
    ),
    (
        "with_outsider",
        "coffee with aunt Carol Friday 10am",
        c("coffee with aunt Carol", "2026-03-06T10:00"),
    ),
    (
        "unknown_person",
        "Dentist for Tom tomorrow at 3pm",
        c("Dentist", "2026-03-05T15:00", who=["Tom"]),
    ),
    ("dog", "groomer for the dog Saturday 9am", c("groomer for the dog", "2026-03-07T09:00")),
    ("noon", "Lunch date friday noon", c("Lunch date", "2026-03-06T12:00")),
    ("h24", "parent meeting 2026-03-10 18:30", c("parent meeting", "2026-03-10T18:30")),
    ("month_day", "Leo's checkup March 12 at 8:15", c("checkup", "2026-03-12T08:15", who=["Leo"])),
    ("casing", "IKEA run Saturday 10am", c("IKEA run", "2026-03-07T10:00")),
    ("html", "<b>Party</b> Saturday 4pm", c("<b>Party</b>", "2026-03-07T16:00")),
    ("window", "brunch sunday morning", c("brunch", "2026-03-08")),
    (
        "flight",
        "Grandma's flight arrives Friday 18:05",
        c("flight arrives", "2026-03-06T18:05", who=["Grandma"]),
    ),
]
ORDERS: list[Row] = [
    ("add", "add dentist friday 3pm for Leo", c("dentist", "2026-03-06T15:00", who=["Leo"])),
    ("book", "book a table at Luigi's friday 7pm", c("table", "2026-03-06T19:00", place="Luigi's")),
    (
        "schedule",
        "schedule a haircut for Leo on Saturday at 11",
        c("haircut", "2026-03-07T11:00", who=["Leo"]),
    ),
    (
        "please_add",
        "please add parent teacher conference Mar 12 6pm",
        c("parent teacher conference", "2026-03-12T18:00"),
    ),
    (
        "can_you",
        "can you put soccer on the calendar for Saturday 10am?",
        c("soccer", "2026-03-07T10:00"),
    ),
    (
        "could_you",
        "Could you add Mia's piano tomorrow at 4pm please?",
        c("piano", "2026-03-05T16:00", who=["Mia"]),
    ),
    ("put", "put dentist on the calendar Friday 2pm", c("dentist", "2026-03-06T14:00")),
    ("new_event", "new event: board games Saturday 7pm", c("board games", "2026-03-07T19:00")),
    ("need_to_book", "I need to book the vet for Tuesday 5pm", c("vet", "2026-03-10T17:00")),
    ("lets", "let's have a picnic Sunday at noon", c("picnic", "2026-03-08T12:00")),
    ("save_the_date", "Save the date: Carol's wedding June 20", c("Carol's wedding", "2026-06-20")),
]
PLACES: list[Row] = [
    ("at_name", "dinner at Luigi's Friday 7pm", c("dinner", "2026-03-06T19:00", place="Luigi's")),
    ("at_sign", "lunch @ Subway friday 12:30", c("lunch", "2026-03-06T12:30", place="Subway")),
    (
        "at_the",
        "birthday party at the bowling alley Saturday 3pm, Leo",
        c("birthday party", "2026-03-07T15:00", place="the bowling alley", who=["Leo"]),
    ),
    ("in_the", "picnic in the park Sunday 1pm", c("picnic", "2026-03-08T13:00", place="the park")),
    (
        "after_time",
        "Mia playdate Saturday 2pm at Emma's",
        c("playdate", "2026-03-07T14:00", place="Emma's", who=["Mia"]),
    ),
]
THINGS: list[Row] = [
    (
        "need",
        "soccer practice Sunday 2pm, Leo, need the car",
        c("soccer practice", "2026-03-08T14:00", who=["Leo"], resource=["car"]),
    ),
    (
        "i_take",
        "hardware store Saturday 1:30pm to 3pm, I take the car",
        c(
            "hardware store",
            "2026-03-07T13:30",
            end="2026-03-07T15:00",
            who=["Mom"],
            resource=["car"],
        ),
    ),
    (
        "with_van",
        "camping trip Friday 5pm with the van",
        c("camping trip", "2026-03-06T17:00", resource=["van"]),
    ),
    (
        "and_need",
        "Costco run Sunday 11am and I need the van",
        c("Costco run", "2026-03-08T11:00", resource=["van"]),
    ),
    (
        "kitchen",
        "baking with Mia Saturday 2pm in the kitchen",
        c("baking", "2026-03-07T14:00", resource=["kitchen"]),
    ),
    (
        "two_things",
        "moving day Saturday 9am, need the car and the van",
        c("moving day", "2026-03-07T09:00", resource=["car", "van"]),
    ),
    (
        "bare",
        "swim meet Saturday 8am, Mia, car",
        c("swim meet", "2026-03-07T08:00", who=["Mia"], resource=["car"]),
    ),
    ("car_wash", "car wash Saturday 10am", c("car wash", "2026-03-07T10:00")),
    (
        "unknown",
        "fishing Saturday 6am, need the boat",
        c("fishing", "2026-03-07T06:00", resource=["boat"]),
    ),
    (
        "dad_takes",
        "airport run Friday 6pm, Dad takes the car",
        c("airport run", "2026-03-06T18:00", who=["Dad"], resource=["car"]),
    ),
    (
        "sentence",
        "Leo has judo Friday at 5pm. Need the car.",
        c("judo", "2026-03-06T17:00", who=["Leo"], resource=["car"]),
    ),
]
REPEATS: list[Row] = [
    (
        "every",
        "Mia piano every Tuesday at 4pm",
        c("piano", who=["Mia"], rrule="FREQ=WEEKLY;BYDAY=TU", time="16:00"),
    ),
    (
        "plural",
        "Leo karate Mondays 5:30pm",
        c("karate", who=["Leo"], rrule="FREQ=WEEKLY;BYDAY=MO", time="17:30"),
    ),
    (
        "two_days",
        "swim practice every Monday and Wednesday at 6pm, Leo",
        c("swim practice", who=["Leo"], rrule="FREQ=WEEKLY;BYDAY=MO,WE", time="18:00"),
    ),
    ("daily", "walk the dog every day at 7am", c("walk the dog", rrule="FREQ=DAILY", time="07:00")),
    (
        "until",
        "piano for Mia every Tuesday 16:00-16:45 until end of March",
        c("piano", who=["Mia"], rrule="FREQ=WEEKLY;BYDAY=TU;UNTIL=20260331"),
    ),
    (
        "other",
        "cleaning lady every other Thursday 9am",
        c("cleaning lady", rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", time="09:00"),
    ),
    (
        "monthly",
        "book club first Monday of every month 7pm",
        c("book club", rrule="FREQ=MONTHLY;BYDAY=1MO", time="19:00"),
    ),
    (
        "weekly",
        "I have therapy every Thursday at 6pm",
        c("therapy", who=["Mom"], rrule="FREQ=WEEKLY;BYDAY=TH", time="18:00"),
    ),
]
DAYS: list[Row] = [
    ("trip", "ski trip March 20-22", c("ski trip", "2026-03-20", end="2026-03-23")),
    ("birthday", "Grandma's birthday is May 3", c("Grandma's birthday", "2026-05-03")),
    ("no_school", "no school Friday", c("no school", "2026-03-06")),
    (
        "out_of_town",
        "Dad is out of town Monday to Wednesday",
        c("out of town", "2026-03-09", end="2026-03-12", who=["Dad"]),
    ),
    ("in_city", "I'm in Chicago next Tuesday", c("in Chicago", "2026-03-10", who=["Mom"])),
    (
        "camp",
        "Leo at camp July 6 to July 10",
        c("at camp", "2026-07-06", end="2026-07-11", who=["Leo"]),
    ),
    ("due", "library books due Friday", c("library books due", "2026-03-06")),
]
RIDERS: list[Row] = [
    (
        "remind",
        "dentist for Leo tomorrow at 15:30, remind us 2 hours before",
        c("dentist", "2026-03-05T15:30", who=["Leo"], remind_min=120),
    ),
    (
        "with_reminder",
        "vet Friday 4pm with a 30 min reminder",
        c("vet", "2026-03-06T16:00", remind_min=30),
    ),
    (
        "day_before",
        "recital Saturday 5pm, remind me the day before",
        c("recital", "2026-03-07T17:00", remind_min=1440),
    ),
    (
        "driver",
        "soccer Saturday 9am for Leo, Ben drives",
        c("soccer", "2026-03-07T09:00", who=["Leo"], driver="Dad"),
    ),
    (
        "driver_sentence",
        "Leo has soccer Saturday 9am. Dad drives.",
        c("soccer", "2026-03-07T09:00", who=["Leo"], driver="Dad"),
    ),
]
OPEN: list[Row] = [
    ("no_time", "Dinner", c("Dinner", confidence=0.6)),
    ("no_time_for", "dentist for Leo", c("dentist", None, who=["Leo"], confidence=0.6)),
    ("add_no_time", "add swim lesson for Mia", c("swim lesson", None, who=["Mia"], confidence=0.6)),
]
SEVERAL: list[Row] = [
    ("and", "Piano Monday at 4 and dentist friday at 2 for Leo", [
        {"title": "Piano", "start": "2026-03-09T16:00", "who": ["Leo"]},
        {"title": "dentist", "start": "2026-03-06T14:00", "who": ["Leo"]}]),
    ("sentences", "Mia dentist Fri 3pm. Leo haircut Sat 10am.", [
        {"title": "dentist", "start": "2026-03-06T15:00", "who": ["Mia"]},
        {"title": "haircut", "start": "2026-03-07T10:00", "who": ["Leo"]}]),
    ("comma", "Mia ballet Mon 4pm, Leo judo Tue 5pm", [
        {"title": "ballet", "start": "2026-03-09T16:00", "who": ["Mia"]},
        {"title": "judo", "start": "2026-03-10T17:00", "who": ["Leo"]}]),
    ("lines", "- dentist Friday 9am\n- vet Friday 3pm", [
        {"title": "dentist", "start": "2026-03-06T09:00"},
        {"title": "vet", "start": "2026-03-06T15:00"}]),
    ("same_day", "Saturday soccer at 10am and party at 3pm", [
        {"title": "soccer", "start": "2026-03-07T10:00"},
        {"title": "party", "start": "2026-03-07T15:00"}]),
    ("mixed", "Cancel yoga tomorrow and book dentist Friday 2pm for Mia", [
        {"intent": "cancel", "target": "yoga"},
        {"intent": "create", "title": "dentist", "who": ["Mia"]}]),
    ("with_chat", "Ugh, what a day! Dentist for Leo tomorrow at 3pm.", [
        {"title": "Dentist", "start": "2026-03-05T15:00", "who": ["Leo"]}]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    rows(PLAIN + ORDERS + PLACES + THINGS + REPEATS + DAYS + RIDERS + OPEN + SEVERAL),
)
def test_a_booking_is_read(text: str, expected: list[dict[str, Any]]) -> None:
    check(text, expected)
