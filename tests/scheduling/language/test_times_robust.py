"""No text, however strange or long, raises, hangs or points outside itself."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.language.expressions.tokens import MAX_CHARS, MAX_TOKENS, tokenise
from scheduling.language.times import find_times, main_time
from tests.scheduling.language.told import NOW

ROWS = """
every other second 2nd first last next this monday tuesdays weekday weekend march may 31 30 12 5 0
99 1530 2027 am pm : / - . , at on from to until for in ago after before the of a an half quarter
past noon midnight tonight morning week month year days hours minutes christmas easter except
school holidays and or now today tomorrow x6 times of 15th daily between starting ' $ @
"""
WORDS = [*ROWS.split(), "\0", "\u200f"]

texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=25).map("".join),
)
moments = st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2150, 1, 1))


@given(text=texts, now=moments)
@settings(max_examples=400, deadline=None)
def test_any_text_gives_ordered_spans_inside_it(text: str, now: datetime) -> None:
    found = find_times(text, now)
    for when in found:
        assert 0 <= when.span[0] < when.span[1] <= len(text)
        assert all(when.span[0] <= a < b <= when.span[1] for a, b in when.parts)
    assert all(left.span[1] <= right.span[0] for left, right in pairwise(found))


@given(text=texts, now=moments)
@settings(max_examples=400, deadline=None)
def test_what_is_found_makes_sense(text: str, now: datetime) -> None:
    for when in find_times(text, now):
        if when.impossible is not None:
            assert when.start is None
            assert when.repeat is None
            continue
        assert when.start is not None or when.duration is not None
        if when.start is not None and when.end is not None and type(when.start) is type(when.end):
            assert when.end >= when.start
        if when.window is not None:
            assert when.window[0] < when.window[1]


@given(text=texts)
@settings(max_examples=100, deadline=None)
def test_the_same_text_gives_the_same_answer(text: str) -> None:
    assert find_times(text, NOW) == find_times(text, NOW)


HOSTILE = {
    "packed_digits": "1" * 100_000,
    "numbers": "1 " * 50_000,
    "punctuated_digits": "1:1-1/1." * 12_500,
    "nul": "\0" * 100_000,
    "controls": "".join(map(chr, range(32))) * 3_000,
    "right_to_left": "\u202e5pm\u200f tomorrow " * 8_000,
    "joined_emoji": "👨‍👩‍👧 at 5 " * 9_000,
    "halves": "half past " * 10_000,
    "every": "every " * 20_000,
    "weekdays": "monday " * 14_000,
    "anchors": "a week after " * 8_000,
    "ranges": "5 to " * 20_000,
    "mail_like": "a." * 50_000 + "@",
    "slips": "wendsdayx " * 10_000,
    "digits_of_other_scripts": "at ٣pm on the ⅕²½ " * 5_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_are_read_only_so_far(text: str) -> None:
    """The bound is on the work, not on a clock: so many characters, so many tokens."""
    tokens = tokenise(text)
    assert len(tokens) <= MAX_TOKENS
    assert all(when.span[1] <= MAX_CHARS for when in find_times(text, NOW))


@pytest.mark.parametrize(
    "text",
    [
        "in 99999999 years",
        "9999 years after Christmas",
        "for 99999 days from Tuesday",
        "every 99999999 days at 5",
        "every 1000 years on June 5",
        "53rd Sunday of 2026",
        "December 31, 2200 for 9999 weeks",
        "99999999999999999999 hours ago",
        "every 31st",
        "every 5th Monday of the month",
    ],
)
def test_far_numbers_stay_on_the_calendar(text: str) -> None:
    found = main_time(text, NOW)
    assert found is None or found.start is None or found.start.year < 2400
