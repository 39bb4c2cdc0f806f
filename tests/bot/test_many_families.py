"""A family's requests send the same statements, however many others there are."""

from __future__ import annotations

from benchmarks.crowd import fill, neighbours, statements
from benchmarks.home import at_home


async def test_fifty_families_cost_no_statement_more(database_url: str) -> None:
    told: list[int] = []
    async with at_home(database_url) as home:
        database = home.service.database
        await fill(home, 40)
        alone = await statements(home)
        await neighbours(database, 49, 40, told.append)
        among = await statements(home)
        async with database.reader() as uow:
            assert len(await uow.households.all_ids()) == 50
    assert among == alone
    assert sum(told) == 49
