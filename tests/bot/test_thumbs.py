"""Thumbs under what came of a clash: who may give one, and that nobody gives two."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from scheduling.buttons import Tap, parse
from tests.bot.talk import Talk, chat_of, talking


@pytest.fixture
async def talk(database_url: str) -> AsyncIterator[Talk]:
    async with talking(database_url) as found:
        await found.say("dentist Friday 4pm, Mia")
        await found.say("piano Friday 4pm, Mia")
        await found.tap("Approve 1")
        yield found


async def thumbs(talk: Talk) -> dict[str, str]:
    """By name, on whatever was settled last."""
    tapped = next(
        b.data
        for shown in reversed(talk.versions)
        for row in shown.buttons
        for b in row
        if b.data.startswith("rate:")
    )
    async with talk.service.database.reader() as uow:
        chat = await uow.chats.find(chat_of("Anna"))
        assert chat is not None
        household = await uow.households.get(chat.household_id)
        given = await uow.ratings.of_proposal(household.id, parse(tapped).id)
    return {household.member(r.member_id).name: r.thumb for r in given}


async def test_one_vote_a_person_and_the_last_one_counts(talk: Talk) -> None:
    await talk.tap("👍", "Ben")
    await talk.tap("👍", "Ben")
    await talk.tap("👎", "Anna")
    await talk.tap("👎", "Ben")
    assert await thumbs(talk) == {"Ben": "down", "Anna": "down"}


async def test_another_family_s_thumb_is_none(talk: Talk) -> None:
    data = next(b.data for s in talk.versions for row in s.buttons for b in row if b.label == "👍")
    await talk.tap_data(data, "Li")
    assert await thumbs(talk) == {}
    assert talk.heard[-1].text.startswith("That button does not work")


@pytest.mark.parametrize("argument", ["sideways", "", "x"])
async def test_a_made_up_thumb_is_none(talk: Talk, argument: str) -> None:
    await talk.tap_data(Tap("rate", uuid4(), argument).data())
    assert await thumbs(talk) == {}


async def test_what_clashed_with_nothing_asks_for_no_thumb(talk: Talk) -> None:
    before = len(talk.versions)
    await talk.say("swimming Sunday 10am, Leo")
    labels = [b.label for s in talk.versions[before:] for row in s.buttons for b in row]
    assert labels == ["Undo"]


async def test_a_forgotten_person_s_thumb_goes_with_them(talk: Talk) -> None:
    await talk.tap("👍", "Ben")
    async with talk.service.uow() as uow:
        chat = await uow.chats.find(chat_of("Anna"))
        assert chat is not None
        household = await uow.households.get(chat.household_id)
        ben = household.named("Ben")
        assert ben is not None
        await uow.households.remove_member(household.id, ben.id)
        await uow.commit()
    assert await thumbs(talk) == {}
