"""The queries of docs/database.md run on both engines, and on a database with something in it."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from storage.engine import Database
from tests.house.sources import ROOT
from tests.storage.samples import family, store

PAGE = (ROOT / "docs" / "database.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("query", QUERIES)
async def test_it_finds_something(database: Database, query: str) -> None:
    async with database.uow() as uow:
        found = await store(uow, family())
        given_up = sa.text("UPDATE outbox SET state = 'given_up', reason = 'the chat is gone'")
        await uow.commit()
    if "given_up" in query:
        async with database.writing.begin() as connection:
            await connection.execute(given_up)
    async with database.reading.connect() as connection:
        rows = (await connection.execute(sa.text(query))).all()
    assert found is not None
    assert rows


def test_there_are_queries() -> None:
    assert len(QUERIES) >= 8
