"""What is over is forgotten after its time; what waits, and the calendar, are not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.archive.archiving import Archived
from bot.retention import Periods, Retention
from storage.tables import metadata
from tests.agents.home import checkpoints_of, threads_on, threads_with
from tests.bot.archive.archived import after, archiving, folder
from tests.bot.http.api.api_home import at_home
from tests.bot.talk import MORNING, Talk, talking

YEAR = Periods(inbox=365, outbox=365, audit=365, questions=365)
OVER = ("inbox", "outbox", "audit", "conflicts", "proposals", "approvals", "notices", "tasks")


@pytest.fixture
async def talk(database_url: str) -> AsyncIterator[Talk]:
    async with talking(database_url) as opened:
        yield opened


def later(days: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


def retention(talk: Talk, periods: Periods = YEAR) -> Retention:
    checkpoints = checkpoints_of(talk)
    return Retention(talk.service.uow, checkpoints, threads_on(talk.service, checkpoints), periods)


async def counted(talk: Talk) -> dict[str, int]:
    """Rows by table."""
    async with talk.service.database.writing.connect() as connection:
        return {
            table.name: (
                await connection.execute(sa.select(sa.func.count()).select_from(table))
            ).scalar_one()
            for table in metadata.sorted_tables
        }


async def a_clash(talk: Talk) -> None:
    await talk.say("market tomorrow at 10am for 1 hour, car")
    await talk.say("library tomorrow at 10am for 1 hour, car", "Ben")


async def test_what_is_over_goes_and_the_calendar_stays(talk: Talk) -> None:
    await a_clash(talk)
    await talk.tap("Approve 1", "Anna")
    before = await counted(talk)
    assert all(before[name] for name in ("inbox", "outbox", "audit", "conflicts", "approvals"))
    assert (await retention(talk).run(MORNING + timedelta(days=364))).total() == 0
    assert await counted(talk) == before
    gone = await retention(talk).run(later(366))
    left = await counted(talk)
    assert {name: left[name] for name in OVER if name != "notices"} == dict.fromkeys(
        (name for name in OVER if name != "notices"), 0
    )
    assert gone["inbox"] == before["inbox"]
    kept = set(before) - set(OVER) - {"ratings"}
    assert {name: left[name] for name in kept} == {name: before[name] for name in kept}
    assert await threads_with(talk) == {}
    await talk.say("what's on tomorrow?")
    assert "market" in talk.heard[-1].text
    await talk.say("cancel market tomorrow")
    assert "market" in talk.heard[-1].text


async def test_what_waits_stays_with_all_it_needs(talk: Talk) -> None:
    await a_clash(talk)
    await retention(talk).run(later(10_000))
    left = await counted(talk)
    assert (left["inbox"], left["proposals"]) == (1, 1)
    assert len(await threads_with(talk)) == 1
    await talk.tap("Approve 1", "Anna")
    assert "library" in talk.heard[-1].text
    await retention(talk).run(later(10_000))
    assert (await counted(talk))["inbox"] == 0
    assert await threads_with(talk) == {}


async def test_what_was_not_delivered_stays(talk: Talk) -> None:
    await talk.say("market tomorrow at 10am")
    async with talk.service.database.writing.begin() as connection:
        await connection.execute(sa.text("UPDATE outbox SET state = 'waiting'"))
        waiting = (await connection.execute(sa.text("SELECT count(*) FROM outbox"))).scalar_one()
    await retention(talk).run(later(10_000))
    assert (await counted(talk))["outbox"] == waiting > 0


async def test_a_message_outlives_its_thread_until_that_is_archived(
    talk: Talk, tmp_path: Path
) -> None:
    await talk.say("market tomorrow at 10am")
    periods = Periods(inbox=1, outbox=1, audit=1, questions=1, moved=True)
    gone = await retention(talk, periods).run(later(10))
    assert gone["inbox"] == 0
    assert len(await threads_with(talk)) == 1
    assert await archiving(talk, folder(tmp_path)).run(after(31)) == Archived(moved=1)
    assert (await retention(talk, periods).run(later(10)))["inbox"] == 1


async def test_nought_is_for_ever(talk: Talk) -> None:
    await a_clash(talk)
    await talk.tap("Approve 1", "Anna")
    before = await counted(talk)
    periods = Periods(inbox=0, outbox=0, audit=0, questions=0)
    assert (await retention(talk, periods).run(later(100_000))).total() == 0
    assert await counted(talk) == before


async def test_more_than_a_page_and_in_two_processes_at_once(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.retention.PAGE", 2)
    for hour in range(1, 6):
        await talk.say(f"errand tomorrow at {hour}pm")
    before = await counted(talk)

    both = await asyncio.gather(*(retention(talk).run(later(400)) for _ in range(2)))
    assert (await counted(talk))["inbox"] == 0
    assert max(gone["inbox"] for gone in both) <= before["inbox"]


async def test_the_chat_of_a_single_request_goes_with_it(database_url: str) -> None:
    async with at_home(database_url) as home:
        anna = await home.token()
        await home.ask(anna, message="what's on today?")
        await home.ask(anna, message="piano tomorrow at 4pm", conversation="kitchen")
        checkpoints = home.service._checkpoints
        kept = Retention(home.service.uow, checkpoints, threads_on(home.service, checkpoints), YEAR)
        async with home.service.database.writing.connect() as connection:
            before = (await connection.execute(sa.text("SELECT count(*) FROM chats"))).scalar_one()
        gone = await kept.run(later(366))
        assert (before, gone["chats"]) == (3, 2), "an event still names the kitchen"
        again = await home.ask(anna, message="what's on tomorrow?", conversation="kitchen")
        assert "piano" in again["result"]["message"]
        assert (await home.ask(anna, message="what's on tomorrow?"))["status"] == "complete"
