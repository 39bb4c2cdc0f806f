"""What a process costs before it does anything: imports, memory, `--help`."""

from __future__ import annotations

import subprocess
import sys
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

from benchmarks.measure import Figure

# A receiver has to speak HTTP, Telegram and the database, whatever we do; the rest is ours.
FLOOR = "import fastapi, telegram, pydantic_settings, icalendar, sqlalchemy.ext.asyncio, aiosqlite"
RECEIVER = "import bot.http.app, bot.gateway, bot.settings, bot.telegram.app, storage.engine"
ROUNDS = 7


def _run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True)
    return done.stdout


def _seconds(code: str) -> float:
    """Processor time of a new interpreter that runs the code."""
    before = getrusage(RUSAGE_CHILDREN)
    _run("-c", code)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def receiver() -> Figure:
    """A process that only receives, against the libraries it cannot do without."""
    _seconds(FLOOR), _seconds(RECEIVER)
    pairs = [(_seconds(FLOOR), _seconds(RECEIVER)) for _ in range(ROUNDS)]
    floor, measured = (median(column) for column in zip(*pairs, strict=True))
    return Figure(
        "import of the receiver's role", "start", measured, 1.2, "import fastapi + adapters", floor
    )


def loaded(name: str, code: str) -> Figure:
    """How many modules of LangGraph the code loads; none is wanted."""
    count = f"{code}; import sys; print(sum(m.split('.')[0] == 'langgraph' for m in sys.modules))"
    return Figure(
        f"LangGraph modules loaded by {name}", "start", float(_run("-c", count)), 0, unit="modules"
    )


def figures() -> list[Figure]:
    return [
        receiver(),
        loaded("a receiver", RECEIVER),
        loaded("`family-scheduler --help`", "import bot.cli"),
    ]
