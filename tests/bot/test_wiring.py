"""What one process does by itself: when it looks next, and its daily sweep."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from agents.turns import Turns
from bot.console import codec
from scheduling.messages import ChatAddress, Outgoing
from scheduling.notices import Notice, NoticeKind
from scheduling.ports import Chat
from scheduling.proposals import Proposal
from tests.bot.talk import Talk, furnish, talking

SECOND = timedelta(seconds=1)


@pytest.fixture(scope="module")
def families(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnish(sqlite_template, tmp_path_factory.mktemp("families") / "template.db")


@pytest.fixture
async def talk(families: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    copy = shutil.copyfile(families, tmp_path / "family.db")
    async with talking(f"sqlite:///{copy}") as opened:
        yield opened


class Wishes:
    """Stands in for the schedule: when the loop asked to be woken."""

    def __init__(self) -> None:
        self.at: list[datetime | None] = []

    def wake_at(self, due: datetime | None) -> None:
        self.at.append(due)

    def stop(self) -> None:
        pass


async def planned(talk: Talk) -> list[datetime | None]:
    talk.service._schedule = wishes = Wishes()  # type: ignore[assignment]
    await talk.service._plan_next_look()
    return wishes.at


async def home(talk: Talk) -> Chat:
    async with talk.service.database.reader() as uow:
        chat = await uow.chats.find(codec.chat())
        assert chat is not None
        return chat


async def due_at(talk: Talk, due: datetime) -> None:
    household_id = (await home(talk)).household_id
    async with talk.service.uow() as uow:
        await uow.notices.put([Notice(uuid4(), household_id, NoticeKind.DAILY, due)])
        await uow.commit()


async def unsent(talk: Talk, chat: Chat, until: datetime) -> None:
    """A message that a platform wants to have later."""
    async with talk.service.uow() as uow:
        await uow.outbox.add(chat.household_id, Outgoing("k", chat.id, "later"))
        for row in await uow.outbox.claim("a", SECOND, 9):
            await uow.outbox.retry(row, "a", until)
        await uow.commit()


async def test_with_nothing_ahead_it_asks_for_nothing(talk: Talk) -> None:
    assert await planned(talk) == []


async def test_it_wakes_for_the_first_thing_that_falls_due(talk: Talk) -> None:
    now = datetime.now(UTC)
    await due_at(talk, now + timedelta(hours=3))
    assert await planned(talk) == [now + timedelta(hours=3)]
    await unsent(talk, await home(talk), now + timedelta(hours=1))
    assert await planned(talk) == [now + timedelta(hours=1)]


async def test_what_is_overdue_is_another_process_s_and_no_reason_to_hurry(talk: Talk) -> None:
    await due_at(talk, datetime.now(UTC) - timedelta(hours=1))
    before = datetime.now(UTC)
    (wish,) = await planned(talk)
    assert wish is not None
    assert before + SECOND <= wish <= datetime.now(UTC) + SECOND


async def test_it_does_not_wake_for_what_it_cannot_send(talk: Talk) -> None:
    chat = Chat(uuid4(), (await home(talk)).household_id, ChatAddress("telegram", "-5"))
    async with talk.service.uow() as uow:
        await uow.chats.add(chat)
        await uow.commit()
    await unsent(talk, chat, datetime.now(UTC))
    assert await planned(talk) == []


async def clash(talk: Talk, day: str) -> Proposal:
    await talk.say(f"market {day} at 10am for 1 hour, car")
    await talk.say(f"library {day} at 10am for 1 hour, car", "Ben")
    chat = await home(talk)
    async with talk.service.database.reader() as uow:
        return (await uow.proposals.open_in_chat(chat.household_id, chat.id))[0]


async def decided_long_ago(talk: Talk, proposals: list[Proposal]) -> None:
    """By taps whose process died with the rest."""
    for proposal in proposals:
        async with talk.service.uow() as uow:
            anna = (await uow.households.get(proposal.household_id)).members[0].id
            await uow.proposals.decide(proposal.household_id, proposal.id, uuid4(), 0, anna)
            await uow.commit()
    earlier = sa.text("UPDATE proposals SET decided_at = '2020-01-01 00:00:00.000000'")
    async with talk.service.database.writing.begin() as connection:
        await connection.execute(earlier)


async def test_the_sweep_carries_out_what_was_decided_whatever_is_wrong_with_another(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = await clash(talk, "Friday"), await clash(talk, "Saturday")
    await decided_long_ago(talk, [broken, sound])
    resume = Turns.sweep
    swept: list[UUID] = []

    async def failing_once(turns: Turns, proposal: Proposal) -> None:
        swept.append(proposal.id)
        if proposal.id == broken.id:
            raise RuntimeError("broken for this test")
        await resume(turns, proposal)

    monkeypatch.setattr(Turns, "sweep", failing_once)
    await talk.service._sweep()
    await talk.service.settle()
    assert set(swept) == {broken.id, sound.id}
    assert sum("library" in line for line in await talk.calendar()) == 1


async def test_the_sweep_prunes_what_nobody_has_touched_for_a_day(talk: Talk) -> None:
    asked: list[datetime] = []

    async def noted(before: datetime) -> int:
        asked.append(before)
        return 0

    vars(talk.service._threads)["sweep"] = noted
    await talk.service._sweep()
    assert datetime.now(UTC) - asked[0] >= timedelta(days=1)


async def test_it_sweeps_at_its_start_and_when_it_is_time(talk: Talk) -> None:
    swept = asyncio.Semaphore(0)

    async def noted() -> None:
        swept.release()

    vars(talk.service)["_sweep"] = noted
    running = asyncio.create_task(talk.service.run())
    await asyncio.wait_for(swept.acquire(), 20)
    await talk.service._wish_sweep()
    await asyncio.wait_for(swept.acquire(), 20)
    await talk.service.finish(20)
    await asyncio.wait_for(running, 20)
