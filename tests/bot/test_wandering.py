"""Whatever people write and tap, in whatever order: nothing breaks, nothing is left undone."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bot.talk import furnish
from tests.bot.wandering import MOVES, Move, walk


@pytest.fixture(scope="module")
def families(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnish(sqlite_template, tmp_path_factory.mktemp("families") / "template.db")


@settings(
    max_examples=20,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(moves=st.lists(MOVES, min_size=8, max_size=14))
def test_a_random_walk_leaves_nothing_undone(families: Path, moves: list[Move]) -> None:
    asyncio.run(walk(moves, families))
