from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.http.api.api_home import Home, at_home


@pytest.fixture
async def home(database_url: str) -> AsyncIterator[Home]:
    async with at_home(database_url) as found:
        yield found


@pytest.fixture
async def small_home(sqlite_url: str) -> AsyncIterator[Home]:
    """The same on SQLite alone, for what no database has a part in."""
    async with at_home(sqlite_url) as found:
        yield found
