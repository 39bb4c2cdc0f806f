"""The one query that agenda, conflicts and free slots share."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import text

from scheduling.events import Event, Occurrence, Status
from scheduling.span import Span
from storage.engine import Database
from tests.conftest import Statements
from tests.storage.samples import HORIZON, NOON, Family, family, occurrence, single, store_family

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def stored(database: Database, spans: list[Span]) -> tuple[Family, list[Occurrence]]:
    of = family()
    event = single(of.household)
    found = [numbered(event, i, span) for i, span in enumerate(spans)]
    async with database.uow() as uow:
        await uow.households.add(of.household)
        await uow.events.save(event, found, HORIZON)
        await uow.commit()
    return of, found


def numbered(event: Event, number: int, span: Span) -> Occurrence:
    return occurrence(event, datetime(2020, 1, 1) + number * HOUR, span)


def spans(seed: int, count: int) -> list[Span]:
    """Short ones, one of exactly a day, and trips of up to two weeks."""
    dice = random.Random(seed)
    lengths = [HOUR / 2, HOUR, 3 * HOUR, 24 * HOUR, 24 * HOUR + HOUR, 14 * DAY]
    starts = (NOON + dice.randrange(60 * 48) * HOUR / 2 for _ in range(count))
    return [Span(start, start + dice.choice(lengths)) for start in starts]


def brute(occurrences: list[Occurrence], windows: list[Span]) -> list[Occurrence]:
    touched = [o for o in occurrences if any(o.span.overlaps(w) for w in windows)]
    return sorted(touched, key=lambda o: (o.span.start, o.recurrence_id))


async def test_one_window_agrees_with_brute_force(database: Database) -> None:
    of, known = await stored(database, spans(1, 300))
    async with database.reader() as uow:
        for window in spans(2, 40):
            assert await uow.occurrences.overlapping(of.id, window) == brute(known, [window])


@pytest.mark.parametrize("count", [1, 2, 78])
async def test_many_windows_agree_with_brute_force(database: Database, count: int) -> None:
    of, known = await stored(database, spans(3, 300))
    windows = spans(count, count)
    async with database.reader() as uow:
        assert await uow.occurrences.overlapping_any(of.id, windows) == brute(known, windows)


async def test_ends_touch_but_do_not_overlap(database: Database) -> None:
    window = Span(NOON, NOON + HOUR)
    beside = [window.shifted(-HOUR), window.shifted(HOUR), Span(NOON - DAY, NOON)]
    of, _ = await stored(database, beside)
    async with database.reader() as uow:
        assert await uow.occurrences.overlapping(of.id, window) == []
        assert await uow.occurrences.overlapping_any(of.id, [window]) == []


async def test_no_window_no_question(database: Database, statements: Statements) -> None:
    of, _ = await stored(database, [])
    async with database.reader() as uow:
        with statements(database) as sent:
            assert await uow.occurrences.overlapping_any(of.id, []) == []
    assert sent == []


async def test_cancelled_ones_are_not_on(database: Database) -> None:
    of = family()
    event = single(of.household)
    gone = Occurrence(
        event.id, event.start, Span(NOON, NOON + HOUR), "gone", status=Status.CANCELLED
    )
    async with database.uow() as uow:
        await uow.households.add(of.household)
        await uow.events.save(event, [gone], HORIZON)
        assert await uow.occurrences.overlapping(of.id, gone.span) == []
        assert await uow.occurrences.overlapping_any(of.id, [gone.span]) == []


async def test_those_of_an_event_from_a_moment_on(database: Database) -> None:
    of = family()
    async with database.uow() as uow:
        await store_family(uow, of)
        first, second, third, _ = of.occurrences
        ask = uow.occurrences.of_event
        assert await ask(of.id, of.event.id, first.span.start, 9) == list(of.occurrences)
        assert await ask(of.id, of.event.id, first.span.end, 2) == [second, third]


async def test_each_question_is_one_statement(database: Database, statements: Statements) -> None:
    of, _ = await stored(database, spans(4, 10))
    async with database.reader() as uow:
        with statements(database) as sent:
            await uow.occurrences.overlapping(of.id, Span(NOON, NOON + DAY))
        assert len(sent) == 1
        with statements(database) as sent:
            await uow.occurrences.overlapping_any(of.id, spans(5, 78))
        assert len(sent) == 1


async def plan(database: Database, statement: str, values: object) -> str:
    """How the engine would answer, with figures that make an index worth it."""
    verb = "EXPLAIN QUERY PLAN " if database.dialect == "sqlite" else "EXPLAIN "
    async with database.reading.connect() as connection:
        if database.dialect == "postgresql":
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
        rows = await connection.exec_driver_sql(verb + statement, values)
        return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize("windows", [1, 78])
async def test_both_indexes_are_used(database: Database, windows: int) -> None:
    of, _ = await stored(database, spans(6, 300))
    asked: list[tuple[str, object]] = []

    def sending(_c: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        asked.append((statement, values))

    engine = database.reading.sync_engine
    sqlalchemy_event.listen(engine, "before_cursor_execute", sending)
    async with database.reader() as uow:
        if windows == 1:
            await uow.occurrences.overlapping(of.id, Span(NOON, NOON + DAY))
        else:
            await uow.occurrences.overlapping_any(of.id, spans(7, windows))
    sqlalchemy_event.remove(engine, "before_cursor_execute", sending)
    explained = await plan(database, *asked[-1])
    assert "ix_occurrences_short" in explained
    assert "ix_occurrences_long" in explained
    assert "SCAN o" not in explained
    assert "Seq Scan" not in explained
