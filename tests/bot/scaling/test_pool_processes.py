"""What a pool starts."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from bot.scaling import command
from bot.scaling.autoscale import Limits, Load
from bot.scaling.pool import Pool

STUBBORN = (
    "import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    "print('started', flush=True); signal.pause()"
)


def test_its_workers_do_not_fight_for_one_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8080")
    looks = "import os, sys; sys.exit('PORT' in os.environ)"
    monkeypatch.setattr(command, "WORKER", (sys.executable, "-c", looks))
    assert command._start().wait() == 0


def test_one_that_does_not_end_is_killed_and_counted() -> None:
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"started\n"
        started.append(process)
        return process

    pool = Pool(start, Limits(), time.monotonic, lambda pid: 0.0)
    pool.tick(Load(depth=2))
    assert pool.end(within=0.1) == len(started) == 2
    for process in started:
        assert process.wait() == -signal.SIGKILL
        assert process.stdout is not None
        process.stdout.close()
