"""`family-scheduler status`: one screen for an operator."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from bot.cli import app
from storage.engine import Database, open_database
from tests.storage.samples import family, model_call


def told(url: str, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["status", *words], env={"DATABASE_URL": url, "COLUMNS": "90"})
    return result.exit_code, result.output


def test_an_idle_installation_is_fine(database_url: str) -> None:
    code, screen = told(database_url)
    assert code == 0, screen
    for meaning in ("messages not answered yet", "oldest due row: reminder", "thumbs up"):
        assert meaning in screen


def test_for_programs_it_is_one_object(sqlite_url: str) -> None:
    code, text = told(sqlite_url, "--json")
    figures = json.loads(text)
    assert code == 0
    assert figures["inbox_depth"] == 0
    assert figures["queue_depth"] is None


@pytest.mark.parametrize(("dollars", "code"), [(5.00, 0), (5.01, 1)])
def test_past_a_limit_it_says_so_by_its_code(sqlite_url: str, dollars: float, code: int) -> None:
    asyncio.run(_spend(open_database(sqlite_url), round(dollars * 1_000_000)))
    found, text = told(sqlite_url, "--json")
    assert found == code, text
    assert json.loads(text)["model_cost_today_dollars"] == dollars


async def _spend(database: Database, cost: int) -> None:
    ours = family()
    call = replace(model_call(ours), asked_at=datetime.now(UTC), cost=cost)
    async with database.uow() as uow:
        await uow.households.add(ours.household)
        await uow.usage.begin(call)
        await uow.usage.finish(call)
        await uow.commit()
    await database.close()
