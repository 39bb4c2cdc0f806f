"""What waits, over all families, by indexes."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from storage.engine import Database, machine_time
from tests.storage.samples import family, message, store_family


async def test_what_waits_and_what_is_worked_on(database: Database) -> None:
    ours, others, third = family("-1"), family("-2"), family("-3")
    now = machine_time()
    async with database.uow() as uow:
        assert (await uow.backlogs.now()).waiting == 0
        done = uuid4()
        for of in (ours, others, third):
            await store_family(uow, of)
            for number in range(3):
                said, at = message(of.chat, number), now - timedelta(seconds=30 - number)
                row = done if (of, number) == (third, 0) else uuid4()
                await uow.inbox.add(of.id, of.chat.id, None, row, said, at)
        await uow.inbox.claim_chat(ours.chat.id, "somebody", timedelta(seconds=60))
        await uow.inbox.finish(done)
        await uow.commit()
    async with database.reader() as uow:
        found = await uow.backlogs.now()
    assert (found.waiting, found.running) == (2, 1)
    assert timedelta(seconds=29) < found.oldest < timedelta(minutes=5)
    assert timedelta(seconds=29) < found.latency < timedelta(minutes=5)
