"""Every script has a database of its own, and leaves none behind."""

from pathlib import Path
from uuid import UUID, uuid4

import asyncpg  # type: ignore[import-untyped]
import pytest
from sqlalchemy import make_url

from bot.play.databases import PostgresDatabases, SqliteFiles, databases_for
from scheduling.family import Household
from storage.engine import open_database
from storage.migrate import check


async def add_family(url: str) -> UUID:
    database = open_database(url)
    household = Household(uuid4(), "Rivera", "UTC")
    async with database.uow() as uow:
        await uow.households.add(household)
        await uow.commit()
    await database.close()
    return household.id


async def families(url: str) -> list[UUID]:
    database = open_database(url)
    async with database.reader() as uow:
        found = await uow.households.all_ids()
    await database.close()
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> str | None:
    if request.param == "sqlite":
        return None
    url: str = request.getfixturevalue("postgresql_server")
    return url


async def test_each_is_fresh_and_migrated(server: str | None) -> None:
    databases = databases_for(server)
    first = await databases.fresh()
    known = await add_family(first)
    second = await databases.fresh()
    assert await families(first) == [known]
    assert await families(second) == []
    await databases.drop(first)
    await databases.drop(second)
    await databases.close()


def test_a_copy_of_the_template_is_as_migrated_as_it(sqlite_template: Path) -> None:
    assert check(f"sqlite:///{sqlite_template}") == []


async def test_files_are_gone_at_the_end() -> None:
    files = SqliteFiles()
    url = await files.fresh()
    await add_family(url)
    folder = Path(url.removeprefix("sqlite:///")).parent
    await files.drop(url)
    assert [path.name for path in folder.iterdir()] == ["template.db"]
    await files.close()
    assert not folder.exists()


async def test_databases_are_gone_at_the_end(postgresql_server: str) -> None:
    async def names(prefix: str) -> set[str]:
        """Ours only: other tests make and drop theirs on the same server meanwhile."""
        connection = await asyncpg.connect(postgresql_server)
        rows = await connection.fetch("SELECT datname FROM pg_database")
        await connection.close()
        return {row["datname"] for row in rows if row["datname"].startswith(prefix)}

    databases = PostgresDatabases(postgresql_server)
    url = await databases.fresh()
    copy = make_url(url).database
    assert copy is not None
    template = copy.rpartition("_")[0]
    assert await names(template) == {template, copy}
    await databases.drop(url)
    assert await names(template) == {template}
    await databases.close()
    assert await names(template) == set()
