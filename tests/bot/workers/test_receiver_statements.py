"""What a receiver asks of its database to write down what a program says."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from storage.engine import Database
from tests.bot.workers.fleet import family, fleet

Statements = Callable[[Database], AbstractContextManager[list[str]]]


async def test_a_request_is_written_down_in_four_statements(
    database_url: str, statements: Statements
) -> None:
    async with fleet(database_url) as found:
        anna = await found.token(family(), "Anna")
        await found.post(anna, "see you later")
        with statements(found.door.database) as sent:
            await found.post(anna, "see you later")
        with statements(found.door.database) as again:
            await found.post(anna, "see you later", "one")
            await found.post(anna, "see you soon", "one")
    assert [s.split()[0] for s in sent] == ["SELECT", "SELECT", "INSERT", "INSERT"]
    # In a conversation that goes on there is nothing to be made known.
    assert [s.split()[0] for s in again[4:]] == ["SELECT", "SELECT", "INSERT"]


async def test_a_token_that_is_revoked_opens_nothing_from_then_on(database_url: str) -> None:
    async with fleet(database_url) as found:
        of = family()
        anna = await found.token(of, "Anna")
        await found.post(anna, "see you later")
        async with found.door.uow() as uow:
            assert await uow.tokens.revoke(of.id) == 1
            await uow.commit()
        answer = await found.client.post("/events", json={"message": "hi"}, headers=anna)
        assert answer.status_code == 401
