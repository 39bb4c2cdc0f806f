"""`family-scheduler pool`: workers on this machine, as many as the load wants."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

from rich.console import Console
from rich.live import Live
from rich.table import Table

from bot.scaling.autoscale import Limits, load_of
from bot.scaling.pool import Pool, State, cpu_seconds
from bot.settings import Settings
from storage.engine import open_database

TICK_SECONDS = 2.0
WORKER = (sys.executable, "-c", "from bot.cli import main; main()", "worker")


def run(settings: Settings, limits: Limits) -> int:
    """Until a signal comes; then every worker finishes what it has begun."""
    return asyncio.run(_run(settings, limits))


async def _run(settings: Settings, limits: Limits) -> int:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    pool = Pool(_start, limits, time.monotonic, cpu_seconds)
    database = open_database(settings.database_url)
    console = Console()
    with Live(console=console, auto_refresh=False, transient=True) as live:
        while not stop.is_set():
            try:
                async with database.reader() as uow:
                    backlog = await uow.backlogs.now()
            # The database may be away for a minute: the workers wait for it, too.
            except Exception as error:
                live.console.print(f"the database does not answer ({type(error).__name__})")
            else:
                _show(live, pool.tick(load_of(backlog)))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), TICK_SECONDS)
        if killed := await asyncio.to_thread(pool.end):
            live.console.print(f"{killed} workers did not end when told to, and were killed")
    await database.close()
    return 0


def _start() -> subprocess.Popen[bytes]:
    # Several workers cannot listen on one port.
    alone = {name: value for name, value in os.environ.items() if name != "PORT"}
    # A group of its own: Ctrl+C is the pool's, which lets its workers finish.
    return subprocess.Popen(WORKER, start_new_session=True, env=alone)  # noqa: S603 - our own command


def _show(live: Live, state: State) -> None:
    """In a terminal one table that changes; in a log a line for each change of the number."""
    if live.console.is_terminal:
        live.update(_line(state), refresh=True)
    elif state.instances != state.before:
        load = state.load
        live.console.print(
            f"{state.instances} workers instead of {state.before}: {load.depth} waiting, "
            f"{load.running} running, latency {load.latency:.1f} s, CPU {load.cpu:.0%}",
            soft_wrap=True,
        )


def _line(state: State) -> Table:
    table = Table("waiting", "running", "latency", "CPU", "wanted", "workers", "ending")
    load = state.load
    table.add_row(
        str(load.depth),
        str(load.running),
        f"{load.latency:.1f} s",
        f"{load.cpu:.0%}",
        str(state.wanted),
        str(state.instances),
        str(state.ending),
    )
    return table
