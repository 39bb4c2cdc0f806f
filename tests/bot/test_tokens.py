"""Tokens of the HTTP API, as people make them: in a private chat, and from the command line."""

from __future__ import annotations

import asyncio
import re
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from bot.cli import app
from scheduling.access import Scope, token_hash
from scheduling.family import Household, Member, Role
from storage.engine import open_database

ANNA = Member(uuid4(), "Anna", Role.PARENT)
HOME = Household(uuid4(), "Rivera", "Europe/Paris", members=(ANNA,))


async def family(url: str) -> None:
    database = open_database(url)
    async with database.uow() as uow:
        await uow.households.add(HOME)
        await uow.commit()
    await database.close()


async def held(url: str, words: str) -> Scope | None:
    database = open_database(url)
    async with database.reader() as uow:
        token = await uow.tokens.find(token_hash(words))
        accounts = await uow.identities.accounts(HOME.id, ANNA.id)
    await database.close()
    assert accounts == [], "whoever has a token may never have written"
    return token.token.scope if token else None


def cli(url: str, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["token", *words], env={"DATABASE_URL": url})
    return result.exit_code, result.output.strip()


def test_from_the_command_line(sqlite_url: str) -> None:
    asyncio.run(family(sqlite_url))
    made, words = cli(sqlite_url, "rivera", "my app", "--member", "Anna", "--scope", "write")
    assert made == 0
    assert re.fullmatch(r"fs_[0-9a-f]{64}", words)
    assert asyncio.run(held(sqlite_url, words)) is Scope.WRITE
    assert cli(sqlite_url, "Rivera", "my app", "--revoke") == (
        0,
        "1 tokens called my app no longer work.",
    )
    assert asyncio.run(held(sqlite_url, words)) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Smith", "app", "--member", "Anna"), "Which family?"),
        ((str(uuid4()), "app", "--member", "Anna"), "Which family?"),
        (
            ("Rivera", "app", "--member", "Zoe"),
            "There is no Zoe in that family. Choose with --member: Anna.",
        ),
        (("Rivera", "app"), "Who is it for? Choose with --member: Anna."),
        (("Rivera", "app", "--member", "Anna", "--scope", "god"), "A scope is read, write, admin."),
    ],
    ids=["family", "id", "member", "nobody", "scope"],
)
async def test_what_cannot_be_is_said(sqlite_url: str, words: tuple[str, ...], said: str) -> None:
    await family(sqlite_url)
    code, told = await asyncio.to_thread(cli, sqlite_url, *words)
    assert code in (1, 2)
    assert said in told
