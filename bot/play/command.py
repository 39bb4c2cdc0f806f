"""`family-scheduler play`: conversation scripts from files."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from bot.play.reading import read_script
from bot.play.script import PLATFORMS, Script, ScriptError
from bot.play.stage import Stage


def run(
    files: Sequence[Path],
    platform: str = "console",
    database: str | None = None,
    as_json: bool = False,
) -> int:
    """Play every file. Returns 0 if everything held, 1 if not, 2 if a file is not a script (or
    the platform not one of ours), in which case nothing is played."""
    complaints = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    if platform not in PLATFORMS:
        complaints.print(f"scripts play on {', '.join(PLATFORMS)}, not on {platform}")
        return 2
    try:
        scripts = [read_script(path) for path in files]
    except ScriptError as error:
        complaints.print(str(error))
        return 2
    return asyncio.run(_play(scripts, platform, database, as_json))


async def _play(scripts: list[Script], platform: str, database: str | None, as_json: bool) -> int:
    console = Console(soft_wrap=True, highlight=False, markup=False)
    stage = Stage(platform, database)
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
