"""The daily word about cost: silent at the limit, said once a day over it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cost.alert import look_at_cost, too_dear
from scheduling.usage import ModelCall
from tests.bot.talk import Talk, chat_of, talking
from tests.storage.samples import family, model_call

LIMIT = 5.0


@pytest.mark.parametrize(("cost", "told"), [(0, False), (5_000_000, False), (5_010_000, True)])
def test_the_limit(cost: int, told: bool) -> None:
    assert (too_dear(cost, LIMIT) is not None) == told


@pytest.fixture
async def talk(database_url: str) -> AsyncIterator[Talk]:
    async with talking(database_url) as found:
        yield found


async def spend(talk: Talk, dollars: float) -> None:
    async with talk.service.uow() as uow:
        chat = await uow.chats.find(chat_of("Anna"))
        assert chat is not None
        call: ModelCall = replace(
            model_call(family()),
            household_id=chat.household_id,
            asked_at=talk.clock.now(),
            cost=round(dollars * 1_000_000),
        )
        await uow.usage.begin(call)
        await uow.usage.finish(call)
        await uow.commit()


async def words_told(talk: Talk) -> list[str]:
    """Looked at by two processes, twice."""
    service = talk.service
    for _ in range(2):
        await look_at_cost(service.uow, service.database.reader, talk.clock, "console:home", LIMIT)
    await service.settle()
    return [heard.text for heard in talk.heard if "Language models have cost" in heard.text]


async def test_it_is_said_once_a_day(talk: Talk) -> None:
    await spend(talk, 5.00)
    assert await words_told(talk) == []
    await spend(talk, 0.01)
    assert len(await words_told(talk)) == 1
    talk.clock.set(talk.clock.now() + timedelta(days=1))
    assert len(await words_told(talk)) == 1
    await spend(talk, 6.00)
    assert len(await words_told(talk)) == 2
