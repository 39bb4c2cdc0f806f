"""The depth of the broker's queue, against a real Redis."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.play.redis import RedisServer
from bot.queue import depth, publisher


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with RedisServer() as server:
        yield server


async def test_it_is_the_length_of_the_queue(redis: RedisServer) -> None:
    assert await depth(redis.url) == 0
    publish = publisher(redis.url)
    for number in range(3):
        publish(f"chat {number}")
    assert await depth(redis.url) == 3


async def test_where_there_is_none_nothing_is_told(redis: RedisServer) -> None:
    assert await depth("") is None
    redis.stop()
    assert await depth(redis.url) is None
