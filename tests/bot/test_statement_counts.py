"""How many SQL statements a turn sends: free of noise, and what timings cannot catch.

A turn runs from the door in to the row for the door out. Checkpoints have connections of their
own and are not counted. A number may only go up with a reason.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from benchmarks.home import Home, at_home
from scheduling.messages import Inbound
from storage.engine import Database

Statements = Callable[[Database], AbstractContextManager[list[str]]]

EXACTLY = {"duplicate": 2, "talk": 3, "list": 4, "undo": 12, "booking": 22}
"""On PostgreSQL. A booking that leaves something out asks what is usual, with one."""
LOCKS = {"undo": 1}
"""Once a transaction has begun on SQLite, its writer is alone, and the lock costs nothing."""
NUMBERED = {"undo": 1, "booking": 1}
"""What PostgreSQL counts and keeps in one statement, SQLite does in two."""


@pytest.fixture
async def home(database_url: str) -> AsyncIterator[Home]:
    async with at_home(database_url) as found:
        await found.exchange(found.message(found.free_booking()))
        yield found


def heard(home: Home, kind: str) -> Inbound:
    """Something said for the first time, of that kind."""
    if kind == "talk":
        return replace(home.message("see you later"), addressed=False)
    if kind == "undo":
        return home.tap(home.screen.button("Undo"))
    return home.message(home.free_booking() if kind == "booking" else "/today")


@pytest.mark.parametrize("kind", EXACTLY)
async def test_a_turn_sends_few_statements(home: Home, statements: Statements, kind: str) -> None:
    inbound = heard(home, kind)
    if kind == "duplicate":
        await home.exchange(inbound)
    with statements(home.service.database) as sent:
        await home.turn(inbound)
    on_postgresql = home.service.database.dialect == "postgresql"
    more = (LOCKS if on_postgresql else NUMBERED).get(kind, 0)
    assert len(sent) == EXACTLY[kind] + more, "\n".join(sent)
    home.screen.shown = []
    await home.service.settle()
    assert bool(home.screen.shown) == (kind not in ("duplicate", "talk"))


async def test_a_booking_that_leaves_nothing_out_asks_for_nothing_usual(
    home: Home, statements: Statements
) -> None:
    who, thing = home.household.members[0].name, home.household.resources[0].name
    whole = f"{home.free_booking()} at the bank, {who}, need the {thing}"
    with statements(home.service.database) as sent:
        await home.turn(home.message(whole))
    assert [s for s in sent if "INSERT INTO resource_reservations" in s]
    assert [s for s in sent if "habits" in s] == []


async def test_the_number_does_not_grow_with_the_calendar(
    home: Home, statements: Statements
) -> None:
    counts = []
    for _ in range(2):
        with statements(home.service.database) as sent:
            await home.turn(home.message(home.free_booking()))
        counts.append(len(sent))
        for _ in range(10):
            await home.exchange(home.message(home.free_booking()))
    assert counts[0] == counts[1]
