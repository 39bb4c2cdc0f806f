"""The text of flyers and letters, read line by line."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.language.documents import MOST_EVENTS, announced

NOW = datetime(2026, 3, 4, 10)
DOCUMENTS = {
    "a flyer: title, day, hours and place below each other": (
        "Lincoln School\nSpring Concert\nFriday, March 20, 2026\n6:30 pm - 8:00 pm\nWhere: Hall\n"
        "Please bring a snack!",
        ["Spring Concert 2026-03-20 18:30-20:00 @Hall"],
    ),
    "a list of dates": (
        "IMPORTANT DATES\nMar 9: No school\nMarch 12, 9am-2pm: Field trip\n3/25/2026 Picture day\n"
        "April 3 - April 10 Spring break",
        [
            "No school 2026-03-09",
            "Field trip 2026-03-12 09:00-14:00",
            "Picture day 2026-03-25",
            "Spring break 2026-04-03 to 2026-04-11",
        ],
    ),
    "a programme: a day, and hours below it": (
        "Thursday 19 March\n9:00 Assembly\n10:30 Science fair\nFriday 20 March\n14:00 Going home",
        [
            "Assembly 2026-03-19 09:00",
            "Science fair 2026-03-19 10:30",
            "Going home 2026-03-20 14:00",
        ],
    ),
    "an appointment card": (
        "Dr. Smith Dental\nDate: 03/18/2026\nTime: 4:15 PM\nLocation: 12 Main St",
        ["Dr. Smith Dental 2026-03-18 16:15 @12 Main St"],
    ),
    "a place on the line of the time": (
        "Birthday party for Zoe!\nSaturday March 14th from 2 to 5pm at Jump World",
        ["Birthday party for Zoe 2026-03-14 14:00-17:00 @Jump World"],
    ),
    "a day without a year that is just over": ("Feb 2: Picture day", ["Picture day 2026-02-02"]),
    "a day without a year that is to come": ("Nov 2: Picture day", ["Picture day 2026-11-02"]),
    "an hour without any day is nothing": ("Doors open 6:30 pm", []),
    "talk": ("We know Mondays are hard.\nTotal 12.50\nPage 1 of 2\nQuestions? 555-1234", []),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "wanted"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_events_of_a_document(text: str, wanted: list[str]) -> None:
    assert told(text) == wanted


def told(text: str) -> list[str]:
    found = []
    for event in announced(text, NOW):
        assert event.when is not None
        start, end = event.when.start, event.when.end
        said = f"{event.title} {start:%Y-%m-%d}"
        if isinstance(start, datetime):
            said += f" {start:%H:%M}" + (f"-{end:%H:%M}" if end else "")
        elif end:
            said += f" to {end:%Y-%m-%d}"
        found.append(said + (f" @{event.place}" if event.place else ""))
    return found


LINES = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            [
                "Friday 20 March",
                "9:00",
                "6pm - 8pm",
                "Date:",
                "Where: Hall",
                "31 February",
                "Feb 29",
            ]
        ),
    ),
    max_size=30,
)


@given(LINES)
def test_whatever_it_says_it_is_bounded_and_every_event_has_a_day(lines: list[str]) -> None:
    found = announced("\n".join(lines), NOW)
    assert len(found) <= MOST_EVENTS
    assert all(event.title and event.when and event.when.start for event in found)
