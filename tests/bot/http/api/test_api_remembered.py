"""What is asked again is answered from Redis, and a write by anybody makes it forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot.play.redis import RedisServer
from storage.engine import Database
from tests.bot.http.api.api_home import Home, at_home, rivera

Statements = Callable[[Database], AbstractContextManager[list[str]]]

WITHOUT = {"/events": 2, "/free-slots?minutes=90": 3, "/members": 2, "/rules": 2}
"""Statements of each question where nothing is remembered; the first one lets the caller in and
tells the family's stamp."""
OVER_THE_CHANGE = "from=2026-03-07T00:00:00-05:00&to=2026-03-10T00:00:00-04:00"
"""Clocks go forward in the night to Sunday 8 March."""


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with RedisServer() as started:
        yield started


@dataclass
class Two:
    """Two processes with one database; only the first remembers. anna: her token."""

    here: Home
    elsewhere: Home
    anna: dict[str, str]

    async def get(self, path: str, at: Home | None = None) -> dict[str, Any]:
        answer = await (at or self.here).client.get(path, headers=self.anna)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture
async def two(database_url: str, redis: RedisServer) -> AsyncIterator[Two]:
    async with (
        at_home(database_url, cache_url=redis.url) as here,
        at_home(database_url, empty=True) as elsewhere,
    ):
        yield Two(here, elsewhere, await here.token())


@pytest.mark.parametrize("path", WITHOUT)
async def test_a_question_asked_again_sends_one_statement(
    two: Two, statements: Statements, path: str
) -> None:
    counts, answers = [], []
    for at in (two.elsewhere, two.here, two.here):
        with statements(at.service.database) as sent:
            answers.append(await two.get(path, at))
        counts.append(len(sent))
    assert counts == [WITHOUT[path], WITHOUT[path], 1]
    assert "FROM tokens" in sent[0]
    assert answers[0] == answers[1] == answers[2]


async def test_four_questions_are_asked_with_less_than_half_the_statements(
    two: Two, statements: Statements
) -> None:
    """As a ratio: a page that shows the family's week and looks at it ten times."""
    counts = []
    for at in (two.elsewhere, two.here):
        with statements(at.service.database) as sent:
            for _ in range(10):
                for path in WITHOUT:
                    await two.get(path, at)
        counts.append(len(sent))
    without, remembered = counts
    assert without == 10 * sum(WITHOUT.values())
    assert remembered / without < 0.5, f"{remembered} of {without}"


async def test_what_another_process_writes_is_seen_at_once(two: Two) -> None:
    assert (await two.get("/events"))["occurrences"] == []
    await two.elsewhere.ask(two.anna, message="piano on March 6 at 4pm for Mia")
    (shown,) = (await two.get("/events"))["occurrences"]
    assert shown["title"] == "piano"
    await two.elsewhere.ask(two.anna, message="cancel piano")
    assert (await two.get("/events"))["occurrences"] == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/members", "/family add Zoe child"),
        ("/resources", "/resources add bike 2"),
        ("/rules", "/rules no events for Mia after 8 pm on school nights"),
        ("/free-slots?minutes=60", "/rules no events for Mia after 2 pm"),
        ("/household", "/settings timezone Europe/Paris"),
    ],
)
async def test_every_kind_of_write_makes_it_forgotten(two: Two, path: str, said: str) -> None:
    before = await two.get(path)
    await two.elsewhere.ask(two.anna, message=said)
    after = await two.get(path)
    assert after != before
    assert after == await two.get(path, two.elsewhere)


async def test_free_time_is_that_of_the_moment_of_asking(two: Two, statements: Statements) -> None:
    for _ in range(3):
        with statements(two.here.service.database) as sent:
            shown = await two.get("/free-slots?minutes=60")
        assert shown == await two.get("/free-slots?minutes=60", two.elsewhere)
        for home in (two.here, two.elsewhere):
            home.clock.set(home.clock.now() + timedelta(minutes=50))
    assert len(sent) == 1


async def test_the_night_the_clocks_change_is_told_the_same(two: Two) -> None:
    await two.here.ask(two.anna, message="trip on March 8 from 1am to 4am for Anna")
    for path in (f"/free-slots?minutes=30&{OVER_THE_CHANGE}", f"/events?{OVER_THE_CHANGE}"):
        first = await two.get(path)
        assert first == await two.get(path) == await two.get(path, two.elsewhere)


async def test_a_question_in_words_does_not_look_at_the_calendar_again(
    two: Two, statements: Statements
) -> None:
    await two.here.ask(two.anna, message="piano on March 7 at 4pm for Mia")
    said, looked = [], []
    for _ in range(2):
        for words in ("what's on Saturday?", "when are we all free on Saturday for 2 hours?"):
            with statements(two.here.service.database) as sent:
                said.append((await two.here.ask(two.anna, message=words))["result"]["message"])
            looked.append([s for s in sent if "FROM occurrences" in s])
    assert "piano" in said[0]
    assert said[:2] == said[2:]
    assert looked[0]
    assert looked[2:] == [[], []]


async def test_redis_going_away_changes_no_answer(two: Two, redis: RedisServer) -> None:
    before = [await two.get(path) for path in WITHOUT]
    redis.stop(kill=True)
    try:
        assert [await two.get(path) for path in WITHOUT] == before
        await two.elsewhere.ask(two.anna, message="piano on March 6 at 4pm for Mia")
        assert len((await two.get("/events"))["occurrences"]) == 1
    finally:
        redis.start()


async def test_another_family_is_told_nothing_of_it(two: Two) -> None:
    others = await two.here.add(rivera())
    zoe = await two.here.token(of=others)
    await two.here.ask(two.anna, message="piano on March 6 at 4pm for Mia")
    assert len((await two.get("/events"))["occurrences"]) == 1
    answer = await two.here.client.get("/events", headers=zoe)
    assert answer.json()["occurrences"] == []
