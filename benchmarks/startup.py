"""What a process costs before it does anything: imports, memory, `--help`."""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

from benchmarks.measure import Figure

# A receiver has to speak HTTP, Telegram and the database, whatever we do; the rest is ours.
FLOOR = "import fastapi, telegram, pydantic_settings, icalendar, sqlalchemy.ext.asyncio, aiosqlite"
RECEIVER = "import bot.http.app, bot.gateway, bot.settings, bot.telegram.app, storage.engine"
ROUNDS = 7


def _run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True)
    return done.stdout


def _seconds(code: str) -> float:
    start = perf_counter()
    _run("-c", code)
    return perf_counter() - start


def receiver() -> Figure:
    """A process that only receives, against the libraries it cannot do without."""
    _seconds(FLOOR), _seconds(RECEIVER)
    pairs = [(_seconds(FLOOR), _seconds(RECEIVER)) for _ in range(ROUNDS)]
    floor, measured = (median(column) for column in zip(*pairs, strict=True))
    return Figure(
        "import of the receiver's role", "start", measured, 1.2, "import fastapi + adapters", floor
    )


def loaded(code: str, package: str) -> Figure:
    """How many modules of a package the code loads; none is wanted."""
    count = f"{code}; import sys; print(sum(m.split('.')[0] == '{package}' for m in sys.modules))"
    return Figure(
        f"`{code}` loads of {package}", "start", float(_run("-c", count)), 0, unit="modules"
    )


def figures() -> list[Figure]:
    return [
        receiver(),
        loaded(RECEIVER, "langgraph"),
        loaded("import bot.cli", "langgraph"),
    ]
