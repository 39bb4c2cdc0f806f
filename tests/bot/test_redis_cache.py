"""Redis as a memory: what it holds, and what its absence costs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.configured import unfit
from bot.play.redis import RedisServer
from bot.redis_cache import PAUSE_SECONDS, QUIET_SECONDS, RedisCache
from bot.settings import Settings


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with RedisServer() as started:
        yield started


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_it_holds_bytes_for_a_while(redis: RedisServer) -> None:
    cache = RedisCache(redis.url)
    assert await cache.get("a") is None
    await cache.put("a", b"\x00\xff")
    assert await cache.get("a") == b"\x00\xff"
    await cache.close()


@pytest.fixture
async def silent() -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that takes connections and never answers."""
    heard: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while words := await reader.read(1024):
            heard.append(words)
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    yield f"redis://127.0.0.1:{port}/0", heard
    server.close()


async def test_a_redis_that_does_not_answer_is_left_alone(
    silent: tuple[str, list[bytes]], caplog: pytest.LogCaptureFixture
) -> None:
    url, heard = silent
    seconds = Seconds()
    cache = RedisCache(url, seconds)
    with caplog.at_level(logging.WARNING, "bot.redis_cache"):
        assert await cache.get("a") is None
        asked = len(heard)
        assert asked
        for _ in range(1000):
            assert await cache.get("a") is None
            await cache.put("a", b"b")
        assert len(heard) == asked
        seconds.now += PAUSE_SECONDS
        assert await cache.get("a") is None
        assert len(heard) > asked
        assert len(caplog.records) == 1
        seconds.now += QUIET_SECONDS
        assert await cache.get("a") is None
        assert len(caplog.records) == 2
    assert url not in caplog.text
    await cache.close()


async def test_one_that_comes_back_is_used_again(redis: RedisServer) -> None:
    seconds = Seconds()
    cache = RedisCache(redis.url, seconds)
    await cache.put("b", b"1")
    redis.stop(kill=True)
    assert await cache.get("b") is None
    redis.start()
    assert await cache.get("b") is None
    seconds.now += PAUSE_SECONDS
    await cache.put("b", b"2")
    assert await cache.get("b") == b"2"
    await cache.close()


@pytest.mark.parametrize(("url", "wrong"), [("", 0), ("redis://h/1", 0), ("http://h", 1)])
def test_an_address_of_something_else_is_said(url: str, wrong: int) -> None:
    settings = Settings(database_url="sqlite:///x.db", cache_url=url)
    assert len([one for one in unfit(settings) if one.setting == "CACHE_URL"]) == wrong
