"""When the loops wake."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from reminders.schedule import SWEEP_HOUR, Schedule

HOUR = 3600.0
PATIENCE = 20
Make = Callable[[float], Schedule]


class Woken:
    """Counts how often it was called."""

    def __init__(self) -> None:
        self.times: list[datetime] = []
        self._again = asyncio.Event()

    async def called(self) -> None:
        self.times.append(datetime.now(UTC))
        self._again.set()

    async def again(self) -> None:
        await asyncio.wait_for(self._again.wait(), PATIENCE)
        self._again.clear()


@pytest.fixture
def look() -> Woken:
    return Woken()


@pytest.fixture
def sweep() -> Woken:
    return Woken()


@pytest.fixture
async def make(look: Woken, sweep: Woken) -> AsyncIterator[Make]:
    made: list[Schedule] = []

    def build(every: float) -> Schedule:
        made.append(Schedule(look.called, sweep.called, every))
        made[-1].start()
        return made[-1]

    yield build
    for schedule in made:
        schedule.stop()


async def test_it_looks_at_short_intervals_whatever_happens(make: Make, look: Woken) -> None:
    make(0.01)
    await look.again()
    await look.again()
    assert all(a < b for a, b in pairwise(look.times))


async def test_it_looks_when_something_falls_due_and_not_before(make: Make, look: Woken) -> None:
    due = datetime.now(UTC) + timedelta(seconds=0.2)
    make(HOUR).wake_at(due)
    await look.again()
    assert look.times[0] >= due


async def test_what_is_overdue_is_looked_at_at_once(make: Make, look: Woken) -> None:
    make(HOUR).wake_at(datetime.now(UTC) - timedelta(days=2))
    await look.again()


async def test_a_new_wish_takes_the_place_of_the_one_before(make: Make, look: Woken) -> None:
    schedule = make(HOUR)
    schedule.wake_at(datetime.now(UTC) + timedelta(days=1))
    schedule.wake_at(datetime.now(UTC))
    await look.again()
    schedule.wake_at(datetime.now(UTC) + timedelta(days=1))
    schedule.wake_at(None)
    wishes = [job for job in schedule._scheduler.get_jobs() if job.id == "next-due"]
    assert [job.next_run_time.date() for job in wishes] == [
        (datetime.now(UTC) + timedelta(days=1)).date()
    ]


async def test_it_sweeps_once_a_day(make: Make, look: Woken, sweep: Woken) -> None:
    (job,) = [j for j in make(HOUR)._scheduler.get_jobs() if j.func == sweep.called]
    first = job.trigger.get_next_fire_time(None, datetime(2026, 3, 4, 2, 59, tzinfo=UTC))
    assert (first.day, first.hour, first.minute) == (4, SWEEP_HOUR, 0)
    following = job.trigger.get_next_fire_time(first, first + timedelta(seconds=1))
    assert following - first == timedelta(days=1)
    assert (look.times, sweep.times) == ([], [])


async def test_stopped_it_wakes_nobody(look: Woken, sweep: Woken) -> None:
    schedule = Schedule(look.called, sweep.called, HOUR)
    schedule.start()
    schedule.wake_at(datetime.now(UTC) + timedelta(seconds=0.05))
    schedule.stop()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(look.again(), 0.1)
