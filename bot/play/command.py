"""`family-scheduler play`: conversation scripts from files."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from bot.play.reading import read_script
from bot.play.redis import RedisServer, answers
from bot.play.script import PLATFORMS, Script, ScriptError
from bot.play.stage import Crew, Stage


class _Refused(Exception):
    """Nothing is played; the reason is for whoever asked."""


def run(
    files: Sequence[Path],
    platform: str = "console",
    database: str | None = None,
    as_json: bool = False,
    workers: int = 0,
    broker: str | None = None,
) -> int:
    """Play every file. Returns 0 if everything held, 1 if not, 2 if a file is not a script (or
    the platform not one of ours, or the broker none), in which case nothing is played.

    workers: how many processes do the work; 0 = the one that receives. broker: where they hear
    of it; a Redis of their own if left out."""
    try:
        if platform not in PLATFORMS:
            raise _Refused(f"scripts play on {', '.join(PLATFORMS)}, not on {platform}")
        scripts = [read_script(path) for path in files]
        with _crew(workers, broker) as crew:
            return asyncio.run(_play(scripts, Stage(platform, database, crew), as_json))
    except (_Refused, ScriptError) as error:
        Console(stderr=True, soft_wrap=True, highlight=False, markup=False).print(str(error))
        return 2


@contextmanager
def _crew(workers: int, broker: str | None) -> Iterator[Crew | None]:
    if not workers:
        if broker:
            raise _Refused("a broker is for workers: say how many with --workers")
        yield None
    elif broker:
        if not answers(broker):
            raise _Refused("no Redis answers at that address")
        yield Crew(workers, broker)
    else:
        try:
            redis = RedisServer()
        except FileNotFoundError:
            raise _Refused("workers need a Redis: name one with --broker") from None
        with redis:
            yield Crew(workers, redis.url)


async def _play(scripts: list[Script], stage: Stage, as_json: bool) -> int:
    console = Console(soft_wrap=True, highlight=False, markup=False)
    held = True
    try:
        for script in scripts:
            result = await stage.play(script)
            held = held and result.ok
            if as_json:
                # Not through rich: a line of JSON is for programs, and stays one line.
                console.file.write(json.dumps(result.as_json(), ensure_ascii=False) + "\n")
            else:
                console.print("\n".join(result.as_text()), end="\n\n")
    finally:
        await stage.close()
    return 0 if held else 1
