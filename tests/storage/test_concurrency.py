"""Several hands at one database: nothing taken twice, nobody told that it is locked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from scheduling.ports import Chat, UnitOfWork
from storage.engine import Database, open_database
from tests.storage.samples import (
    LEASE,
    NOON,
    Family,
    family,
    message,
    notice,
    outgoing,
    proposal,
    store_family,
)

Claim = Callable[[UnitOfWork, str], Awaitable[list[UUID]]]
ROWS = 24


@pytest.fixture
async def two_processes(database_url: str) -> AsyncIterator[tuple[Database, Database]]:
    """Two pools on one database, as two processes have."""
    one, two = open_database(database_url), open_database(database_url)
    yield one, two
    await one.close()
    await two.close()


async def stored(database: Database) -> Family:
    """A family with many chats, in each of which something is to be said and heard."""
    of = family()
    async with database.uow() as uow:
        await store_family(uow, of)
        for number in range(ROWS):
            address = replace(of.chat.address, external_id=str(number))
            chat = Chat(uuid4(), of.id, address)
            await uow.chats.add(chat)
            await uow.inbox.add(of.id, chat.id, None, uuid4(), message(chat, 1), NOON)
            await uow.outbox.add(of.id, outgoing(chat, str(number)))
        await uow.notices.put([notice(of) for _ in range(ROWS)])
        await uow.commit()
    return of


async def claim_outbox(uow: UnitOfWork, owner: str) -> list[UUID]:
    return [row.id for row in await uow.outbox.claim(owner, LEASE, 3)]


async def claim_notices(uow: UnitOfWork, owner: str) -> list[UUID]:
    return [row.id for row in await uow.notices.claim_due(NOON, owner, LEASE, 3)]


async def claim_chats(uow: UnitOfWork, owner: str) -> list[UUID]:
    waiting = await uow.inbox.waiting_chats()
    return [chat for chat in waiting[:3] if await uow.inbox.claim_chat(chat, owner, LEASE)]


@pytest.mark.parametrize("claim", [claim_outbox, claim_notices, claim_chats])
async def test_nothing_is_claimed_twice(
    two_processes: tuple[Database, Database], claim: Claim
) -> None:
    await stored(two_processes[0])

    async def worker(number: int) -> list[UUID]:
        taken: list[UUID] = []
        # Others may hold for a moment what is left, so an empty hand is no reason to stop.
        for _ in range(ROWS):
            async with two_processes[number % 2].uow() as uow:
                taken += await claim(uow, f"worker {number}")
                await uow.commit()
        return taken

    hands = await asyncio.gather(*(worker(number) for number in range(4)))
    everything = [row for hand in hands for row in hand]
    assert len(everything) == ROWS
    assert len(set(everything)) == ROWS


async def test_eight_writers_all_get_their_turn(two_processes: tuple[Database, Database]) -> None:
    of = await stored(two_processes[0])

    async def writer(number: int) -> None:
        for turn in range(5):
            async with two_processes[number % 2].uow() as uow:
                # Read, then write: the pattern on which SQLite refuses a late upgrade.
                await uow.households.get(of.id)
                await uow.outbox.add(of.id, outgoing(of.chat, f"{number}/{turn}"))
                await uow.households.bump(of.id)
                await uow.commit()

    await asyncio.gather(*(writer(number) for number in range(8)))
    async with two_processes[0].reader() as uow:
        assert (await uow.households.get(of.id)).version == of.household.version + 40


async def test_a_lock_serialises_read_and_write(two_processes: tuple[Database, Database]) -> None:
    of = await stored(two_processes[0])
    inside: list[int] = []
    most = 0

    async def change(number: int) -> None:
        nonlocal most
        async with two_processes[number % 2].uow() as uow:
            await uow.households.lock(of.id)
            inside.append(number)
            most = max(most, len(inside))
            await uow.households.get(of.id)
            inside.remove(number)
            await uow.commit()

    await asyncio.gather(*(change(number) for number in range(6)))
    assert most == 1


async def test_a_lock_does_not_hold_up_the_inbox(postgresql_url: str) -> None:
    database = open_database(postgresql_url)
    of = await stored(database)
    async with database.uow() as changing, database.uow() as receiving:
        await changing.households.lock(of.id)
        await changing.households.bump(of.id)
        said = message(of.chat, 99)
        assert await receiving.inbox.add(of.id, of.chat.id, None, uuid4(), said, NOON)
        await receiving.commit()
        await changing.commit()
    await database.close()


async def test_of_many_taps_one_wins(two_processes: tuple[Database, Database]) -> None:
    of = await stored(two_processes[0])
    asked = proposal(of)
    async with two_processes[0].uow() as uow:
        await uow.proposals.add(asked)
        await uow.commit()

    async def tap(number: int) -> bool:
        async with two_processes[number % 2].uow() as uow:
            won = await uow.proposals.decide(of.id, asked.id, uuid4(), 0, None)
            await uow.commit()
            return won

    assert sum(await asyncio.gather(*(tap(number) for number in range(8)))) == 1


async def test_a_message_delivered_at_once_to_many_is_taken_once(
    two_processes: tuple[Database, Database],
) -> None:
    of = await stored(two_processes[0])

    async def deliver(number: int) -> bool:
        async with two_processes[number % 2].uow() as uow:
            said = message(of.chat, 5)
            new = await uow.inbox.add(of.id, of.chat.id, None, uuid4(), said, NOON)
            await uow.commit()
            return new

    assert sum(await asyncio.gather(*(deliver(number) for number in range(8)))) == 1


async def test_a_cancelled_task_leaves_no_lock_behind(database_url: str) -> None:
    database = open_database(database_url, pool_size=1)
    of = await stored(database)
    holding = asyncio.Event()

    async def hold() -> None:
        async with database.uow() as uow:
            await uow.households.lock(of.id)
            await uow.households.bump(of.id)
            holding.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hold())
    await holding.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.uow() as uow:
        await uow.households.lock(of.id)
        assert (await uow.households.get(of.id)).version == of.household.version
        await uow.commit()
    await database.close()
