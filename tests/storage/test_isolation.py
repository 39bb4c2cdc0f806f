"""Two families side by side: whatever is asked in one's name finds nothing of the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from scheduling.errors import NotFound, Stale
from scheduling.events import Participant
from scheduling.family import Settings
from scheduling.notices import NoticeKind, NoticeState
from scheduling.ports import Focus, UnitOfWork
from scheduling.proposals import ProposalState, Vote
from scheduling.span import Span
from storage.engine import Database
from storage.tables import households, metadata
from tests.storage.samples import (
    HORIZON,
    NOON,
    Everything,
    Family,
    family,
    outgoing,
    proposal,
    store,
)

Ask = Callable[[UnitOfWork, Family, Everything], Awaitable[object]]

EVER = Span(NOON.replace(year=2020), HORIZON)

READS: dict[str, Ask] = {
    "chats.get": lambda u, me, o: u.chats.get(me.id, o.family.chat.id),
    "identities.accounts": lambda u, me, o: u.identities.accounts(me.id, o.family.ann.id),
    "events.get": lambda u, me, o: u.events.get(me.id, o.family.event.id),
    "events.many": lambda u, me, o: u.events.many(me.id, [o.family.event.id]),
    "occurrences.of_event": lambda u, me, o: u.occurrences.of_event(
        me.id, o.family.event.id, EVER.start, 9
    ),
    "proposals.get": lambda u, me, o: u.proposals.get(me.id, o.proposal.id),
    "proposals.open_in_chat": lambda u, me, o: u.proposals.open_in_chat(me.id, o.family.chat.id),
    "proposals.votes": lambda u, me, o: u.proposals.votes(me.id, o.proposal.id),
    "proposals.answer": lambda u, me, o: u.proposals.answer(me.id, o.answered or uuid4()),
    "notices.get": lambda u, me, o: u.notices.get(me.id, o.notice.id),
    "notices.of_event": lambda u, me, o: u.notices.of_event(me.id, o.family.event.id),
    "inbox.by_message": lambda u, me, o: u.inbox.by_message(me.id, o.family.chat.id, "1"),
    "outbox.message_ref": lambda u, me, o: u.outbox.message_ref(me.id, o.family.chat.id, "card"),
    "outbox.card_of": lambda u, me, o: u.outbox.card_of(me.id, o.family.chat.id, "70"),
    "outbox.last_of_card": lambda u, me, o: u.outbox.last_of_card(me.id, o.family.chat.id, "card"),
    "audit.get": lambda u, me, o: u.audit.get(me.id, o.entry.id),
    "audit.of_card": lambda u, me, o: u.audit.of_card(me.id, o.family.chat.id, o.entry.card or ""),
    "audit.latest": lambda u, me, o: u.audit.latest(me.id, o.family.chat.id),
    "usage.find": lambda u, me, o: u.usage.find(me.id, o.call.request_id, o.call.agent),
    "focuses.get": lambda u, me, o: u.focuses.get(me.id, o.family.chat.id, o.family.ann.id),
}

WRITES: dict[str, Ask] = {
    "households.save_member": lambda u, me, o: u.households.save_member(
        me.id, replace(o.family.ann, name="X")
    ),
    "households.remove_member": lambda u, me, o: u.households.remove_member(me.id, o.family.ann.id),
    "households.save_resource": lambda u, me, o: u.households.save_resource(
        me.id, replace(o.family.car, name="X")
    ),
    "households.remove_resource": lambda u, me, o: u.households.remove_resource(
        me.id, o.family.car.id
    ),
    "households.save_rule": lambda u, me, o: u.households.save_rule(
        me.id, replace(o.family.household.rules[0], text="X")
    ),
    "households.remove_rule": lambda u, me, o: u.households.remove_rule(
        me.id, o.family.household.rules[0].id
    ),
    "identities.link": lambda u, me, o: u.identities.link(me.id, "telegram", "6", o.family.ann.id),
    "events.extend": lambda u, me, o: u.events.extend(
        me.id, o.family.event.id, [replace(o.family.occurrences[0], title="X")], EVER.end, 1
    ),
    "proposals.vote": lambda u, me, o: u.proposals.vote(me.id, Vote(o.proposal.id, me.ann.id, 1)),
    "proposals.decide": lambda u, me, o: u.proposals.decide(
        me.id, o.proposal.id, uuid4(), 0, me.ann.id
    ),
    "proposals.close": lambda u, me, o: u.proposals.close(me.id, o.proposal.id, ProposalState.DONE),
    "notices.put": lambda u, me, o: u.notices.put(
        [replace(o.notice, household_id=me.id, due=HORIZON)]
    ),
    "notices.settle": lambda u, me, o: u.notices.settle(
        [replace(o.notice, household_id=me.id, state=NoticeState.DONE)], "a"
    ),
    "notices.drop_for_event": lambda u, me, o: u.notices.drop_for_event(me.id, o.family.event.id),
    "notices.drop_for_proposal": lambda u, me, o: u.notices.drop_for_proposal(
        me.id, o.notice.proposal_id or uuid4()
    ),
    "notices.drop_kind": lambda u, me, o: u.notices.drop_kind(me.id, NoticeKind.DAILY),
    "outbox.add": lambda u, me, o: u.outbox.add(me.id, outgoing(o.family.chat, "another")),
    "audit.claim_undo": lambda u, me, o: u.audit.claim_undo(me.id, o.entry.id, uuid4()),
    "audit.release_undo": lambda u, me, o: u.audit.release_undo(
        me.id, o.entry.id, o.entry.undone_by or uuid4()
    ),
    "conflicts.put": lambda u, me, o: u.conflicts.put(
        [replace(o.conflict, household_id=me.id, sentence="X")]
    ),
    "conflicts.settle": lambda u, me, o: u.conflicts.settle(
        me.id, o.conflict.proposal_id or uuid4(), "resolved"
    ),
    "focuses.set": lambda u, me, o: u.focuses.set(
        me.id, me.chat.id, me.ann.id, Focus(me.event.id, me.event.start)
    ),
    "usage.finish": lambda u, me, o: u.usage.finish(
        replace(o.call, household_id=me.id, outcome="lost", answer=None)
    ),
    "habits.save": lambda u, me, o: u.habits.save(replace(o.habit, household_id=me.id, place="X")),
    "feeds.revoke": lambda u, me, o: u.feeds.revoke(me.id, o.family.ann.id),
}


async def two_families(database: Database) -> tuple[Family, Everything]:
    mine, others = family("-1"), family("-2")
    async with database.uow() as uow:
        await store(uow, mine)
        theirs = await store(uow, others)
        rows = await uow.outbox.claim("test", NOON - NOON, 9)
        for row in rows:
            await uow.outbox.settle(row, "test", "70")
        answered = proposal(others)
        await uow.proposals.add(answered)
        await uow.proposals.decide(others.id, answered.id, uuid4(), 0, None, "yes")
        await uow.commit()
    return mine, replace(theirs, answered=answered.id)


async def contents(connection: AsyncConnection, but_of: UUID | None = None) -> dict[str, set[str]]:
    """Every row of every table, in words. but_of: a family whose rows do not matter."""
    found = {}
    for table in metadata.sorted_tables:
        owner = table.c.id if table is households else table.c.get("household_id")
        rows = select(table) if owner is None else select(table).where(owner != (but_of or uuid4()))
        found[table.name] = {str(row) for row in await connection.execute(rows)}
    return found


async def test_reads_find_nothing_of_the_other_family(
    database: Database, subtests: pytest.Subtests
) -> None:
    mine, theirs = await two_families(database)
    async with database.reader() as uow:
        for name, ask in READS.items():
            with subtests.test(name):
                assert await ask(uow, theirs.family, theirs)
                assert not await ask(uow, mine, theirs)


async def test_writes_change_nothing_of_the_other_family(
    database: Database, subtests: pytest.Subtests
) -> None:
    mine, theirs = await two_families(database)
    async with database.reading.connect() as connection:
        before = await contents(connection, but_of=mine.id)
    for name, ask in WRITES.items():
        with subtests.test(name):
            async with database.uow() as uow:
                assert not await ask(uow, mine, theirs)
                await uow.commit()
            async with database.reading.connect() as connection:
                assert await contents(connection, but_of=mine.id) == before


async def test_lists_hold_only_the_family_asked_for(database: Database) -> None:
    mine, theirs = await two_families(database)
    async with database.reader() as uow:
        for us in (mine, theirs.family):
            events = {us.event.id}
            assert [c.id for c in await uow.chats.of_household(us.id)] == [us.chat.id]
            assert {e.id for e in await uow.events.all(us.id)} == events
            assert {o.event_id for o in await uow.occurrences.overlapping(us.id, EVER)} == events
            found = await uow.occurrences.overlapping_any(us.id, [EVER])
            assert {o.event_id for o in found} == events
            assert len(await uow.proposals.open_of_household(us.id)) == 1
            assert len(await uow.conflicts.open(us.id)) == 1
            assert await uow.identities.member(us.id, "telegram", "5") == us.ann.id
            assert [h.members for h in await uow.habits.all(us.id)] == [(us.leo.id,)]
        assert len(await uow.identities.households("telegram", "5")) == 2


async def test_an_event_cannot_be_written_into_another_family(database: Database) -> None:
    mine, theirs = await two_families(database)
    stolen = replace(
        theirs.family.event,
        household_id=mine.id,
        participants=(Participant(mine.ann.id),),
        resources=(),
        version=1,
    )
    async with database.uow() as uow:
        with pytest.raises(Stale):
            await uow.events.save(stolen, [], HORIZON)
        with pytest.raises(Stale):
            await uow.events.save(replace(stolen, version=0), [], HORIZON)


async def test_changes_to_an_unknown_family_do_nothing(database: Database) -> None:
    mine, _ = await two_families(database)
    nobody = uuid4()
    async with database.reading.connect() as connection:
        before = await contents(connection)
    async with database.uow() as uow:
        await uow.households.bump(nobody)
        await uow.households.lock(nobody)
        await uow.households.save_settings(nobody, Settings())
        assert await uow.households.forget(nobody) == []
        with pytest.raises(NotFound):
            await uow.households.get(nobody)
        assert await uow.households.get(mine.id)
        await uow.commit()
    async with database.reading.connect() as connection:
        assert await contents(connection) == before
