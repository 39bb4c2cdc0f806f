"""Finished requests leave the database after thirty days and can be brought back as they were."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from agents.threads import Threads
from bot.archive.archiving import Archived
from bot.archive.restoring import restore
from scheduling.archive import (
    Archive,
    ArchiveClash,
    family_prefix,
    object_name,
    readable,
    thread_of,
)
from scheduling.errors import NotFound
from tests.agents.home import checkpoints_of, threads_with
from tests.bot.archive.archived import Dying, Killed, after, archiving, folder, of_thread, rows
from tests.bot.talk import Talk, chat_of, talking


@pytest.fixture
async def talk(database_url: str) -> AsyncIterator[Talk]:
    async with talking(database_url) as opened:
        yield opened


async def finished(talk: Talk) -> UUID:
    """Two requests that are done; whose they are."""
    await talk.say("market tomorrow at 10am for 1 hour, car")
    await talk.say("dinner on Saturday at 7pm")
    return await family_of(talk)


async def family_of(talk: Talk) -> UUID:
    async with talk.service.reader() as uow:
        chat = await uow.chats.find(chat_of("Anna"))
    assert chat is not None
    return chat.household_id


async def waiting(talk: Talk) -> str:
    """A request whose clash is before the family; its thread."""
    await talk.say("library tomorrow at 10am for 1 hour, car", "Ben")
    async with talk.service.reader() as uow:
        (proposal,) = await uow.proposals.open_of_household(await family_of(talk))
    return proposal.thread_id


async def test_day_29_keeps_and_day_31_archives(talk: Talk, tmp_path: Path) -> None:
    household = await finished(talk)
    archive = folder(tmp_path)
    before = await threads_with(talk)
    assert len(before) == 2
    assert await archiving(talk, archive).run(after(29)) == Archived()
    assert await threads_with(talk) == before
    assert await archiving(talk, archive).run(after(31)) == Archived(moved=2)
    assert await threads_with(talk) == {}
    names = await archive.names(family_prefix(household))
    assert {thread_of(name) for name in names} == set(before)


async def test_nothing_that_waits_is_ever_archived_or_pruned(talk: Talk, tmp_path: Path) -> None:
    await finished(talk)
    thread = await waiting(talk)
    before = of_thread(await rows(talk), [thread])
    assert len(before["checkpoints"]) > 1
    done = await archiving(talk, folder(tmp_path)).run(after(10_000))
    assert (done.moved, done.waiting) == (2, 1)
    assert await rows(talk) == before
    await talk.tap("Approve 1", "Anna")
    assert (await archiving(talk, folder(tmp_path)).run(after(31))).waiting == 0
    assert await threads_with(talk) == {}


async def test_what_was_chosen_and_is_not_yet_done_stays(talk: Talk, tmp_path: Path) -> None:
    await finished(talk)
    thread = await waiting(talk)
    change = sa.text("UPDATE proposals SET state = 'decided'")
    async with talk.service.database.writing.begin() as connection:
        await connection.execute(change)
    done = await archiving(talk, folder(tmp_path)).run(after(31))
    assert (done.moved, done.waiting) == (2, 1)
    assert set(await threads_with(talk)) == {thread}


async def test_a_restored_thread_has_the_very_rows_it_had(talk: Talk, tmp_path: Path) -> None:
    household = await finished(talk)
    archive = folder(tmp_path)
    before = await rows(talk)
    await archiving(talk, archive).run(after(31))
    assert not any((await rows(talk)).values())
    checkpoints = checkpoints_of(talk)
    done = await restore(archive, checkpoints, household)
    assert (done.restored, done.there) == (2, 0)
    assert await rows(talk) == before
    again = await restore(archive, checkpoints, household)
    assert (again.restored, again.there) == (0, 2)
    assert await rows(talk) == before
    assert await archiving(talk, archive).run(after(31)) == Archived(moved=2), "the same bytes"


async def test_one_thread_comes_back_alone(talk: Talk, tmp_path: Path) -> None:
    household = await finished(talk)
    archive = folder(tmp_path)
    first, _ = await threads_with(talk)
    before = of_thread(await rows(talk), [first])
    await archiving(talk, archive).run(after(31))
    await restore(archive, checkpoints_of(talk), household, first)
    assert await rows(talk) == before
    with pytest.raises(NotFound):
        await restore(archive, checkpoints_of(talk), household, "0" * 32)


async def test_killed_between_writing_and_deleting_the_next_run_finishes(
    talk: Talk, tmp_path: Path
) -> None:
    household = await finished(talk)
    archive = folder(tmp_path)
    dying: Archive = Dying(archive)
    with pytest.raises(Killed):
        await archiving(talk, dying).run(after(31))
    assert len(await archive.names(family_prefix(household))) == 1
    assert len(await threads_with(talk)) == 2, "deleted only once it is safe"
    assert await archiving(talk, archive).run(after(31)) == Archived(moved=2)
    assert await threads_with(talk) == {}


async def test_other_bytes_in_the_archive_keep_the_row(
    talk: Talk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    household = await finished(talk)
    archive = folder(tmp_path)
    first, _ = await threads_with(talk)
    await archive.put(object_name(household, first), b"something else")
    assert await archiving(talk, archive).run(after(31)) == Archived(moved=1, clashed=1)
    assert set(await threads_with(talk)) == {first}
    assert "holds something else" in caplog.text


async def test_what_a_deleted_family_left_behind_is_deleted(talk: Talk, tmp_path: Path) -> None:
    await finished(talk)
    async with talk.service.uow() as uow:
        await uow.households.forget(await family_of(talk))
        await uow.commit()
    assert await archiving(talk, folder(tmp_path)).run(after(31)) == Archived(cleared=2)
    assert await threads_with(talk) == {}
    assert await folder(tmp_path).names("") == []


async def test_the_document_holds_the_last_state_and_can_be_read(
    talk: Talk, tmp_path: Path
) -> None:
    """The final state, with what was found, and not what was asked only."""
    household = await finished(talk)
    archive = folder(tmp_path)
    await archiving(talk, archive).run(after(31))
    contents = [await archive.get(name) for name in await archive.names(family_prefix(household))]
    found = [readable(content or b"") for content in contents]
    texts = {each["request"]["text"]: each for each in found}
    assert {item["status"] for item in texts["dinner on Saturday at 7pm"]["items"]} == {"done"}
    document = json.loads(contents[0] or b"")
    assert document["format"] == 1
    assert document["household"] == str(household)


async def test_what_cannot_be_read_stays(
    talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await finished(talk)

    async def unknown(threads: Threads, thread_id: str) -> bool:
        return True

    monkeypatch.setattr(Threads, "waits", unknown)
    assert await archiving(talk, folder(tmp_path)).run(after(31)) == Archived(waiting=2)
    assert len(await threads_with(talk)) == 2


async def test_a_folder_writes_once(tmp_path: Path) -> None:
    archive = folder(tmp_path)
    await archive.put("checkpoints/a/b.json", b"{}")
    await archive.put("checkpoints/a/b.json", b"{}")
    with pytest.raises(ArchiveClash):
        await archive.put("checkpoints/a/b.json", b"[]")
    assert await archive.get("checkpoints/a/b.json") == b"{}"
    assert await archive.names("") == ["checkpoints/a/b.json"]
    await archive.delete("checkpoints/a/b.json")
    await archive.delete("checkpoints/a/b.json")
    assert await archive.get("checkpoints/a/b.json") is None
