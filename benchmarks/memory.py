"""How much memory `serve` holds with Telegram on, after it has booked something."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import Figure
from bot.play.counterparts.telegram.telegram import Telegram

COMMAND = "from bot.cli import main; main()"
TOKEN = "1000:benchmark"
SAID = "/start", "dentist tomorrow at 3pm", "soccer practice Saturday 2pm", "/week"
PATIENCE = 30.0


def _environment(telegram: Telegram, folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder}/family.db",
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": telegram.base_url,
        "LOG_LEVEL": "WARNING",
    }


def _megabytes(pid: int) -> float:
    shown = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(pid)], check=True, capture_output=True, text=True
    )
    return int(shown.stdout) / 1024


async def _answers(telegram: Telegram) -> None:
    """Says each thing and waits for the bot to say something new."""
    anna = telegram.user("Anna")
    chat = telegram.private(anna)
    for text in SAID:
        before = len(telegram.from_bot(chat))
        telegram.say(chat, anna, text)
        async with asyncio.timeout(PATIENCE):
            while len(telegram.from_bot(chat)) == before:  # noqa: ASYNC110 – another process answers
                await asyncio.sleep(0.05)


async def figures() -> list[Figure]:
    async with Telegram(token=TOKEN) as telegram:
        with tempfile.TemporaryDirectory(prefix="family-bench-") as folder:
            environment = _environment(telegram, Path(folder))
            await asyncio.to_thread(
                subprocess.run,
                [sys.executable, "-c", COMMAND, "migrate"],
                env=environment,
                check=True,
                capture_output=True,
            )
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", COMMAND, "serve", env=environment
            )
            try:
                await _answers(telegram)
                resident = _megabytes(process.pid)
            finally:
                process.terminate()
                await process.wait()
    return [Figure("memory of `serve` with Telegram", "SQLite", resident, 180, unit="MB")]
