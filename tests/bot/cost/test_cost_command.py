"""`family-scheduler cost`, and this installation's own figures."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.cost.own import own_figures
from scheduling.family import Household
from scheduling.usage import ModelCall, UsageLine
from storage.engine import open_database

TODAY = date(2026, 3, 10)


def line(day: str, calls: int, cost: int) -> UsageLine:
    return UsageLine(day, "nl_parser", "gpt-5-mini", calls, 0, 0, 0, cost)


def test_a_month_is_projected_from_the_days_there_are() -> None:
    own = own_figures([line("2026-03-10", 6, 20_000), line("2026-03-06", 2, 30_000)], 4, TODAY)
    assert (own.days, own.spent, own.today, own.calls_each) == (5, 50_000, 20_000, 2.0)
    assert own.projected_month == 300_000


def test_nothing_used_costs_nothing() -> None:
    own = own_figures([], 0, TODAY)
    assert (own.days, own.calls_each, own.projected_month) == (1, 0.0, 0)


@pytest.fixture
def used(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An installation where one request asked two agents, and another one asked one."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.chdir(tmp_path)
    asyncio.run(_use(database_url))
    return database_url


async def _use(database_url: str) -> None:
    database = open_database(database_url)
    family = Household(uuid4(), "Rivera", "Europe/Berlin")
    one, other = uuid4(), uuid4()
    async with database.uow() as uow:
        await uow.households.add(family)
        for request, agent in ((one, "transcriber"), (one, "nl_parser"), (other, "nl_parser")):
            await uow.usage.begin(
                ModelCall(
                    id=uuid4(),
                    household_id=family.id,
                    request_id=request,
                    agent=agent,
                    model="gpt-5-mini",
                    asked_at=datetime.now(UTC),
                    cost=20_000,
                )
            )
        await uow.commit()
    await database.close()


def test_for_programs(used: str) -> None:
    found = CliRunner().invoke(app, ["cost", "--json"])
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    assert told["month"]["total"] == {"name": "Total", "low": 51.0, "high": 107.0}
    here = told["here"]
    assert (here["requests"], here["calls"], here["calls_each"]) == (2, 3, 1.5)
    assert (here["spent"], here["today"], here["projected_month"]) == (0.06, 0.06, 1.8)


def test_for_people(used: str) -> None:
    found = CliRunner().invoke(app, ["cost"])
    assert found.exit_code == 0, found.output
    for words in ("Total infrastructure", "41.00", "77.00", "107.00", "1.5 times", "$1.80 a month"):
        assert words in " ".join(found.stdout.split())


def test_without_a_database_the_estimate_stands_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    monkeypatch.chdir(tmp_path)
    found = CliRunner().invoke(app, ["cost"])
    assert found.exit_code == 0
    assert "107.00" in found.stdout
    assert "No figures of this installation" in found.stderr


def test_the_price_file_is_a_setting(used: str, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("prices: {}", "utf-8")
    found = CliRunner().invoke(app, ["cost"], env={"COST_PRICES_FILE": "mine.yaml"})
    assert found.exit_code == 1
    assert "mine.yaml does not fit" in found.stderr
