"""A pool of workers on this machine, as many as the load wants."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Protocol

from bot.scaling.autoscale import Limits, Load, Steering

LEAVE_SECONDS = 12.0
"""After SIGTERM; a worker needs less than ten."""
WARM_UP_SECONDS = 15.0
LONGEST_PAUSE_SECONDS = 60.0


class Process(Protocol):
    """What the pool needs of one worker's process (`subprocess.Popen` has it)."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...
    def wait(self, timeout: float) -> int:
        """Seconds. Raises subprocess.TimeoutExpired."""


@dataclass(frozen=True, slots=True)
class State:
    """What a tick has come to. before: workers that it found. ending: workers that finish what they
    have begun."""

    load: Load
    before: int
    wanted: int
    instances: int
    ending: int


class Pool:
    """start: a new worker. now: seconds, of a clock that never goes back. cpu_seconds: what a
    process has used so far. Ends only what it has started."""

    def __init__(
        self,
        start: Callable[[], Process],
        limits: Limits,
        now: Callable[[], float],
        cpu_seconds: Callable[[int], float],
    ) -> None:
        self._start = start
        self._steering = Steering(limits, now)
        self._now = now
        self._cpu_seconds = cpu_seconds
        self._workers: list[Process] = []
        self._ending: list[Process] = []
        self._used: dict[int, float] = {}
        self._born: dict[int, float] = {}
        self._since = now()
        self._pause = 0.0
        self._no_start_before = now()

    def tick(self, load: Load) -> State:
        """Look at the load, and start or end workers. One that has died is made up for by the next
        one that is started; where they die at once, after ever longer pauses."""
        now = self._now()
        self._bury(now)
        self._ending = [w for w in self._ending if w.poll() is None]
        instances = len(self._workers)
        load, goal = self._steering.look(replace(load, cpu=self._cpu(now)), instances)
        missing = goal - instances if now >= self._no_start_before else 0
        for _ in range(missing):
            self._workers.append(self._start())
            self._born[self._workers[-1].pid] = now
        for worker in self._workers[goal:]:
            worker.terminate()
            self._ending.append(worker)
        self._workers = self._workers[:goal]
        return State(load, instances, goal, len(self._workers), len(self._ending))

    def end(self, within: float = LEAVE_SECONDS) -> int:
        """Let every worker finish what it has begun; returns when all are gone. Those that are not
        within so many seconds are killed, and counted: what they had begun is in its rows."""
        for worker in self._workers:
            worker.terminate()
        killed, until = 0, self._now() + within
        for worker in [*self._workers, *self._ending]:
            try:
                worker.wait(max(until - self._now(), 0.0))
            except TimeoutExpired:
                worker.kill()
                killed += 1
        return killed

    def _bury(self, now: float) -> None:
        """Those that have ended unasked. One that has worked for a while is worth another at once;
        one that has not, would hardly do better a second later."""
        dead = [w for w in self._workers if w.poll() is not None]
        self._workers = [w for w in self._workers if w not in dead]
        if any(now - self._born[w.pid] < WARM_UP_SECONDS for w in dead):
            self._pause = min(max(1.0, self._pause * 2), LONGEST_PAUSE_SECONDS)
            self._no_start_before = now + self._pause
        elif any(now - self._born[w.pid] >= WARM_UP_SECONDS for w in self._workers):
            self._pause = 0.0

    def _cpu(self, now: float) -> float:
        """The share of one processor that each worker has used since the last tick. Starting is
        work, too, but no reason for another one."""
        warm = [w.pid for w in self._workers if now - self._born[w.pid] > WARM_UP_SECONDS]
        used = {pid: self._cpu_seconds(pid) for pid in warm}
        spent = sum(seconds - self._used.get(pid, seconds) for pid, seconds in used.items())
        passed, self._used, self._since = now - self._since, used, now
        return spent / passed / len(used) if used and passed > 0 else 0.0


def cpu_seconds(pid: int) -> float:
    """User and system time of a process; 0 where the system does not tell (Linux does)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
