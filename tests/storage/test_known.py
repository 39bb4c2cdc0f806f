"""What is remembered is what the database says, and never what a transaction may yet take back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduling.span import Span
from storage.engine import Database, open_database
from tests.storage.samples import HORIZON, NOON, Family, family, store_family

WEEK = Span(NOON - timedelta(days=3), NOON + timedelta(days=30))


class Remembering:
    """A cache that forgets nothing."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    async def get(self, key: str) -> bytes | None:
        return self.held.get(key)

    async def put(self, key: str, value: bytes) -> None:
        self.held[key] = value

    async def close(self) -> None:
        self.held.clear()


@pytest.fixture
def cache() -> Remembering:
    return Remembering()


@pytest.fixture
async def remembering(database_url: str, cache: Remembering) -> AsyncIterator[Database]:
    opened = open_database(database_url, cache=cache)
    yield opened
    await opened.close()


async def stored(database: Database) -> Family:
    of = family()
    async with database.uow() as uow:
        await store_family(uow, of)
        await uow.commit()
    return of


async def test_the_same_comes_back(remembering: Database, cache: Remembering) -> None:
    of = await stored(remembering)
    async with remembering.reader() as uow:
        read = await uow.households.get(of.id)
        plain = await uow.occurrences.overlapping(of.id, WEEK)
        titles = await uow.occurrences.titles(of.id, WEEK)
    assert plain
    for _ in range(2):
        async with remembering.reader() as uow:
            again = await uow.known.household(of.id, read.stamp)
            assert (again, again.version, again.stamp) == (read, read.version, read.stamp)
            assert await uow.known.overlapping(of.id, read.stamp, WEEK) == plain
            assert await uow.known.titles(of.id, read.stamp, WEEK) == titles
    assert len(cache.held) == 3


async def test_every_window_within_the_same_days_is_one_question(
    remembering: Database, cache: Remembering
) -> None:
    of = await stored(remembering)
    async with remembering.reader() as uow:
        stamp = (await uow.households.get(of.id)).stamp
        for minutes in range(0, 600, 45):
            part = Span(WEEK.start + timedelta(minutes=minutes), WEEK.end)
            expected = await uow.occurrences.overlapping(of.id, part)
            assert await uow.known.overlapping(of.id, stamp, part) == expected
    assert len(cache.held) == 1


async def test_what_is_not_committed_is_not_remembered(
    remembering: Database, cache: Remembering
) -> None:
    of = await stored(remembering)
    async with remembering.uow() as uow:
        stamp = (await uow.households.get(of.id)).stamp
        await uow.households.bump(of.id)
        await uow.events.save(replace(of.event, version=1), (), HORIZON)
        assert await uow.known.overlapping(of.id, stamp, WEEK) == []
        # Left without a commit: nothing of that has happened.
    assert cache.held == {}
    async with remembering.reader() as uow:
        assert await uow.known.overlapping(of.id, stamp, WEEK)


async def test_a_series_that_grows_longer_is_another_calendar(remembering: Database) -> None:
    of = await stored(remembering)
    async with remembering.uow() as uow:
        before = await uow.households.get(of.id)
        later = [replace(o, span=_later(o.span)) for o in of.occurrences[:1]]
        later = [replace(o, recurrence_id=o.span.start.replace(tzinfo=None)) for o in later]
        assert await uow.events.extend(of.id, of.event.id, later, HORIZON, 1)
        await uow.commit()
    async with remembering.reader() as uow:
        after = await uow.households.get(of.id)
    assert after.stamp != before.stamp
    assert after.version == before.version


def _later(span: Span) -> Span:
    year = timedelta(days=364)
    return Span(span.start + year, span.end + year)


async def test_a_copy_that_counts_on_from_the_same_number_is_told_apart(
    remembering: Database,
) -> None:
    of = await stored(remembering)
    async with remembering.reader() as uow:
        first = await uow.households.get(of.id)
    stamps = set()
    for _ in range(2):
        # As in a backup that is brought back: the same version, another moment.
        async with remembering.uow() as uow:
            await uow.households.bump(of.id)
            stamps.add((await uow.households.get(of.id)).stamp)
    assert len(stamps) == 2
    assert first.stamp not in stamps


@pytest.mark.parametrize("held", [b"", b"{}", b"\xff\xfe", b'[{"event_id": 3}]', b"null"])
async def test_what_is_no_answer_is_asked_anew(
    remembering: Database, cache: Remembering, held: bytes
) -> None:
    of = await stored(remembering)
    async with remembering.reader() as uow:
        stamp = (await uow.households.get(of.id)).stamp
        plain = await uow.known.overlapping(of.id, stamp, WEEK)
        (key,) = cache.held
        cache.held[key] = held
        assert await uow.known.overlapping(of.id, stamp, WEEK) == plain
    assert cache.held[key] != held


async def test_a_family_is_asked_about_under_its_own_name(
    remembering: Database, cache: Remembering
) -> None:
    ours = await stored(remembering)
    async with remembering.uow() as uow:
        theirs = family("-2")
        await uow.households.add(theirs.household)
        await uow.commit()
    async with remembering.reader() as uow:
        stamp = (await uow.households.get(ours.id)).stamp
        assert await uow.known.overlapping(ours.id, stamp, WEEK)
        assert await uow.known.overlapping(theirs.id, stamp, WEEK) == []
    assert len({key.split(":")[3] for key in cache.held}) == 2
