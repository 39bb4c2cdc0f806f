"""`family-scheduler archive`, as it is typed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from scheduling.archive import ArchiveError
from tests.bot.archive.archived import after, archiving
from tests.bot.archive.archived import folder as folder_at
from tests.bot.talk import Talk, talking


@pytest.fixture
async def talk(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Talk]:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    async with talking(sqlite_url) as opened:
        await opened.say("dinner on Saturday at 7pm")
        yield opened


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ARCHIVE_URL", str(tmp_path / "archive"))
    return tmp_path


@pytest.fixture
async def archived(talk: Talk, folder: Path) -> Path:
    await archiving(talk, folder_at(folder)).run(after(31))
    return folder


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, ["archive", *words])


def test_what_is_not_old_enough_is_left(talk: Talk, folder: Path) -> None:
    done = typed("run")
    assert (done.exit_code, done.stdout) == (0, "0 archived, 0 still wait for something.\n")


def test_listed_and_restored_by_the_family_s_name(archived: Path) -> None:
    (thread,) = typed("list", "--household", "rivera").stdout.split()
    assert len(thread) == 32
    done = typed("restore", "--household", "Rivera")
    assert (done.exit_code, done.stdout) == (0, "1 restored, 0 were there already.\n")
    again = typed("restore", "--household", "Rivera", "--thread", thread)
    assert again.stdout == "0 restored, 1 were there already.\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("list", "--household", "Nobody"), "Which family?"),
        (("restore", "--household", "Chen"), "The archive has nothing of that."),
    ],
)
def test_what_is_not_there_is_said(archived: Path, words: tuple[str, ...], told: str) -> None:
    done = typed(*words)
    assert (done.exit_code, told in done.stderr) == (1, True)


def test_a_damaged_document_is_named_and_left_out(archived: Path) -> None:
    (document,) = archived.rglob("*.json")
    document.write_text('{"format": 1}', "utf-8")
    done = typed("restore", "--household", "Rivera")
    assert done.exit_code == 1
    assert f"{document.name} cannot be read" in done.stderr


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "set ARCHIVE_URL"),
        ("s3://bucket/prefix", "ARCHIVE_URL is a folder"),
        ("file://elsewhere/folder", "ARCHIVE_URL is a folder"),
    ],
)
def test_without_an_archive_it_says_what_to_set(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, url: str, told: str
) -> None:
    monkeypatch.setenv("ARCHIVE_URL", url)
    done = typed("run")
    assert (done.exit_code, told in done.stderr) == (1, True)


async def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("x", "utf-8")
    archive = folder_at(tmp_path)
    for use in (archive.names(""), archive.put("checkpoints/a/b.json", b"{}")):
        with pytest.raises(ArchiveError, match="The archive's folder cannot be used"):
            await use
