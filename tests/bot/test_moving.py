"""A family moves to another database with a question open, and answers it there."""

from __future__ import annotations

import asyncio

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.bot.http.api.api_home import Home, at_home

SOCCER = "soccer practice Saturday 2pm, Mia, need the car"


def moved(here: str, there: str, *more: str) -> str:
    result = CliRunner().invoke(app, ["copy", "--from", here, "--to", there, *more])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("way", ["up", "out"])
async def test_an_approval_given_after_moving_goes_on(
    sqlite_url: str, postgresql_url: str, way: str
) -> None:
    ends = (sqlite_url, postgresql_url)
    here, there = ends if way == "up" else reversed(ends)
    async with at_home(here) as home:
        anna = await home.token()
        await home.ask(anna, message=SOCCER)
        task = await home.ask(anna, message="groceries Saturday 2:30pm, Ben, need the car")
        assert task["status"] == "awaiting_user"
        household = home.household
    told = await asyncio.to_thread(moved, here, there, "--household", "Rivera")
    assert "proposals" in told
    async with at_home(there, empty=True) as arrived:
        arrived = Home(arrived.service, household, arrived.client, arrived.base)
        waiting = (await arrived.client.get(task["status_url"], headers=anna)).json()
        assert waiting == task
        url = f"{task['status_url']}/decision"
        decided = await arrived.client.post(url, json={"option": 0}, headers=anna)
        done = await arrived.done(anna, decided)
        assert done["status"] == "complete"
        assert done["result"]["message"].startswith("Event confirmed!")


def test_what_is_refused_is_said_without_a_traceback(sqlite_url: str) -> None:
    result = CliRunner().invoke(app, ["copy", "--from", sqlite_url, "--to", sqlite_url])
    assert result.exit_code == 1
    assert "same database" in result.output
    result = CliRunner().invoke(
        app, ["copy", "--from", sqlite_url, "--to", "postgresql://nobody@127.0.0.1:1/none"]
    )
    assert result.exit_code == 1
    assert "cannot be reached" in result.output
