"""Inbox, outbox and notices: each thing once, in order, and nothing lost with a dead process."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from scheduling.notices import NoticeKind, NoticeState
from scheduling.ports import Chat
from storage.engine import Database, open_database
from tests.storage.samples import (
    LEASE,
    NOON,
    Family,
    MachineClock,
    family,
    message,
    notice,
    outgoing,
    proposal,
    store_family,
)

SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> MachineClock:
    return MachineClock()


@pytest.fixture
async def smith(database: Database) -> Family:
    of = family()
    async with database.uow() as uow:
        await store_family(uow, of)
        await uow.commit()
    return of


@pytest.fixture
async def timed(database_url: str, clock: MachineClock, smith: Family) -> Database:
    """The same database, with the machine's time in the test's hand."""
    return open_database(database_url, now=clock)


@pytest.fixture(autouse=True)
async def closed(timed: Database):  # type: ignore[no-untyped-def]
    yield
    await timed.close()


async def test_a_message_is_taken_once(timed: Database, smith: Family) -> None:
    first, chat = uuid4(), smith.chat
    hello = message(chat, 1)
    async with timed.uow() as uow:
        add = uow.inbox.add
        assert await add(smith.id, chat.id, smith.ann.id, first, hello, NOON)
        assert not await add(smith.id, chat.id, smith.ann.id, uuid4(), hello, NOON)
        assert not await add(smith.id, chat.id, None, first, message(chat, 2), NOON)
        assert await uow.inbox.find("telegram", hello.key) == first
        assert await uow.inbox.find("slack", hello.key) is None
        (row,) = await uow.inbox.by_message(smith.id, chat.id, "1")
        assert (row.id, row.inbound, row.member_id) == (first, hello, smith.ann.id)


async def test_every_wording_of_a_message_is_found_the_newest_first(
    timed: Database, smith: Family
) -> None:
    original, edit = message(smith.chat, 1), replace(message(smith.chat, 1), kind="edit", key="e")
    async with timed.uow() as uow:
        for wording in (original, edit, message(smith.chat, 2)):
            await uow.inbox.add(smith.id, smith.chat.id, None, uuid4(), wording, NOON)
        rows = await uow.inbox.by_message(smith.id, smith.chat.id, "1")
        assert [row.inbound for row in rows] == [edit, original]


async def test_a_chat_is_drained_in_order(timed: Database, smith: Family) -> None:
    async with timed.uow() as uow:
        ids = [uuid4() for _ in range(3)]
        for number, inbox_id in enumerate(ids):
            said = message(smith.chat, number)
            await uow.inbox.add(smith.id, smith.chat.id, None, inbox_id, said, NOON)
        assert await uow.inbox.next_of_chat(smith.chat.id, "a") is None
        assert await uow.inbox.claim_chat(smith.chat.id, "a", LEASE)
        assert await uow.inbox.next_of_chat(smith.chat.id, "b") is None
        drained = []
        while row := await uow.inbox.next_of_chat(smith.chat.id, "a"):
            again = await uow.inbox.next_of_chat(smith.chat.id, "a")
            assert again == replace(row, attempts=2)
            drained.append(row.id)
            await uow.inbox.finish(row.id, failed=len(drained) == 2)
        assert drained == ids
        assert await uow.inbox.waiting_chats() == []


async def test_a_chat_has_one_drainer_until_its_lease_ends(
    timed: Database, smith: Family, clock: MachineClock
) -> None:
    chat = smith.chat.id
    async with timed.uow() as uow:
        await uow.inbox.add(smith.id, chat, None, uuid4(), message(smith.chat, 1), NOON)
        assert await uow.inbox.waiting_chats() == [chat]
        assert await uow.inbox.claim_chat(chat, "a", LEASE)
        assert not await uow.inbox.claim_chat(chat, "b", LEASE)
        assert await uow.inbox.waiting_chats() == []
        clock.pass_by(LEASE - SECOND)
        assert await uow.inbox.renew_chat(chat, "a", LEASE)
        assert not await uow.inbox.renew_chat(chat, "b", LEASE)
        clock.pass_by(LEASE - SECOND)
        assert not await uow.inbox.claim_chat(chat, "b", LEASE)
        clock.pass_by(SECOND)
        assert await uow.inbox.waiting_chats() == [chat]
        assert not await uow.inbox.renew_chat(chat, "a", LEASE)
        assert await uow.inbox.claim_chat(chat, "b", LEASE)
        assert not await uow.inbox.release_chat(chat, "a")
        assert not await uow.inbox.claim_chat(chat, "a", LEASE)
        assert not await uow.inbox.release_chat(chat, "b")
        row = await uow.inbox.next_of_chat(chat, "b")
        assert row is not None
        await uow.inbox.finish(row.id)
        assert await uow.inbox.release_chat(chat, "b")
        assert await uow.inbox.claim_chat(chat, "a", LEASE)


async def test_a_chat_knows_whether_it_is_idle_and_a_row_whether_its_chat_was_asked(
    timed: Database, smith: Family
) -> None:
    of, first, second = smith, uuid4(), uuid4()
    async with timed.uow() as uow:
        done = message(of.chat, 3)
        await uow.inbox.add(of.id, of.chat.id, None, uuid4(), done, NOON, done=True)
        located = await uow.chats.locate(of.chat.address, None)
        assert located is not None
        assert located.idle
        await uow.inbox.add(of.id, of.chat.id, None, first, message(of.chat, 1), NOON)
        located = await uow.chats.locate(of.chat.address, None)
        assert located is not None
        assert not located.idle
        await uow.inbox.add(of.id, of.chat.id, None, second, message(of.chat, 2), NOON)
        assert await uow.inbox.claim_chat(of.chat.id, "a", LEASE)
        row = await uow.inbox.next_of_chat(of.chat.id, "a")
        assert row is not None
        assert not row.asked
        other = replace(smith.chat, id=uuid4(), address=replace(smith.chat.address, topic="9"))
        await uow.chats.add(other)
        await uow.proposals.add(replace(proposal(of), id=uuid4(), chat_id=other.id))
        row = await uow.inbox.next_of_chat(of.chat.id, "a")
        assert row is not None
        assert not row.asked, "it was another chat that was asked"
        await uow.proposals.add(proposal(of))
        row = await uow.inbox.next_of_chat(of.chat.id, "a")
        assert row is not None
        assert row.asked


async def test_a_payload_travels_whole(timed: Database, smith: Family) -> None:
    card = outgoing(smith.chat, "key")
    async with timed.uow() as uow:
        assert await uow.outbox.add(smith.id, card)
        assert not await uow.outbox.add(smith.id, replace(card, text="again"))
        (row,) = await uow.outbox.claim("a", LEASE, 9)
        assert row.outgoing == card
        assert (row.chat, row.message_ref, row.attempts) == (smith.chat, None, 1)


async def test_only_the_oldest_of_a_chat_is_tried(timed: Database, smith: Family) -> None:
    other = Chat(uuid4(), smith.id, replace(smith.chat.address, external_id="-9"))
    async with timed.uow() as uow:
        await uow.chats.add(other)
        for chat, key in ((smith.chat, "1"), (smith.chat, "2"), (other, "3"), (smith.chat, "4")):
            await uow.outbox.add(smith.id, outgoing(chat, key))
        sent = []
        while rows := await uow.outbox.claim("a", LEASE, 9):
            sent.append([row.outgoing.key for row in rows])
            for row in rows:
                await uow.outbox.settle(row, "a", None)
        assert sent == [["1", "3"], ["2"], ["4"]]
        assert await uow.outbox.next_retry() is None


async def test_a_row_that_waits_holds_its_chat(
    timed: Database, smith: Family, clock: MachineClock
) -> None:
    async with timed.uow() as uow:
        for key in ("1", "2"):
            await uow.outbox.add(smith.id, outgoing(smith.chat, key))
        (row,) = await uow.outbox.claim("a", LEASE, 9)
        assert await uow.outbox.next_retry() == NOON + LEASE
        await uow.outbox.retry(row, "a", NOON + 5 * SECOND)
        assert await uow.outbox.claim("a", LEASE, 9) == []
        assert await uow.outbox.next_retry() == NOON + 5 * SECOND
        clock.pass_by(5 * SECOND)
        (again,) = await uow.outbox.claim("b", LEASE, 9)
        assert (again.id, again.attempts) == (row.id, 2)


async def test_one_given_up_no_longer_holds_its_chat(timed: Database, smith: Family) -> None:
    async with timed.uow() as uow:
        for key in ("1", "2"):
            await uow.outbox.add(smith.id, outgoing(smith.chat, key))
        (row,) = await uow.outbox.claim("a", LEASE, 9)
        await uow.outbox.give_up(row, "a", "too long")
        (after,) = await uow.outbox.claim("a", LEASE, 9)
        assert after.outgoing.key == "2"


@pytest.mark.parametrize("sent", [True, False])
async def test_what_is_secret_is_kept_only_until_it_is_sent(
    timed: Database, smith: Family, sent: bool
) -> None:
    link = replace(outgoing(smith.chat, "1"), text="https://x/calendar/token.ics", secret=True)
    async with timed.uow() as uow:
        await uow.outbox.add(smith.id, link)
        (row,) = await uow.outbox.claim("a", LEASE, 9)
        await uow.outbox.retry(row, "a", NOON)
        (row,) = await uow.outbox.claim("a", LEASE, 9)
        assert row.outgoing == link
        if sent:
            await uow.outbox.settle(row, "a", "70")
        else:
            await uow.outbox.give_up(row, "a", "no")
        await uow.commit()
    async with timed.reading.connect() as connection:
        (kept,) = (await connection.execute(sa.text("SELECT outgoing FROM outbox"))).one()
    assert "token" not in kept


async def test_a_chat_that_is_gone_yields_nothing(timed: Database, smith: Family) -> None:
    async with timed.uow() as uow:
        await uow.outbox.add(smith.id, outgoing(smith.chat, "1"))
        await uow.chats.set_state(smith.chat.id, "gone")
        assert await uow.outbox.claim("a", LEASE, 9) == []
        assert await uow.outbox.next_retry() is None
        await uow.chats.set_state(smith.chat.id, "active")
        assert len(await uow.outbox.claim("a", LEASE, 9)) == 1


async def test_a_dead_sender_s_row_comes_back(
    timed: Database, smith: Family, clock: MachineClock
) -> None:
    async with timed.uow() as uow:
        await uow.outbox.add(smith.id, outgoing(smith.chat, "1"))
        (taken,) = await uow.outbox.claim("dead", LEASE, 9)
        assert await uow.outbox.claim("alive", LEASE, 9) == []
        clock.pass_by(LEASE)
        (back,) = await uow.outbox.claim("alive", LEASE, 9)
        assert back.id == taken.id


async def test_a_card_is_edited_where_it_was_sent(timed: Database, smith: Family) -> None:
    chat = smith.chat
    async with timed.uow() as uow:
        for key, sent_as in (("1", "70"), ("2", None)):
            await uow.outbox.add(smith.id, outgoing(chat, key, "card"))
            (row,) = await uow.outbox.claim("a", LEASE, 9)
            await uow.outbox.settle(row, "a", sent_as)
        await uow.outbox.add(smith.id, outgoing(chat, "3", "card"))
        await uow.outbox.add(smith.id, outgoing(chat, "4", "other"))
        (row,) = await uow.outbox.claim("a", LEASE, 9)
        assert row.message_ref == "70"
        await uow.outbox.settle(row, "a", "71")
        assert await uow.outbox.message_ref(smith.id, chat.id, "card") == "71"
        assert await uow.outbox.card_of(smith.id, chat.id, "70") == "card"
        assert await uow.outbox.card_of(smith.id, chat.id, "99") is None
        assert await uow.outbox.last_of_card(smith.id, chat.id, "card") == outgoing(
            chat, "3", "card"
        )
        (row,) = await uow.outbox.claim("a", LEASE, 9)
        assert row.message_ref is None


async def test_notices_are_claimed_in_order_of_due_time(
    timed: Database, smith: Family, clock: MachineClock
) -> None:
    later, sooner = notice(smith, NOON), notice(smith, NOON - timedelta(hours=1))
    future = notice(smith, NOON + SECOND)
    async with timed.uow() as uow:
        await uow.notices.put([later, sooner, future])
        assert await uow.notices.next_due() == sooner.due
        assert await uow.notices.claim_due(NOON, "a", LEASE, 9) == [sooner, later]
        assert await uow.notices.claim_due(NOON, "b", LEASE, 9) == []
        clock.pass_by(LEASE)
        assert await uow.notices.claim_due(NOON, "b", LEASE, 1) == [sooner]


async def test_family_time_does_not_end_a_lease(timed: Database, smith: Family) -> None:
    async with timed.uow() as uow:
        await uow.notices.put([notice(smith)])
        assert len(await uow.notices.claim_due(NOON, "a", LEASE, 9)) == 1
        assert await uow.notices.claim_due(NOON + timedelta(days=9), "b", LEASE, 9) == []


async def test_a_settled_notice_is_free_for_its_next_time(timed: Database, smith: Family) -> None:
    said = notice(smith)
    moved_on = replace(
        said, due=NOON + timedelta(weeks=1), recurrence_id=smith.event.start + timedelta(weeks=1)
    )
    async with timed.uow() as uow:
        await uow.notices.put([said])
        await uow.notices.claim_due(NOON, "a", LEASE, 9)
        await uow.notices.settle([moved_on], "a")
        assert await uow.notices.get(smith.id, said.id) == moved_on
        assert await uow.notices.claim_due(moved_on.due, "b", LEASE, 9) == [moved_on]
        await uow.notices.settle([replace(moved_on, state=NoticeState.DONE)], "b")
        assert await uow.notices.next_due() is None


async def test_dropping_takes_only_what_waits(timed: Database, smith: Family) -> None:
    waiting, sent = notice(smith), replace(notice(smith), state=NoticeState.SENT)
    digest = replace(notice(smith), kind=NoticeKind.DAILY, event_id=None)
    async with timed.uow() as uow:
        await uow.notices.put([waiting, sent, digest])
        await uow.notices.drop_for_event(smith.id, smith.event.id)
        found = await uow.notices.of_event(smith.id, smith.event.id)
        states = {row.id: row.state for row in found}
        assert states == {waiting.id: NoticeState.DROPPED, sent.id: NoticeState.SENT}
        await uow.notices.drop_kind(smith.id, NoticeKind.DAILY)
        assert await uow.notices.next_due() is None


async def test_an_event_s_change_drops_its_reminders_only(timed: Database, smith: Family) -> None:
    kinds = (NoticeKind.EVENT, NoticeKind.SNOOZED, NoticeKind.OPEN_PART)
    of_it = [replace(notice(smith), kind=kind) for kind in kinds]
    async with timed.uow() as uow:
        await uow.notices.put(of_it)
        await uow.notices.drop_for_event(smith.id, smith.event.id)
        found = await uow.notices.of_event(smith.id, smith.event.id)
        dropped = {row.kind for row in found if row.state is NoticeState.DROPPED}
        assert (len(found), dropped) == (3, {NoticeKind.EVENT})


async def test_a_notice_put_anew_while_it_is_told_keeps_its_new_time(
    timed: Database, smith: Family
) -> None:
    said = notice(smith)
    anew = replace(said, due=NOON + timedelta(days=1))
    async with timed.uow() as uow:
        await uow.notices.put([said])
        await uow.notices.claim_due(NOON, "a", LEASE, 9)
        await uow.notices.put([anew])
        await uow.notices.settle([replace(said, due=NOON + timedelta(weeks=1))], "a")
        assert await uow.notices.get(smith.id, said.id) == anew
        await uow.notices.claim_due(anew.due, "b", LEASE, 9)
        await uow.notices.settle([replace(said, state=NoticeState.SENT)], "a")
        assert await uow.notices.get(smith.id, said.id) == anew


async def test_a_notice_dropped_while_it_is_told_stays_dropped(
    timed: Database, smith: Family
) -> None:
    said = notice(smith)
    async with timed.uow() as uow:
        await uow.notices.put([said])
        await uow.notices.claim_due(NOON, "a", LEASE, 9)
        await uow.notices.drop_for_proposal(smith.id, said.proposal_id or uuid4())
        await uow.notices.settle([replace(said, due=NOON + timedelta(weeks=1))], "a")
        assert await uow.notices.next_due() is None
        await uow.notices.put([said])
        assert await uow.notices.claim_due(NOON, "a", LEASE, 9) == [said]
