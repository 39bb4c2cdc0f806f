"""`python -m benchmarks.endurance`: memory of a worker after 1,000 turns and after 10,000.

The whole product in one process, as a worker has it: each turn is received, read by the grammar,
carried out through the graph, and its answer delivered to a screen that keeps one. The mixture is
that of a family: bookings that are taken back, lists, questions, a clash that is settled, talk.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from benchmarks.engines import ENGINES
from benchmarks.home import Home, at_home
from benchmarks.measure import Figure
from benchmarks.report import print_table

EARLY, LATE = 1_000, 10_000
AT_MOST = 1.1
STATUS = Path("/proc/self/status")


def resident() -> float:
    """What this process holds now, MB; not the most it ever held."""
    gc.collect()
    (line,) = (line for line in STATUS.read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


async def _booked_and_undone(home: Home) -> int:
    await home.exchange(home.message(home.free_booking()))
    await home.exchange(home.tap(home.screen.button("Undo")))
    return 2


async def _asked(home: Home) -> int:
    await home.exchange(home.message("/today"))
    await home.exchange(home.message("when are we all free on Saturday for 2 hours?"))
    return 2


async def _clashed(home: Home) -> int:
    """Two want the same thing at the same time: a question with buttons, and it is declined."""
    thing = home.household.resources[0].name
    words = home.free_booking()
    await home.exchange(home.message(f"{words}, need the {thing}"))
    undo = home.screen.button("Undo")
    await home.exchange(home.message(f"{words.replace('errand', 'shopping')}, need the {thing}"))
    await home.exchange(home.message("no"))
    await home.exchange(home.tap(undo))
    return 4


async def _talked(home: Home) -> int:
    await home.exchange(home.message("see you later"))
    await home.exchange(home.message("zzzz qqqq blorp"))
    return 2


ROUND: Sequence[Callable[[Home], Awaitable[int]]] = (
    _booked_and_undone,
    _asked,
    _clashed,
    _talked,
)


async def turns(home: Home, many: int, told: Callable[[int], None]) -> None:
    """So many of them, in the same order each time. told: how many more there were."""
    done = 0
    while done < many:
        for part in ROUND:
            more = await part(home)
            done += more
            told(more)


async def on_engine(name: str, console: Console, early: int = EARLY, late: int = LATE) -> Figure:
    with ENGINES[name]() as databases:
        try:
            async with at_home(await databases.fresh()) as home:
                with Progress(
                    TextColumn("{task.description}"),
                    BarColumn(),
                    MofNCompleteColumn(),
                    TimeRemainingColumn(),
                    console=console,
                ) as progress:
                    task = progress.add_task(f"{name}: turns", total=late)

                    def told(more: int) -> None:
                        progress.advance(task, more)

                    await turns(home, early, told)
                    floor = resident()
                    await turns(home, late - early, told)
                    return Figure(
                        f"memory after {late:,} turns",
                        name,
                        resident(),
                        AT_MOST,
                        f"after {early:,}",
                        floor,
                        "MB",
                    )
        finally:
            await databases.close()


async def everything(console: Console, names: Sequence[str]) -> list[Figure]:
    """One process each would be as good; one after the other tells of both in one table."""
    return [await on_engine(name, console) for name in names]


def main() -> int:
    found = asyncio.run(everything(Console(stderr=True), sys.argv[1:] or list(ENGINES)))
    print_table(found)
    return 0 if all(figure.holds for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
