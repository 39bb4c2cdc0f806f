"""/forget and /export reach what the database has let go of."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from bot.archive.folder import FolderArchive
from scheduling.archive import family_prefix
from tests.agents.home import threads_with
from tests.bot.archive.archived import after, archiving
from tests.bot.talk import Talk, chat_of, talking


@pytest.fixture
async def talk(database_url: str, tmp_path: Path) -> AsyncIterator[Talk]:
    places = {"archive_url": str(tmp_path / "archive"), "backup_dir": str(tmp_path / "backups")}
    async with talking(database_url, **places) as opened:
        yield opened


@pytest.fixture
async def archive(talk: Talk, tmp_path: Path) -> FolderArchive:
    """With a request of each parent, and one of another family."""
    await talk.say("market tomorrow at 10am")
    await talk.say("chess on Saturday at 5pm", "Ben")
    await talk.say("judo on Saturday at 5pm", "Li")
    found = FolderArchive(tmp_path / "archive")
    assert (await archiving(talk, found).run(after(31))).moved == 3
    return found


async def family_of(talk: Talk, who: str) -> UUID:
    async with talk.service.reader() as uow:
        chat = await uow.chats.find(chat_of(who))
    assert chat is not None
    return chat.household_id


def exported(talk: Talk) -> list[dict[str, object]]:
    """The older requests in the newest family.json."""
    (content,) = [
        attachment.content
        for attachment in talk.versions[-1].attachments
        if attachment.name == "family.json"
    ]
    found: list[dict[str, object]] = json.loads(content)["archived_requests"]
    return found


async def test_export_holds_the_family_s_older_requests(talk: Talk, archive: FolderArchive) -> None:
    await talk.say("/export")
    asked = json.dumps(exported(talk))
    assert ("market" in asked, "chess" in asked, "judo" in asked) == (True, True, False)


async def test_forgetting_the_family_empties_its_part(talk: Talk, archive: FolderArchive) -> None:
    ours, theirs = await family_of(talk, "Anna"), await family_of(talk, "Li")
    await talk.say("/forget everything")
    assert "Backups keep it for 7 days more." in talk.heard[-1].text
    await talk.tap("Delete for good")
    assert "Deleted for good" in talk.heard[-1].text
    assert await archive.names(family_prefix(ours)) == []
    assert len(await archive.names(family_prefix(theirs))) == 1


async def test_forgetting_a_person_takes_out_what_they_asked(
    talk: Talk, archive: FolderArchive
) -> None:
    await talk.say("/forget Ben")
    await talk.tap("Delete for good")
    (left,) = await archive.names(family_prefix(await family_of(talk, "Anna")))
    content = await archive.get(left)
    assert content is not None
    assert b"market" in content


async def test_where_it_cannot_be_reached_nothing_is_deleted(
    talk: Talk, archive: FolderArchive, tmp_path: Path
) -> None:
    await talk.say("/forget everything")
    (tmp_path / "archive").rename(tmp_path / "away")
    (tmp_path / "archive").write_text("no folder")
    await talk.tap("Delete for good")
    assert "so not everything is deleted yet" in talk.heard[-1].text
    await talk.say("/export")
    assert "cannot reach the archive" in talk.heard[-1].text
    await talk.say("what's on tomorrow?")
    assert "market" in talk.heard[-1].text
    (tmp_path / "archive").unlink()
    (tmp_path / "away").rename(tmp_path / "archive")
    await talk.tap("Delete for good", stale=True)
    assert "Deleted for good" in talk.heard[-1].text
    assert len(await archive.names("")) == 1


async def test_a_child_s_tap_takes_nothing_out(talk: Talk, archive: FolderArchive) -> None:
    await talk.say("/forget everything")
    await talk.tap("Delete for good", "Mia")
    assert len(await archive.names("")) == 3


async def test_a_person_s_requests_that_are_not_archived_yet_go_too(talk: Talk) -> None:
    await talk.say("market tomorrow at 10am")
    await talk.say("chess on Saturday at 5pm", "Ben")
    await talk.say("/forget Ben")
    await talk.tap("Delete for good")
    assert len(await threads_with(talk)) == 1


async def test_who_may_not_be_forgotten_any_more_keeps_what_is_archived(
    talk: Talk, archive: FolderArchive
) -> None:
    """Asked while there were two parents, tapped when Ben is the only one."""
    await talk.say("/forget Ben", "Ben")
    of_ben = talk.versions[-1].buttons[0][0]
    await talk.say("/forget Anna", "Ben")
    await talk.tap("Delete for good", "Ben")
    left = await archive.names("")
    await talk.tap_data(of_ben.data, "Ben")
    assert len(await archive.names("")) == len(left) == 2


class Late:
    """An archive in which the family is deleted just before something is written."""

    def __init__(self, inner: FolderArchive, talk: Talk) -> None:
        self._inner = inner
        self._talk = talk

    async def put(self, name: str, content: bytes) -> None:
        await self._talk.tap("Delete for good")
        await self._inner.put(name, content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


async def test_what_is_archived_while_the_family_goes_is_taken_back(
    talk: Talk, tmp_path: Path
) -> None:
    await talk.say("market tomorrow at 10am")
    await talk.say("/forget everything")
    found = FolderArchive(tmp_path / "archive")
    done = await archiving(talk, Late(found, talk)).run(after(31))
    assert (done.moved, done.cleared) == (0, 1)
    assert await found.names("") == []
