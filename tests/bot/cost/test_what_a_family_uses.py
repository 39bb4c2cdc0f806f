"""What the estimate assumes of a family, held against a family that talks to the product."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import bot.models
from agents.metering import Models
from agents.models.port import Read, ToRead
from bot.cost.own import own_figures
from bot.cost.price_file import read_price_file
from scheduling.language.worded import Worded
from tests.bot.talk import MORNING, talking

ROW_29 = (0.01, 0.03)
"""US dollars a call, as the estimate was first made."""

CHEAPEST_WORKFLOW_CALLS = 7
"""So many calls a workflow the estimate of $0.20 means, at the most a call costs."""

WEEK = [
    ("piano {day} 4pm, Mia", "Anna"),
    ("soccer {day} 5pm for 90 minutes, Leo, need the car", "Ben"),
    ("dentist {day} 9am, Anna", "Anna"),
    ("shopping {day} 5:30pm, need the car", "Anna"),
    ("what's on {day}?", "Ben"),
]


def size(path: Path) -> int:
    """Bytes of the whole database, write-ahead log included."""
    with sqlite3.connect(path) as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (each,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    return int(pages * each)


async def test_a_year_of_a_family_is_far_below_the_disk_that_is_paid_for(
    sqlite_url: str,
) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    before = size(path)
    async with talking(sqlite_url) as talk:
        for number in range(7):
            day = (MORNING + timedelta(days=number + 1)).strftime("%B %d")
            for text, who in WEEK:
                await talk.say(text.format(day=day), who)
            await talk.wait_until(MORNING + timedelta(days=number + 1))
        assert len(await talk.calendar()) >= 21
    week = size(path) - before
    assert week > 0
    disk = int(read_price_file().usage["database_disk_gb"][0]) * 1_000_000_000
    # 35 requests a week are 150 a month, the busy family of the estimate.
    assert 52 * week < disk / 20


class Reads:
    """A model that reads whatever it is shown as a piano lesson."""

    name = "gpt-5-mini"

    async def read(self, asked: ToRead) -> Read:
        return Read((Worded("create", title="Pianoforte", people=("Mia",), time="4pm"),), 900, 120)


async def test_a_request_asks_models_less_often_than_the_estimate_assumes(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Models({"": Reads()}, {"gpt-5-mini": (0.25, 2.0)}, 10_000_000)
    monkeypatch.setattr(bot.models, "open_models", lambda settings: opened)
    async with talking(sqlite_url, llm_provider="openai") as talk:
        for hour in range(8):
            await talk.say(f"pianoforte per mia fra {hour} giorni alle 4")
        since = datetime(2026, 1, 1, tzinfo=UTC)
        async with talk.service.database.reader() as uow:
            lines = await uow.usage.by_day(since)
            own = own_figures(lines, await uow.usage.requests(since), talk.clock.now().date())
    assert own.requests == 8
    assert own.calls_each < CHEAPEST_WORKFLOW_CALLS
    assert own.calls_each <= float(read_price_file().usage["model_calls_each"][0])
    # A cheap model's call costs less than the cheapest of the estimate.
    assert own.spent / own.calls / 1_000_000 < ROW_29[0]
