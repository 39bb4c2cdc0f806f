"""A step in latency or failures is told within the hour; a flat or merely noisy week is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.anomaly import FEWEST_HOURS, FEWEST_TURNS, Hour, anomalies

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def week(seconds: float = 0.2, failed: int = 0, hours: int = 168, turns: int = 100) -> list[Hour]:
    return [
        Hour(MONDAY + timedelta(hours=n), turns, failed, seconds * (1 + 0.1 * (n % 3)))
        for n in range(hours)
    ]


LAST = Hour(MONDAY + timedelta(days=7), 100, 0, 0.2)


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (LAST, []),
        (replace(LAST, seconds=0.4), []),
        (replace(LAST, seconds=0.9), ["0.9 s"]),
        (replace(LAST, failed=5), []),
        (replace(LAST, failed=6), ["6%"]),
        (replace(LAST, failed=40, seconds=9), ["9.0 s", "40%"]),
        (replace(LAST, turns=FEWEST_TURNS - 1, seconds=60, failed=9), []),
    ],
)
def test_a_step_is_told(last: Hour, told: list[str]) -> None:
    found = anomalies(week(), last)
    assert len(found) == len(told)
    assert all(words in sentence for words, sentence in zip(told, found, strict=True))


def test_without_a_past_there_is_nothing_unusual() -> None:
    assert anomalies(week(hours=FEWEST_HOURS - 1), replace(LAST, seconds=60)) == []
    quiet = week(turns=FEWEST_TURNS - 1)
    assert anomalies(quiet, replace(LAST, seconds=60)) == []


def test_a_few_bad_hours_in_the_week_do_not_hide_the_next() -> None:
    past = week()
    past[10:14] = [replace(hour, seconds=30.0) for hour in past[10:14]]
    assert len(anomalies(past, replace(LAST, seconds=2.0))) == 1


@given(st.floats(0.01, 60), st.integers(0, 50))
def test_a_flat_series_is_never_told(seconds: float, failed: int) -> None:
    flat = [replace(hour, seconds=seconds, failed=failed) for hour in week()]
    assert anomalies(flat, replace(LAST, seconds=seconds, failed=failed)) == []


@given(st.floats(0.01, 60), st.floats(2.5, 100))
def test_a_step_up_from_flat_is_always_told(seconds: float, times: float) -> None:
    flat = [replace(hour, seconds=seconds) for hour in week()]
    assert len(anomalies(flat, replace(LAST, seconds=seconds * times))) == 1
