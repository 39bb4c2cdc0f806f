"""Undo and edits of messages: what was done is taken back, or done otherwise, once."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from agents.actions.feeds import calendar_command
from agents.scene import Scene
from scheduling.errors import NotAllowed, NotFound
from tests.bot.talk import MORNING, Talk, chat_of, furnish, talking


@pytest.fixture(scope="module")
def families(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnish(sqlite_template, tmp_path_factory.mktemp("families") / "template.db")


@pytest.fixture
async def talk(families: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    copy = shutil.copyfile(families, tmp_path / "family.db")
    async with talking(f"sqlite:///{copy}") as found:
        yield found


def last(talk: Talk) -> str:
    return talk.heard[-1].text


AT_SEVEN = ["Thu 2026-03-05 19:00–20:00 yoga (Anna)"]
AT_EIGHT = ["Thu 2026-03-05 20:00–21:00 yoga (Anna)"]


async def test_one_undo_after_the_other(talk: Talk) -> None:
    await talk.say("yoga tomorrow 7pm")
    await talk.say("move yoga to 8pm")
    await talk.say("move yoga to 9pm")
    await talk.say("/undo")
    assert await talk.calendar() == AT_EIGHT
    await talk.say("/undo")
    assert await talk.calendar() == AT_SEVEN
    await talk.say("/undo")
    assert await talk.calendar() == []
    await talk.say("/undo")
    assert "nothing to undo" in last(talk)


async def test_a_refused_undo_may_be_asked_for_again(talk: Talk) -> None:
    await talk.say("yoga tomorrow 7pm")
    await talk.say("cancel yoga")
    await talk.say("dentist tomorrow 7pm")
    cancelled = next(
        button.data
        for shown in talk.versions
        for row in shown.buttons
        for button in row
        if "ancelled" in shown.text
    )
    await talk.tap_data(cancelled)
    assert "can't take that back" in last(talk)
    await talk.say("/undo")
    await talk.tap_data(cancelled)
    assert await talk.calendar() == AT_SEVEN
    await talk.tap_data(cancelled)
    assert talk.heard[-1].toast
    assert "already" in last(talk)


async def test_an_edit_changes_each_item_of_its_own(talk: Talk) -> None:
    await talk.say("yoga tomorrow 7pm and dentist Friday 9am")
    await talk.edit(1, "yoga tomorrow 7pm and dentist Friday 10am")
    assert "Change dentist?" in "\n".join(h.text for h in talk.heard)
    assert "Change yoga?" not in "\n".join(h.text for h in talk.heard)
    await talk.tap("Change it")
    assert await talk.calendar() == [*AT_SEVEN, "Fri 2026-03-06 10:00–11:00 dentist (Anna)"]


async def test_an_edit_after_an_edit_takes_back_the_question_before(talk: Talk) -> None:
    await talk.say("yoga tomorrow 7pm")
    await talk.edit(1, "yoga tomorrow 9pm")
    await talk.edit(1, "yoga tomorrow 8pm")
    assert any("edited, so I read it again" in heard.text for heard in talk.heard)
    await talk.tap("Change it")
    assert await talk.calendar() == AT_EIGHT
    with pytest.raises(LookupError):
        await talk.tap("Change it")


async def test_an_edit_of_what_an_edit_had_booked(talk: Talk) -> None:
    await talk.say("hello there")
    await talk.edit(1, "yoga tomorrow 7pm")
    assert await talk.calendar() == AT_SEVEN
    await talk.edit(1, "yoga tomorrow 8pm")
    await talk.tap("Change it")
    assert await talk.calendar() == AT_EIGHT


async def test_an_edit_does_not_change_how_it_repeats(talk: Talk) -> None:
    await talk.say("yoga tomorrow 7pm")
    await talk.edit(1, "yoga every Thursday 7pm")
    assert "can't change how yoga repeats" in last(talk)
    assert await talk.calendar() == AT_SEVEN


async def test_an_edited_command_is_read_as_one(talk: Talk) -> None:
    await talk.say("/add")
    await talk.edit(1, "/add yoga tomorrow 7pm")
    assert await talk.calendar() == AT_SEVEN
    await talk.edit(1, "/add yoga tomorrow 8pm")
    await talk.tap("Change it")
    assert await talk.calendar() == AT_EIGHT
    await talk.edit(1, "/add")
    assert "For example: /add" in last(talk)
    await talk.say("/add yoga Friday 7pm")
    await talk.edit(2, "/add mumble")
    assert "can't read your message any more" in last(talk)


async def test_a_command_that_was_edited_is_answered_once(talk: Talk) -> None:
    await talk.say("yoga tomorrow 7pm")
    await talk.say("/today")
    await talk.edit(2, "/week")
    assert "yoga" in last(talk)
    await talk.say("move yoga to 8pm")
    await talk.say("/undo")
    await talk.edit(4, "/undo")
    assert await talk.calendar() == AT_SEVEN


async def test_a_clash_that_was_edited_away_is_not_spoken_of_again(talk: Talk) -> None:
    await talk.say("dentist tomorrow 7pm")
    await talk.say("yoga tomorrow 7pm")
    await talk.edit(2, "yoga tomorrow 8pm")
    async with talk.service.database.reader() as uow:
        families = await uow.households.all_ids()
        standing = [await uow.conflicts.open(family) for family in families]
    assert not any(standing)


async def test_the_last_parent_is_not_forgotten(talk: Talk) -> None:
    await talk.say("/forget Ben")
    await talk.tap("Delete for good")
    await talk.say("/forget Anna")
    assert "only parent" in last(talk)


async def calendar_link(talk: Talk, who: str, words: str) -> None:
    """/calendar, on a server that has a public address."""
    async with talk.service.database.uow() as uow:
        chat = await uow.chats.find(chat_of(who))
        assert chat is not None
        household = await uow.households.get(chat.household_id)
        scene = Scene(uow, household, chat.id, household.named(who), talk.clock.now(), uuid4())
        await calendar_command(scene, words, "https://family.example", b"key")
        await uow.commit()
    await talk.service.settle()


async def test_the_family_s_calendar_is_a_parent_s_to_share_and_to_close(talk: Talk) -> None:
    with pytest.raises(NotAllowed, match="Only a parent"):
        await calendar_link(talk, "Mia", "")
    await calendar_link(talk, "Mia", "me")
    await calendar_link(talk, "Anna", "")
    await calendar_link(talk, "Mia", "revoke")
    assert "1 calendar links" in last(talk)
    await calendar_link(talk, "Anna", "revoke")
    assert "1 calendar links" in last(talk)


async def test_a_parent_ends_the_link_of_another(talk: Talk) -> None:
    await calendar_link(talk, "Mia", "me")
    with pytest.raises(NotAllowed, match="Only a parent"):
        await calendar_link(talk, "Leo", "revoke Mia")
    with pytest.raises(NotFound, match="don't know Zoe"):
        await calendar_link(talk, "Anna", "revoke Zoe")
    await calendar_link(talk, "Anna", "revoke Mia")
    assert "1 calendar links of Mia no longer work" in last(talk)
    await calendar_link(talk, "Anna", "revoke mia")
    assert "Mia had no link" in last(talk)


async def test_one_drives_on_the_day_that_was_asked_about(talk: Talk) -> None:
    await talk.say("soccer every Saturday 2pm, Mia, who drives?")
    await talk.tap("I'll drive", "Ben")
    assert "Ben drives: soccer, Sat 7 Mar" in last(talk)
    await talk.tap("I'll drive", "Anna", stale=True)
    assert "Ben has taken that already" in last(talk)
    await talk.wait_until(MORNING + timedelta(days=9, hours=10))
    assert "Still open: Who drives?" in last(talk)
    assert "Sat 14 Mar" in last(talk)
    await talk.tap("I'll drive", "Anna")
    assert "Anna drives: soccer, Sat 14 Mar" in last(talk)


async def test_nobody_drives_while_they_are_elsewhere(talk: Talk) -> None:
    await talk.say("dentist Saturday 2pm", "Ben")
    await talk.say("soccer Saturday 2pm, Mia, who drives?")
    await talk.tap("I'll drive", "Ben")
    assert talk.heard[-1].toast
    assert "dentist" in last(talk)
    await talk.tap("I'll drive", "Anna")
    assert "Anna drives: soccer" in last(talk)
