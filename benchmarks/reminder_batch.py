"""A batch of reminders: claimed, sent to nobody, settled; against the bare claim and mark."""

from __future__ import annotations

from datetime import timedelta
from time import perf_counter
from uuid import UUID, uuid4

from sqlalchemy import select, update

from benchmarks.families import NOW, single
from benchmarks.home import Home
from benchmarks.measure import Figure
from scheduling.events import Event
from scheduling.notices import Notice, NoticeKind, NoticeState
from scheduling.recurrence import materialise
from storage.engine import Database
from storage.tables import notices, outbox

BATCH = 100
ROUNDS = 10
FLOOR = "raw claim + mark"


async def figures(home: Home, where: str) -> list[Figure]:
    event = await _event(home)
    floors, measured = [], []
    for _ in range(ROUNDS):
        await _due(home, event)
        floors.append(await _raw(home.service.database))
        await _due(home, event)
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


async def _event(home: Home) -> Event:
    event = single(home.household)
    occurrences, horizon = materialise(event, NOW)
    async with home.service.uow() as uow:
        await uow.events.save(event, occurrences, horizon)
        await uow.commit()
    return event


async def _due(home: Home, event: Event) -> None:
    """A hundred notices of that event, all due now."""
    lead = timedelta(minutes=60)
    async with home.service.uow() as uow:
        await uow.notices.put(
            [
                Notice(
                    id=uuid4(),
                    household_id=home.household.id,
                    kind=NoticeKind.EVENT,
                    due=NOW,
                    chat_id=home.chat_id,
                    event_id=event.id,
                    recurrence_id=event.start,
                    lead=lead,
                )
                for _ in range(BATCH)
            ]
        )
        await uow.commit()


async def _raw(database: Database) -> float:
    """Claim in one transaction, mark in another: what any loop that may die has to do."""
    start = perf_counter()
    async with database.writing.begin() as connection:
        waiting = notices.c.state == NoticeState.WAITING
        due = select(notices.c.id).where(waiting, notices.c.due <= NOW).limit(BATCH)
        claim = update(notices).where(notices.c.id.in_(due)).values(lease_owner="bench")
        claimed = [row.id for row in await connection.execute(claim.returning(notices.c.id))]
    async with database.writing.begin() as connection:
        mark = update(notices).where(notices.c.id.in_(claimed))
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
