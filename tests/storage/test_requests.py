"""Proposals and their votes, the audit trail, conflicts, focus, feeds, chats, identities."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from scheduling.edits import AddEvent, CancelEvent, ChangeEvent, MoveEvent
from scheduling.events import Event
from scheduling.messages import ChatAddress
from scheduling.ports import Chat, Focus, UnitOfWork
from scheduling.proposals import Option, ProposalState, Vote
from storage.engine import Database, open_database
from tests.storage.samples import (
    NOON,
    MachineClock,
    conflict,
    entry,
    family,
    proposal,
    single,
    store_family,
)


async def test_a_proposal_comes_back_as_it_was(database: Database) -> None:
    of = family()
    asked = proposal(of)
    async with database.uow() as uow:
        await store_family(uow, of)
        assert await uow.proposals.add(asked)
        assert not await uow.proposals.add(replace(asked, heading="again"))
        assert await uow.proposals.get(of.id, asked.id) == asked
        assert await uow.proposals.open_of_household(of.id) == [asked]


async def test_open_ones_come_newest_first(database_url: str) -> None:
    clock = MachineClock()
    database = open_database(database_url, now=clock)
    of = family()
    older, newer, closed = proposal(of), proposal(of), proposal(of)
    async with database.uow() as uow:
        await store_family(uow, of)
        for each in (older, newer, closed):
            await uow.proposals.add(each)
            clock.pass_by(timedelta(seconds=1))
        await uow.proposals.close(of.id, closed.id, ProposalState.EXPIRED)
        assert await uow.proposals.open_in_chat(of.id, of.chat.id) == [newer, older]
        assert await uow.proposals.open_in_chat(of.id, uuid4()) == []
    await database.close()


async def test_the_first_tap_wins_and_wins_again(database: Database) -> None:
    of = family()
    asked = proposal(of)
    winner, loser = uuid4(), uuid4()
    async with database.uow() as uow:
        await store_family(uow, of)
        await uow.proposals.add(asked)
        decide = uow.proposals.decide
        assert await decide(of.id, asked.id, winner, 0, of.ann.id, {"day": 3})
        assert not await decide(of.id, asked.id, loser, None, of.leo.id)
        assert await decide(of.id, asked.id, winner, 0, of.ann.id, {"day": 3})
        assert await uow.proposals.answer(of.id, asked.id) == {"day": 3}
        assert await uow.proposals.get(of.id, asked.id) == replace(
            asked, state=ProposalState.DECIDED, choice=0, decided_by=winner, decider=of.ann.id
        )


async def test_a_replay_does_not_reopen_what_was_committed(database: Database) -> None:
    of = family()
    asked = proposal(of)
    winner = uuid4()
    async with database.uow() as uow:
        await store_family(uow, of)
        await uow.proposals.add(asked)
        await uow.proposals.decide(of.id, asked.id, winner, 0, of.ann.id)
        await uow.proposals.close(of.id, asked.id, ProposalState.DONE)
        assert await uow.proposals.decide(of.id, asked.id, winner, 0, of.ann.id)
        found = await uow.proposals.get(of.id, asked.id)
        assert found is not None
        assert found.state is ProposalState.DONE


async def test_decided_and_never_committed_is_found(database_url: str) -> None:
    clock = MachineClock()
    database = open_database(database_url, now=clock)
    of = family()
    decided, done, untouched = proposal(of), proposal(of), proposal(of)
    async with database.uow() as uow:
        await store_family(uow, of)
        for each in (decided, done, untouched):
            await uow.proposals.add(each)
        for each in (decided, done):
            await uow.proposals.decide(of.id, each.id, uuid4(), 0, None)
        await uow.proposals.close(of.id, done.id, ProposalState.DONE)
        sweep = uow.proposals.decided_uncommitted
        assert await sweep(NOON) == []
        assert [p.id for p in await sweep(NOON + timedelta(seconds=1))] == [decided.id]
    await database.close()


async def test_the_last_vote_of_a_member_counts(database: Database) -> None:
    of = family()
    asked = proposal(of)
    async with database.uow() as uow:
        await store_family(uow, of)
        await uow.proposals.add(asked)
        await uow.proposals.vote(of.id, Vote(asked.id, of.ann.id, 0))
        await uow.proposals.vote(of.id, Vote(asked.id, of.leo.id, 1))
        await uow.proposals.vote(of.id, Vote(asked.id, of.ann.id, None, of.leo.id))
        votes = await uow.proposals.votes(of.id, asked.id)
    assert {v.member_id: v for v in votes} == {
        of.ann.id: Vote(asked.id, of.ann.id, None, of.leo.id),
        of.leo.id: Vote(asked.id, of.leo.id, 1),
    }


async def test_options_keep_events_and_edits(database: Database) -> None:
    of = family()
    event: Event = of.event
    edits = (
        AddEvent(single(of.household)),
        AddEvent(event),
        MoveEvent(event.id, event.start, NOON.replace(tzinfo=None), all_day=True),
        ChangeEvent(event.id, event.start, "following", reminders=(), split_id=uuid4()),
        CancelEvent(event.id, event.start, "series"),
    )
    asked = replace(proposal(of), options=(Option("Approve 1", edits=edits), Option("Approve 2")))
    async with database.uow() as uow:
        await store_family(uow, of)
        await uow.proposals.add(asked)
        assert await uow.proposals.get(of.id, asked.id) == asked


async def test_the_newest_entry_not_undone(database: Database) -> None:
    of = family()
    first, second = entry(of), replace(entry(of), changes=())
    mine, other = uuid4(), uuid4()
    async with database.uow() as uow:
        await store_family(uow, of)
        assert await uow.audit.add(first)
        assert await uow.audit.add(second)
        assert not await uow.audit.add(second)
        assert await uow.audit.get(of.id, first.id) == first
        assert await uow.audit.latest(of.id, of.chat.id) == second
        claimed = replace(second, undone_by=mine)
        assert await uow.audit.claim_undo(of.id, second.id, mine) == claimed
        assert await uow.audit.claim_undo(of.id, second.id, other) is None
        assert await uow.audit.claim_undo(of.id, second.id, mine) == claimed
        assert await uow.audit.latest(of.id, of.chat.id) == first
        assert await uow.audit.get(of.id, second.id) == replace(second, undone_by=mine)


async def test_conflicts_stand_until_their_proposal_is_settled(database: Database) -> None:
    of = family()
    standing = conflict(of)
    later = replace(conflict(of), starts=NOON + timedelta(1), event_ids=(uuid4(),))
    async with database.uow() as uow:
        await store_family(uow, of)
        await uow.conflicts.put([later, standing])
        changed = replace(standing, sentence="Leo is thrice.")
        await uow.conflicts.put([changed])
        assert await uow.conflicts.open(of.id) == [changed, later]
        await uow.conflicts.settle(of.id, standing.proposal_id or uuid4(), "ignored")
        assert await uow.conflicts.open(of.id) == [later]


async def test_focus_follows_what_was_shown_last(database: Database) -> None:
    of = family()
    async with database.uow() as uow:
        await store_family(uow, of)
        assert await uow.focuses.get(of.id, of.chat.id, of.ann.id) is None
        for focus in (Focus(of.event.id, None), Focus(of.event.id, of.event.start)):
            await uow.focuses.set(of.id, of.chat.id, of.ann.id, focus)
            assert await uow.focuses.get(of.id, of.chat.id, of.ann.id) == focus
        assert await uow.focuses.get(of.id, of.chat.id, of.leo.id) is None


async def test_feeds_are_found_until_revoked(database: Database) -> None:
    of = family()
    async with database.uow() as uow:
        await store_family(uow, of)
        await uow.feeds.add(of.id, None, "family")
        await uow.feeds.add(of.id, of.ann.id, "ann")
        assert await uow.feeds.find("family") == (of.id, None)
        assert await uow.feeds.find("ann") == (of.id, of.ann.id)
        assert await uow.feeds.revoke(of.id, None) == 1
        assert await uow.feeds.revoke(of.id, None) == 0
        assert await uow.feeds.find("family") is None
        assert await uow.feeds.find("ann") == (of.id, of.ann.id)


async def test_chats_are_found_by_address(database: Database) -> None:
    of = family()
    topic = Chat(uuid4(), of.id, replace(of.chat.address, topic="9"))
    async with database.uow() as uow:
        await store_family(uow, of)
        assert not await uow.chats.add(replace(of.chat, id=uuid4()))
        assert await uow.chats.add(topic)
        assert await uow.chats.find(of.chat.address) == of.chat
        assert await uow.chats.find(topic.address) == topic
        assert await uow.chats.find(ChatAddress("console", "-1")) is None
        await uow.chats.set_state(of.chat.id, "gone")
        assert await uow.chats.get(of.id, of.chat.id) == replace(of.chat, state="gone")


async def test_a_chat_is_gone_and_back_with_all_its_topics(database: Database) -> None:
    of, other = family("-1"), family("-2")
    topics = [Chat(uuid4(), of.id, replace(of.chat.address, topic=topic)) for topic in "89"]

    async def states(uow: UnitOfWork) -> list[str]:
        return [c.state for us in (of, other) for c in await uow.chats.of_household(us.id)]

    async with database.uow() as uow:
        for us in (of, other):
            await store_family(uow, us)
        for topic in topics:
            await uow.chats.add(topic)
        await uow.chats.set_state(of.chat.id, "gone")
        assert await states(uow) == ["gone", "gone", "gone", "active"]
        await uow.chats.set_state(topics[0].id, "active")
        assert await states(uow) == ["active"] * 4


async def test_a_moved_group_keeps_its_family(database: Database) -> None:
    of, stranger = family("-1"), family("-100")
    async with database.uow() as uow:
        await store_family(uow, of)
        await store_family(uow, stranger)  # the new id was met before word of the move came
        await uow.chats.move(of.chat.id, "-100")
        found = await uow.chats.find(stranger.chat.address)
        assert found is not None
        assert (found.id, found.household_id) == (of.chat.id, of.id)
        aside = await uow.chats.get(stranger.id, stranger.chat.id)
        assert aside is not None
        assert aside.state == "gone"


async def test_an_account_may_belong_to_two_families(database: Database) -> None:
    of, other = family("-1"), family("-2")
    async with database.uow() as uow:
        for each in (of, other):
            await store_family(uow, each)
            await uow.identities.link(each.id, "telegram", "7", each.ann.id)
        await uow.identities.link(of.id, "telegram", "7", of.leo.id)
        assert await uow.identities.member(of.id, "telegram", "7") == of.leo.id
        assert await uow.identities.member(other.id, "telegram", "7") == other.ann.id
        assert set(await uow.identities.households("telegram", "7")) == {of.id, other.id}
        assert await uow.identities.accounts(of.id, of.leo.id) == [("telegram", "7")]
        assert await uow.identities.member(of.id, "slack", "7") is None
