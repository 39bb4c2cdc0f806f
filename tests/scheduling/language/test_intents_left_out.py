"""The days a repetition leaves out, wherever in the sentence they are said."""

from __future__ import annotations

from datetime import date

import pytest

from scheduling.language.interpret import interpret
from scheduling.language.readings import Create
from tests.scheduling.language.rivera import HOME, NOW


def booked(text: str) -> Create:
    (item,) = interpret(text, HOME, NOW).items
    assert isinstance(item, Create), item
    return item


@pytest.mark.parametrize(
    ("text", "title", "who", "days"),
    [
        (
            "soccer every friday 4pm Leo except on April 3rd and 10th",
            "soccer",
            "Leo",
            "04-03 04-10",
        ),
        ("judo every friday 7pm Leo, except April 3", "judo", "Leo", "04-03"),
        ("art every wednesday 3pm Mia except March 11", "art", "Mia", "03-11"),
        ("swim every tuesday 5pm for Leo until June except April 7", "swim", "Leo", "04-07"),
        ("swim every tuesday 5pm for Leo until June without April 7", "swim", "Leo", "04-07"),
        ("flute every thursday 4pm Mia, skip March 12", "flute", "Mia", "03-12"),
        ("drama every thursday 3pm Mia, not on March 12", "drama", "Mia", "03-12"),
        ("art every wednesday 3pm, but not on March 11, for Mia", "art", "Mia", "03-11"),
        ("art every wednesday 3pm Mia except the first one", "art", "Mia", "03-04"),
        ("swim every tuesday 5pm Leo except April 6-8", "swim", "Leo", "04-06 04-07 04-08"),
        ("judo every friday 7pm Mia except April 3", "judo", "Mia", "04-03"),
    ],
)
def test_dates_left_out(text: str, title: str, who: str, days: str) -> None:
    item = booked(text)
    assert (item.title, item.who.names) == (title, (who,))
    assert item.when is not None
    assert item.when.repeat is not None
    assert item.when.repeat.except_dates == tuple(date(2026, *_month_day(d)) for d in days.split())


def _month_day(said: str) -> tuple[int, int]:
    month, day = said.split("-")
    return int(month), int(day)


def test_a_month_left_out_is_all_its_days() -> None:
    item = booked("chess every monday 5pm Leo but not in april")
    assert item.title == "chess"
    assert item.when is not None
    assert item.when.repeat is not None
    assert date(2026, 4, 6) in item.when.repeat.except_dates


@pytest.mark.parametrize(
    "text",
    [
        "art every wednesday 3pm Mia except school holidays",
        "art every wednesday 3pm for Mia, not during school holidays",
    ],
)
def test_holidays_only_the_family_can_date(text: str) -> None:
    item = booked(text)
    assert (item.title, item.who.names) == ("art", ("Mia",))
    assert item.when is not None
    assert item.when.repeat is not None
    assert item.when.repeat.except_named == ("school holidays",)


@pytest.mark.parametrize("text", ["vitamins every day 8am Leo except sundays"])
def test_weekdays_left_out_change_the_rule(text: str) -> None:
    item = booked(text)
    assert item.when is not None
    assert item.when.repeat is not None
    assert item.when.repeat.rrule == "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA"
