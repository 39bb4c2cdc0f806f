"""Whatever people write and tap, in whatever order: nothing breaks, nothing is left undone."""

from __future__ import annotations

import asyncio
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bot.wandering import MOVES, Move, walk


@settings(
    max_examples=20,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(moves=st.lists(MOVES, min_size=8, max_size=14))
def test_a_random_walk_leaves_nothing_undone(sqlite_template: Path, moves: list[Move]) -> None:
    asyncio.run(walk(moves, sqlite_template))
