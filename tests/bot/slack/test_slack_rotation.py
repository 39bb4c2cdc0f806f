"""A key is changed: everything is encrypted with the new one, and the old one can be taken away."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, InvalidToken
from typer.testing import CliRunner

from bot.cli import app
from bot.slack.installations import cipher
from storage.engine import open_database

OLD, NEW, OTHER = (Fernet.generate_key().decode() for _ in range(3))


@pytest.fixture
def stored(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Two workspaces under the old key and one under the new one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    for space, key in (("T1", OLD), ("T2", OLD), ("T3", NEW)):
        put(database_url, space, cipher(key).encrypt(f"xoxb-{space}".encode()).decode())
    return database_url


def put(url: str, space: str, sealed: str) -> None:
    async def write() -> None:
        database = open_database(url)
        async with database.uow() as uow:
            await uow.installations.put("slack", space, sealed)
            await uow.commit()
        await database.close()

    asyncio.run(write())


def sealed(url: str) -> dict[str, str]:
    async def read() -> dict[str, str]:
        database = open_database(url)
        async with database.reader() as uow:
            found = dict(await uow.installations.all("slack"))
        await database.close()
        return found

    return asyncio.run(read())


def rotated(keys: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["rotate"], env={"SLACK_ENCRYPTION_KEY": keys})
    return done.exit_code, done.output + done.stderr


def test_the_old_key_can_be_taken_away(stored: str) -> None:
    before = sealed(stored)
    code, said = rotated(f"{NEW},{OLD}")
    assert (code, said.split("\n")[0]) == (
        0,
        "2 tokens were encrypted anew, 1 were already.",
    )
    after = sealed(stored)
    assert after["T3"] == before["T3"]
    words = {space: cipher(NEW).decrypt(each).decode() for space, each in after.items()}
    assert words == {"T1": "xoxb-T1", "T2": "xoxb-T2", "T3": "xoxb-T3"}
    for each in after.values():
        with pytest.raises(InvalidToken):
            cipher(OLD).decrypt(each)


def test_again_it_changes_nothing(stored: str) -> None:
    rotated(f"{NEW},{OLD}")
    once = sealed(stored)
    code, said = rotated(NEW)
    assert (code, sealed(stored)) == (0, once)
    assert "0 tokens were encrypted anew, 3 were already." in said


def test_what_no_key_reads_is_named_and_left(stored: str) -> None:
    lost = cipher(OTHER).encrypt(b"xoxb-T4").decode()
    put(stored, "T4", lost)
    code, said = rotated(f"{NEW},{OLD}")
    assert code == 1
    assert "No key reads the tokens of T4" in said
    assert "xoxb" not in said
    assert sealed(stored)["T4"] == lost
    assert "2 tokens were encrypted anew" in said


@pytest.mark.parametrize(
    "keys", ["", "no key", f"{NEW},no key"], ids=["none", "not one", "one of two is not one"]
)
def test_without_a_key_it_says_what_to_do(stored: str, keys: str) -> None:
    before = sealed(stored)
    code, said = rotated(keys)
    assert (code, sealed(stored)) == (1, before)
    assert "SLACK_ENCRYPTION_KEY" in said
    assert "no key," not in said


async def test_an_installation_that_came_meanwhile_is_left_as_it_is(database_url: str) -> None:
    database = open_database(database_url)
    async with database.uow() as uow:
        await uow.installations.put("slack", "T1", "newer")
        assert not await uow.installations.replace("slack", "T1", "older", "anew")
        assert await uow.installations.get("slack", "T1") == "newer"
        assert await uow.installations.replace("slack", "T1", "newer", "anew")
        await uow.commit()
    await database.close()
