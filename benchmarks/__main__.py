"""`python -m benchmarks`: measures everything and prints the table; 1 if a bar is missed."""

from __future__ import annotations

import asyncio
import sys

from benchmarks import (
    conflict_checks,
    core,
    memory,
    reading,
    reminder_batch,
    replanning,
    startup,
    turns,
)
from benchmarks.engines import ENGINES
from benchmarks.home import at_home
from benchmarks.measure import Figure
from benchmarks.report import print_table
from storage.engine import open_database


async def on_engine(name: str) -> list[Figure]:
    """Everything that needs a database, on a server or file of its own."""
    with ENGINES[name]() as databases:
        try:
            async with at_home(await databases.fresh()) as home:
                found = await turns.figures(home, name)
                found += await reminder_batch.figures(home, name)
            large = open_database(await databases.fresh())
            try:
                found += await conflict_checks.figures(large, name)
            finally:
                await large.close()
        finally:
            await databases.close()
    return found


async def everything() -> list[Figure]:
    found = [*await core.figures(), *replanning.figures(), *reading.figures()]
    found += [*startup.figures(), *await memory.figures()]
    for name in ENGINES:
        found += await on_engine(name)
    return found


def main() -> int:
    found = asyncio.run(everything())
    print_table(found)
    return 0 if all(figure.holds for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
