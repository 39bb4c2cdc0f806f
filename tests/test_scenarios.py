"""Every conversation script, played through the whole product.

On the console with SQLite, on Telegram with PostgreSQL, on Slack with SQLite; a few on the
crosses as well, and a few with workers. With ALL_COMBINATIONS=1 every script plays on all six, and
with two workers on Telegram with PostgreSQL.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.play.reading import read_script
from bot.play.redis import RedisServer
from bot.play.stage import Crew, Stage

SCRIPTS = sorted((Path(__file__).parent / "scenarios").glob("*.yaml"))
CROSSED = ("01", "02", "03", "04", "42", "57", "73", "78", "79", "88", "90", "91")
"""Scripts that lean on what differs between platforms and engines."""

WORKED = ("02", "03", "65", "87", "91", "110", "141", "204")
"""Scripts in which it matters who of several does the work, and what dies meanwhile."""

EVERYTHING = os.environ.get("ALL_COMBINATIONS") == "1"


def _crossing(platform: str) -> list[Path]:
    return [path for path in _of(platform) if EVERYTHING or path.name[:2] in CROSSED]


def _of(platform: str) -> list[Path]:
    """Those that play there: a script may need what one platform alone has."""
    return [path for path in SCRIPTS if read_script(path).platform in (None, platform)]


def _worked(platform: str) -> list[Path]:
    return [p for p in _of(platform) if EVERYTHING or p.name.partition("-")[0] in WORKED]


@pytest.fixture(scope="module")
def console_sqlite() -> Iterator[Stage]:
    stage = Stage("console")
    yield stage
    asyncio.run(stage.close())


@pytest.fixture(scope="module")
def telegram_postgresql(postgresql_server: str) -> Iterator[Stage]:
    stage = Stage("telegram", postgresql_server)
    yield stage
    asyncio.run(stage.close())


@pytest.fixture(scope="module")
def telegram_sqlite() -> Iterator[Stage]:
    stage = Stage("telegram")
    yield stage
    asyncio.run(stage.close())


@pytest.fixture(scope="module")
def console_postgresql(postgresql_server: str) -> Iterator[Stage]:
    stage = Stage("console", postgresql_server)
    yield stage
    asyncio.run(stage.close())


@pytest.fixture(scope="module")
def slack_sqlite() -> Iterator[Stage]:
    stage = Stage("slack")
    yield stage
    asyncio.run(stage.close())


@pytest.fixture(scope="module")
def slack_postgresql(postgresql_server: str) -> Iterator[Stage]:
    stage = Stage("slack", postgresql_server)
    yield stage
    asyncio.run(stage.close())


@pytest.fixture(scope="module")
def telegram_workers(postgresql_server: str) -> Iterator[Stage]:
    with RedisServer() as redis:
        stage = Stage("telegram", postgresql_server, Crew(2, redis.url))
        yield stage
        asyncio.run(stage.close())


async def _holds(stage: Stage, path: Path) -> None:
    result = await stage.play(read_script(path))
    assert result.ok, "\n" + "\n".join(result.as_text())


@pytest.mark.parametrize("path", _of("console"), ids=lambda path: path.stem)
async def test_on_the_console_with_sqlite(console_sqlite: Stage, path: Path) -> None:
    await _holds(console_sqlite, path)


@pytest.mark.parametrize("path", _of("telegram"), ids=lambda path: path.stem)
async def test_on_telegram_with_postgresql(telegram_postgresql: Stage, path: Path) -> None:
    await _holds(telegram_postgresql, path)


@pytest.mark.parametrize("path", _of("slack"), ids=lambda path: path.stem)
async def test_on_slack_with_sqlite(slack_sqlite: Stage, path: Path) -> None:
    await _holds(slack_sqlite, path)


@pytest.mark.crosses
@pytest.mark.parametrize("path", _crossing("slack"), ids=lambda path: path.stem)
async def test_on_slack_with_postgresql(slack_postgresql: Stage, path: Path) -> None:
    await _holds(slack_postgresql, path)


@pytest.mark.crosses
@pytest.mark.parametrize("path", _crossing("telegram"), ids=lambda path: path.stem)
async def test_on_telegram_with_sqlite(telegram_sqlite: Stage, path: Path) -> None:
    await _holds(telegram_sqlite, path)


@pytest.mark.crosses
@pytest.mark.parametrize("path", _crossing("console"), ids=lambda path: path.stem)
async def test_on_the_console_with_postgresql(console_postgresql: Stage, path: Path) -> None:
    await _holds(console_postgresql, path)


@pytest.mark.parametrize("path", _worked("telegram"), ids=lambda path: path.stem)
async def test_with_two_workers(telegram_workers: Stage, path: Path) -> None:
    await _holds(telegram_workers, path)
