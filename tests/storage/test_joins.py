"""Two families become one: nothing is left behind, nothing doubled, and one person is one."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from scheduling.events import Part, Participant
from scheduling.messages import ChatAddress
from scheduling.ports import Chat
from scheduling.proposals import Vote
from scheduling.span import Span
from storage.engine import Database
from storage.repositories.rewriting import BOUND
from storage.tables import metadata
from tests.storage.samples import (
    HORIZON,
    NOON,
    Everything,
    family,
    occurrence,
    outgoing,
    proposal,
    single,
    store,
)

EVER = Span(NOON.replace(year=2020), HORIZON)


async def two_families(database: Database) -> tuple[Everything, Everything]:
    async with database.uow() as uow:
        first, second = await store(uow, family("-1")), await store(uow, family("-2"))
        await uow.commit()
    return first, second


async def rows(connection: AsyncConnection) -> dict[str, list[str]]:
    """Every row of every table, in words."""
    return {
        table.name: [str(tuple(row)) for row in await connection.execute(select(table))]
        for table in metadata.sorted_tables
    }


async def test_every_row_of_the_arriving_family_is_the_others(database: Database) -> None:
    first, second = await two_families(database)
    async with database.reading.connect() as connection:
        before = await rows(connection)
    ours, theirs = first.family.id, second.family.id
    async with database.uow() as uow:
        await uow.joins.lock(theirs, ours)
        await uow.joins.join(theirs, ours)
        await uow.commit()
    async with database.reading.connect() as connection:
        after = await rows(connection)
    bound = {table.name for table in BOUND}
    belong_to_nobody = {"households", "installations"}
    assert bound == set(metadata.tables) - belong_to_nobody, "whose rows are a new table's?"
    assert [name for name in bound if not before[name]] == [], "`store` makes one of everything"
    assert [row for each in after.values() for row in each if repr(theirs) in row] == []
    # Ann's account is known to both, a family has one calendar and one row of numbered changes.
    gone = {"households": 1, "calendars": 1, "identities": 1, "changes": 1}
    lost = {name: len(before[name]) - len(after[name]) for name in after}
    assert {name: n for name, n in lost.items() if n} == gone


async def test_what_has_arrived_reads_as_before(database: Database) -> None:
    first, second = await two_families(database)
    ours, theirs = first.family, second.family
    async with database.uow() as uow:
        pairs = await uow.joins.same_accounts(theirs.id, ours.id)
        assert pairs == {theirs.ann.id: ours.ann.id}
        await uow.joins.join(theirs.id, ours.id)
        await uow.joins.link(ours.id, (ours.chat.id, theirs.chat.id))
        await uow.commit()
    async with database.reader() as uow:
        household = await uow.households.get(ours.id)
        names = [m.name for m in household.members]
        assert names == ["Ann", "Leo", "Ann", "Leo"]
        assert household.linked
        assert [c.linked for c in await uow.chats.of_household(ours.id)] == [True, True]
        assert household.name == ours.household.name
        arrived = await uow.events.get(ours.id, theirs.event.id)
        assert arrived == replace(theirs.event, household_id=ours.id, version=1)
        found = await uow.occurrences.overlapping(ours.id, EVER)
        assert {o.event_id for o in found} == {ours.event.id, theirs.event.id}
        entry = await uow.audit.get(ours.id, second.entry.id)
        assert entry is not None
        assert entry.changes[0][1] == replace(theirs.event, household_id=ours.id)
        assert await uow.identities.member(ours.id, "telegram", "5") == ours.ann.id


async def test_one_person_under_two_ids_becomes_one(database: Database) -> None:
    first, _ = await two_families(database)
    us = first.family
    ann, leo = us.ann, us.leo
    together = replace(
        single(us.household),
        participants=(Participant(ann.id), Participant(leo.id), Participant(leo.id, Part.DRIVER)),
        created_by=leo.id,
    )
    start = Span(NOON, NOON + together.duration)
    asked = proposal(us)
    async with database.uow() as uow:
        await uow.events.save(together, [occurrence(together, together.start, start)], HORIZON)
        await uow.identities.link(us.id, "slack", "U1", leo.id)
        await uow.proposals.add(asked)
        await uow.proposals.vote(us.id, Vote(asked.id, leo.id, 0))
        await uow.proposals.vote(us.id, Vote(first.proposal.id, leo.id, 0))
        await uow.joins.one_person(us.id, leo.id, ann.id)
        await uow.commit()
    async with database.reader() as uow:
        household = await uow.households.get(us.id)
        assert [m.name for m in household.members] == ["Ann"]
        assert household.rules[0].members == (ann.id,)
        event = await uow.events.get(us.id, together.id)
        assert event is not None
        people = (Participant(ann.id), Participant(ann.id, Part.DRIVER))
        assert (event.participants, event.created_by, event.version) == (people, ann.id, 2)
        (shown,) = await uow.occurrences.of_event(us.id, together.id, EVER.start, 9)
        assert shown.participants == people
        lesson = await uow.events.get(us.id, us.event.id)
        assert lesson is not None
        assert leo.id not in {p.member_id for p in lesson.participants}
        entry = await uow.audit.get(us.id, first.entry.id)
        assert entry is not None
        assert entry.changes[0][1] == replace(lesson, version=0)
        assert await uow.identities.accounts(us.id, ann.id) == [("telegram", "5"), ("slack", "U1")]
        assert [v.member_id for v in await uow.proposals.votes(us.id, asked.id)] == [ann.id]
        assert len(await uow.proposals.votes(us.id, first.proposal.id)) == 1
        waiting = await uow.proposals.get(us.id, asked.id)
        assert waiting is not None
        assert waiting.options[0].affects == (ann.id,)


async def test_one_thing_under_two_ids_becomes_one(database: Database) -> None:
    first, _ = await two_families(database)
    us = first.family
    bikes = us.household.resources[1]
    async with database.uow() as uow:
        await uow.joins.one_thing(us.id, bikes.id, us.car.id)
        await uow.commit()
    async with database.reader() as uow:
        assert [r.id for r in (await uow.households.get(us.id)).resources] == [us.car.id]
        event = await uow.events.get(us.id, us.event.id)
        assert event is not None
        assert event.resources == (us.car.id,)
        found = await uow.occurrences.of_event(us.id, us.event.id, EVER.start, 9)
        assert {o.resources for o in found} == {(us.car.id,)}


async def test_a_chat_that_parts_has_its_address_and_its_card_to_itself(
    database: Database,
) -> None:
    first, second = await two_families(database)
    us, them = first.family, second.family
    own = Chat(uuid4(), them.id, replace(us.chat.address, title="Apart"))
    topic = Chat(uuid4(), us.id, replace(us.chat.address, topic="7"))
    async with database.uow() as uow:
        await uow.chats.add(topic)
        await uow.outbox.add(us.id, outgoing(us.chat, "asked", "leave?"))
        await uow.joins.part(us.id, us.chat.id, own, "leave?")
        await uow.joins.leave(us.id, "telegram")
        await uow.commit()
    async with database.reader() as uow:
        assert await uow.chats.find(us.chat.address) == own
        assert {c.state for c in await uow.chats.of_household(us.id)} == {"gone"}
        assert await uow.outbox.last_of_card(them.id, own.id, "leave?")
        assert await uow.joins.accounts(us.id, "telegram") == []
        assert await uow.joins.accounts(them.id, "telegram") == [("5", them.ann.id)]


async def test_who_is_told_of_what_is_done_in_a_chat(database: Database) -> None:
    first, _ = await two_families(database)
    us = first.family
    slack = Chat(uuid4(), us.id, ChatAddress("slack", "C1"))
    thread = Chat(uuid4(), us.id, ChatAddress("slack", "C1", topic="12.3"))
    channel = Chat(uuid4(), us.id, ChatAddress("slack", "C2"))
    private = Chat(uuid4(), us.id, ChatAddress("telegram", "5", private=True))
    async with database.uow() as uow:
        for chat in (slack, thread, channel, private):
            await uow.chats.add(chat)
        await uow.joins.link(us.id, (us.chat.id, thread.id))
        await uow.outbox.add(us.id, outgoing(thread, "k2", "asked in a thread"))
        await uow.commit()
    async with database.reader() as uow:
        told = uow.chats.sharing
        assert await told(us.id, us.chat.id, None) == [slack.id]
        assert await told(us.id, us.chat.id, "asked in a thread") == [thread.id]
        assert await told(us.id, thread.id, "asked in a thread") == [us.chat.id]
        assert await told(us.id, private.id, None) == []
        assert await told(us.id, channel.id, None) == []
