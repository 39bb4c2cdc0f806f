"""How many instances: the document's examples, and what holds for every load."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scaling.autoscale import Limits, Load, needed, wanted
from bot.scaling.pool import Pool, cpu_seconds

LIMITS = Limits()

EXAMPLES = {
    "off hours": (Load(idle=9999), 1, range(1, 2)),
    "quiet, one request": (Load(running=1), 1, range(1, 3)),
    "quiet, two requests": (Load(running=2), 1, range(1, 3)),
    "five at once": (Load(depth=3, running=2), 1, range(3, 6)),
    "five waiting": (Load(depth=5), 1, range(3, 6)),
    "ten at once": (Load(depth=5, running=5), 1, range(8, 11)),
    "fifteen": (Load(depth=15), 1, range(8, 11)),
    "a thousand": (Load(depth=1000), 3, range(10, 11)),
    "slow though few": (Load(depth=1, running=1, latency=2.1), 2, range(3, 4)),
    "slow, and nobody waits": (Load(running=1, latency=5.0), 2, range(2, 3)),
    "hot": (Load(running=1, cpu=0.81), 2, range(3, 4)),
    "just not hot": (Load(running=1, cpu=0.8), 2, range(2, 3)),
    "idle, before the cool-down": (Load(idle=299), 5, range(5, 6)),
    "idle, after the cool-down": (Load(idle=300), 5, range(4, 5)),
    "hot at the limit": (Load(cpu=1.0), 10, range(10, 11)),
}


@pytest.mark.parametrize(("load", "now", "there"), EXAMPLES.values(), ids=EXAMPLES)
def test_the_documents_examples(load: Load, now: int, there: range) -> None:
    assert wanted(load, now) in there


loads = st.builds(
    Load,
    depth=st.integers(0, 500),
    running=st.integers(0, 200),
    latency=st.floats(0, 100),
    cpu=st.floats(0, 1),
    idle=st.floats(0, 10_000),
)


@given(loads, st.integers(0, 50))
def test_never_outside_its_limits(load: Load, instances: int) -> None:
    assert 1 <= wanted(load, instances) <= 10


@given(loads, st.integers(1, 10), st.integers(0, 100))
def test_more_to_do_never_wants_fewer(load: Load, instances: int, more: int) -> None:
    assert wanted(replace(load, depth=load.depth + more), instances) >= wanted(load, instances)


@given(loads, st.integers(1, 10))
def test_no_fewer_before_the_cool_down(load: Load, instances: int) -> None:
    assert wanted(replace(load, idle=299.9), instances) >= instances


@given(st.integers(0, 40))
def test_a_load_that_stays_comes_to_rest(depth: int) -> None:
    load = Load(depth=depth, idle=9999)
    instances, seen = 10, []
    for _ in range(30):
        instances = wanted(load, instances)
        seen.append(instances)
    assert len(set(seen[15:])) == 1
    assert seen[-1] == needed(load, seen[-1])


class Worker:
    """A process that ends when it is asked to."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.code: int | None = None

    def poll(self) -> int | None:
        return self.code

    def terminate(self) -> None:
        self.code = 0

    def kill(self) -> None:
        self.code = -9

    def wait(self, timeout: float) -> int:
        assert self.code is not None, "nobody has asked it to end"
        return self.code


class Pooled:
    """A pool on a clock that is moved by hand, each tick two seconds on."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.time = 0.0
        self.started: list[Worker] = []
        self.used = 0.0
        self.pool = Pool(self._start, limits, lambda: self.time, lambda pid: self.used)

    def _start(self) -> Worker:
        self.started.append(Worker(len(self.started)))
        return self.started[-1]

    def replay(self, load: Load, seconds: float) -> list[int]:
        """How many workers there were, tick by tick."""
        found = []
        for _ in range(int(seconds / 2)):
            self.time += 2
            found.append(self.pool.tick(load).instances)
        return found


def test_a_day_is_replayed() -> None:
    pooled = Pooled()
    assert pooled.replay(Load(), 600)[-1] == 1, "off hours"
    assert set(pooled.replay(Load(running=1), 600)) <= {1, 2}, "quiet"
    assert set(pooled.replay(Load(depth=2, running=3), 600)) <= {3, 4, 5}, "busy"
    assert set(pooled.replay(Load(depth=6, running=6), 600)) <= {8, 9, 10}, "peak"
    assert pooled.replay(Load(), 298)[-1] == 10, "a pause is not yet the end"
    assert pooled.replay(Load(), 3600)[-1] == 1, "night"
    assert sum(worker.code is None for worker in pooled.started) == 1


def test_one_that_died_is_made_up_for() -> None:
    pooled = Pooled()
    pooled.replay(Load(), 4)
    pooled.started[0].code = -9
    assert pooled.replay(Load(), 4)[-1] == 1
    assert len(pooled.started) == 2


def test_one_that_dies_at_once_is_tried_ever_less_often() -> None:
    pooled = Pooled()
    for _ in range(150):
        pooled.replay(Load(), 2)
        for worker in pooled.started:
            worker.code = 1
    assert len(pooled.started) == 10, "after 1, 2, 4 … seconds, then one a minute"


def test_one_that_lived_ends_the_pauses() -> None:
    pooled = Pooled()
    pooled.replay(Load(), 2)
    for _ in range(3):
        pooled.started[-1].code = 1
        pooled.replay(Load(), 10)
    pooled.replay(Load(), 20)
    pooled.started[-1].code = -9
    assert pooled.replay(Load(), 2) == [1]


def test_hot_workers_get_company() -> None:
    pooled = Pooled(Limits(maximum=4))
    pooled.replay(Load(running=1), 4)
    pooled.used = 2.0
    assert pooled.replay(Load(running=1), 30)[-1] == 1, "starting is no reason"
    pooled.used = 4.0
    assert pooled.replay(Load(running=1), 2) == [2]


def test_its_end_is_everybodys() -> None:
    pooled = Pooled()
    pooled.replay(Load(depth=5), 2)
    assert [worker.code for worker in pooled.started] == [None] * 4
    pooled.pool.end()
    assert [worker.code for worker in pooled.started] == [0] * 4


def test_cpu_time_is_told_of_this_process_and_none_of_nobody() -> None:
    assert cpu_seconds(os.getpid()) > 0
    assert cpu_seconds(2**30) == 0
