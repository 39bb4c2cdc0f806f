"""A batch of reminders to as many chats: claimed, sent to nobody, settled.

The floor claims the batch at once and marks each row in a transaction of its own, because a crash
may repeat one message at most; whoever promises that can do with no less.
"""

from __future__ import annotations

from datetime import timedelta
from time import perf_counter
from uuid import UUID, uuid4

from sqlalchemy import select, update

from benchmarks.families import NOW, single
from benchmarks.home import Home
from benchmarks.measure import Figure
from bot.console import codec
from scheduling.events import Event
from scheduling.notices import Notice, NoticeKind, NoticeState
from scheduling.ports import Chat
from scheduling.recurrence import materialise
from storage.engine import Database
from storage.tables import notices, outbox
from storage.transaction import WAITING, at_most

BATCH = 100
ROUNDS = 10
FLOOR = "raw claim + mark, one by one"


async def figures(home: Home, where: str) -> list[Figure]:
    event, chats = await an_event(home), await hundred_chats(home)
    floors, measured = [], []
    for _ in range(ROUNDS):
        await put_due(home, event, chats)
        floors.append(await raw(home.service.database))
        await put_due(home, event, chats)
        measured.append(await _product(home))
    return [
        Figure(
            f"reminders claimed, sent, settled, batch {BATCH}",
            where,
            sorted(measured)[ROUNDS // 2],
            2,
            FLOOR,
            sorted(floors)[ROUNDS // 2],
        )
    ]


async def an_event(home: Home) -> Event:
    event = single(home.household)
    occurrences, horizon = materialise(event, NOW)
    async with home.service.uow() as uow:
        if await uow.events.get(event.household_id, event.id) is None:
            await uow.events.save(event, occurrences, horizon)
        await uow.commit()
    return event


async def hundred_chats(home: Home) -> list[UUID]:
    """A hundred more chats of the family, the same ones each time."""
    found = []
    async with home.service.uow() as uow:
        for number in range(BATCH):
            address = codec.chat(f"bench {number}")
            chat = await uow.chats.find(address) or Chat(uuid4(), home.household.id, address)
            await uow.chats.add(chat)
            found.append(chat.id)
        await uow.commit()
    return found


async def put_due(home: Home, event: Event, chats: list[UUID]) -> None:
    """One notice of that event for each chat, all due now."""
    lead = timedelta(minutes=60)
    async with home.service.uow() as uow:
        await uow.notices.put(
            [
                Notice(
                    id=uuid4(),
                    household_id=home.household.id,
                    kind=NoticeKind.EVENT,
                    due=NOW,
                    chat_id=chat,
                    event_id=event.id,
                    recurrence_id=event.start,
                    lead=lead,
                )
                for chat in chats
            ]
        )
        await uow.commit()


async def raw(database: Database) -> float:
    start = perf_counter()
    async with database.writing.begin() as connection:
        # By the index, as whoever writes it by hand would see to.
        due = select(notices.c.id).where(notices.c.state == WAITING, notices.c.due <= NOW)
        first = due.order_by(notices.c.due).limit(at_most(BATCH)).cte("due")
        claim = update(notices).where(notices.c.id.in_(select(first.c.id)))
        claim = claim.values(lease_owner="bench")
        claimed = [row.id for row in await connection.execute(claim.returning(notices.c.id))]
    for row_id in claimed:
        async with database.writing.begin() as connection:
            mark = update(notices).where(notices.c.id == row_id)
            await connection.execute(mark.values(state=NoticeState.SENT))
    if len(claimed) != BATCH:
        raise AssertionError(f"{len(claimed)} notices were due, not {BATCH}")
    return perf_counter() - start


async def _product(home: Home) -> float:
    before = await _sent(home)
    start = perf_counter()
    await home.service.reminders.tick()
    await home.service.delivery.deliver_all()
    taken = perf_counter() - start
    if len(await _sent(home) - before) != BATCH:
        raise AssertionError("not every reminder was sent once")
    return taken


async def _sent(home: Home) -> set[UUID]:
    async with home.service.database.reading.connect() as connection:
        rows = await connection.execute(select(outbox.c.id).where(outbox.c.state == "sent"))
        return {row.id for row in rows}
