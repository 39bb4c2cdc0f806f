"""Delivery: in order, once, whatever the platform answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from bot.console import codec
from reminders.delivery import LONGEST_WAIT, TRIES, Delivery
from scheduling.family import Household
from scheduling.messages import Outgoing
from scheduling.ports import Chat, ChatGone, TryLater, Undeliverable
from scheduling.rows import OutboxRow
from storage.engine import Database, open_database
from tests.storage.samples import NOON, MachineClock

LEASE = timedelta(seconds=30)
SECOND = timedelta(seconds=1)


class Platform:
    """Takes messages, unless it has been told to refuse some."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.tried: list[str] = []
        self.refusals: dict[str, list[Exception]] = {}

    async def send(self, row: OutboxRow) -> str | None:
        text = row.outgoing.text
        self.tried.append(text)
        if self.refusals.get(text):
            raise self.refusals[text].pop(0)
        self.got.append(text)
        return f"ref of {text}"


class Post:
    """A family with two chats, and what is to be delivered to them."""

    def __init__(self, database: Database, clock: MachineClock) -> None:
        self.database = database
        self.clock = clock
        self.platform = Platform()
        self.family = Household(uuid4(), "Rivera", "Europe/Berlin")
        self.chats = [Chat(uuid4(), self.family.id, codec.chat(name)) for name in ("one", "two")]

    async def write(self) -> None:
        async with self.database.uow() as uow:
            await uow.households.add(self.family)
            for chat in self.chats:
                await uow.chats.add(chat)
            await uow.commit()

    def process(self, owner: str = "a") -> Delivery:
        senders = {"console": self.platform}
        return Delivery(self.database.uow, senders, owner, LEASE, self.clock)

    async def put(self, *texts: str, chat: int = 0, card: str | None = None) -> None:
        async with self.database.uow() as uow:
            for text in texts:
                message = Outgoing(text, self.chats[chat].id, text, card=card)
                await uow.outbox.add(self.family.id, message)
            await uow.commit()

    async def state(self, text: str) -> str:
        asked = sa.text("SELECT state FROM outbox WHERE key = :key")
        async with self.database.reading.connect() as connection:
            found: str = (await connection.execute(asked, {"key": text})).scalar_one()
            return found

    async def next_retry(self) -> datetime | None:
        async with self.database.reader() as uow:
            return await uow.outbox.next_retry()


@pytest.fixture
async def post(database_url: str) -> AsyncIterator[Post]:
    clock = MachineClock()
    database = open_database(database_url, now=clock)
    opened = Post(database, clock)
    await opened.write()
    yield opened
    await database.close()


async def test_each_chat_s_messages_arrive_in_order(post: Post) -> None:
    texts = [f"{number:02}" for number in range(30)]
    await post.put(*texts)
    await post.put("x", "y", chat=1)
    assert await post.process().deliver_all() == 32
    assert [t for t in post.platform.got if t.isdigit()] == texts
    assert await post.process().deliver_all() == 0


async def test_what_has_to_wait_holds_what_comes_after_it_in_its_chat_only(post: Post) -> None:
    await post.put("1", "2", "3")
    await post.put("x", chat=1)
    post.platform.refusals = {"2": [TryLater(7 * SECOND), TryLater(7 * SECOND)]}
    await post.process().deliver_all()
    assert sorted(post.platform.got) == ["1", "x"]
    assert await post.next_retry() == NOON + 7 * SECOND
    post.clock.pass_by(7 * SECOND)
    await post.process().deliver_all()
    post.clock.pass_by(7 * SECOND - SECOND)
    assert await post.process().deliver_all() == 0
    post.clock.pass_by(SECOND)
    await post.process().deliver_all()
    assert [t for t in post.platform.got if t != "x"] == ["1", "2", "3"]


async def test_a_pause_that_the_platform_asks_for_is_kept_however_long(post: Post) -> None:
    await post.put("1")
    post.platform.refusals = {"1": [TryLater(timedelta(days=3))]}
    await post.process().deliver_all()
    assert await post.next_retry() == NOON + timedelta(days=3)


async def test_what_can_never_be_delivered_lets_the_next_one_pass(post: Post) -> None:
    await post.put("1", "2")
    post.platform.refusals = {"1": [Undeliverable("too long")]}
    await post.process().deliver_all()
    assert post.platform.got == ["2"]
    assert await post.state("1") == "given_up"


async def test_a_chat_that_is_gone_is_left_alone(post: Post) -> None:
    await post.put("1", "2", "3")
    await post.put("x", chat=1)
    post.platform.refusals = {"1": [ChatGone()]}
    await post.process().deliver_all()
    await post.process().deliver_all()
    assert post.platform.tried.count("1") == 1
    assert (post.platform.got, await post.next_retry()) == (["x"], None)
    async with post.database.reader() as uow:
        states = {c.address.external_id: c.state for c in await uow.chats.of_household(_id(post))}
    assert states == {"one": "gone", "two": "active"}


def _id(post: Post) -> UUID:
    return post.family.id


async def test_a_sender_s_own_fault_loses_nothing_and_stops_nobody(post: Post) -> None:
    await post.put("1")
    await post.put("x", chat=1)
    post.platform.refusals = {"1": [ValueError("a bug"), ValueError("a bug")]}
    waits = []
    while await post.process().deliver_all():
        retry = await post.next_retry()
        if retry is not None:
            waits.append(retry - post.clock())
            post.clock.moment = retry
    assert post.platform.got == ["x", "1"]
    assert waits == sorted(waits)
    assert len(waits) == 2


async def test_passing_trouble_loses_nothing_and_is_met_less_and_less_often(post: Post) -> None:
    await post.put("1")
    post.platform.refusals = {"1": [TryLater(SECOND) for _ in range(TRIES * 2)]}
    waits = []
    while (retry := await post.next_retry()) is not None:
        waits.append(retry - post.clock())
        post.clock.moment = retry
        await post.process().deliver_all()
    assert post.platform.got == ["1"]
    assert (waits[1], waits[2], waits[-1]) == (SECOND, 2 * SECOND, LONGEST_WAIT)
    assert waits == sorted(waits)


async def test_after_many_tries_it_is_given_up(post: Post) -> None:
    await post.put("1", "2")
    post.platform.refusals = {"1": [ValueError("a bug") for _ in range(TRIES + 9)]}
    while (retry := await post.next_retry()) is not None:
        post.clock.moment = retry
        await post.process().deliver_all()
    assert post.platform.tried.count("1") == TRIES + 1
    assert post.platform.got == ["2"]


async def test_the_row_of_a_dead_process_comes_back_when_its_lease_ends(post: Post) -> None:
    await post.put("1", "2")
    async with post.database.uow() as uow:
        (taken,) = await uow.outbox.claim("dead", LEASE, 9)
        await uow.commit()
    assert taken.outgoing.text == "1"
    assert await post.process("b").deliver_all() == 0
    assert await post.next_retry() == NOON + LEASE
    post.clock.pass_by(LEASE)
    assert await post.process("b").deliver_all() == 2
    assert post.platform.got == ["1", "2"]


async def test_a_platform_this_process_does_not_serve_waits_for_one_that_does(post: Post) -> None:
    await post.put("1")
    telegram = {"telegram": post.platform}
    elsewhere = Delivery(post.database.uow, telegram, "other", LEASE, post.clock)
    assert await elsewhere.deliver_all() == 0
    async with post.database.reader() as uow:
        assert await uow.outbox.next_retry(elsewhere.platforms) is None, (
            "it has nothing to wait for"
        )
    assert await post.next_retry() == NOON, "nobody has touched it"
    await post.process().deliver_all()
    assert post.platform.got == ["1"]


class Slow(Platform):
    """Takes far longer to send than a lease lasts; meanwhile something else happens."""

    def __init__(
        self, meanwhile: Callable[[], Awaitable[object]], until: asyncio.Event | None = None
    ) -> None:
        super().__init__()
        self._meanwhile = meanwhile
        self._until = until

    async def send(self, row: OutboxRow) -> str | None:
        if self._until is not None:
            await self._until.wait()
        await self._meanwhile()
        return await super().send(row)


async def test_what_takes_long_to_send_is_sent_by_nobody_else_meanwhile(post: Post) -> None:
    await post.put("1")
    other, long_after = post.process("b"), asyncio.Event()

    async def nap(seconds: float) -> None:
        post.clock.pass_by(timedelta(seconds=seconds))
        if post.clock() > NOON + 3 * LEASE:
            long_after.set()
        await asyncio.sleep(0)

    post.platform = Slow(other.deliver_all, long_after)
    senders = {"console": post.platform}
    delivery = Delivery(post.database.uow, senders, "a", LEASE, post.clock, nap)
    await delivery.deliver_all()
    assert post.platform.got == ["1"]
    assert await post.state("1") == "sent"


@pytest.mark.parametrize("end", [None, TryLater(SECOND), Undeliverable("no"), ValueError("a bug")])
async def test_a_row_that_another_process_has_taken_over_is_left_to_it(
    post: Post, end: Exception | None
) -> None:
    await post.put("1")
    taken: list[OutboxRow] = []

    async def take_over() -> None:
        post.clock.pass_by(LEASE)
        async with post.database.uow() as uow:
            taken.extend(await uow.outbox.claim("b", LEASE, 9))
            await uow.commit()

    post.platform = Slow(take_over)
    post.platform.refusals = {"1": [end]} if end else {}
    await post.process("a").deliver_all()
    assert [row.outgoing.text for row in taken] == ["1"]
    assert await post.state("1") == "waiting", "b has it, and says what comes of it"
    async with post.database.uow() as uow:
        assert await uow.outbox.claim("c", LEASE, 9) == []
        await uow.outbox.settle(taken[0], "b", "70")
        await uow.commit()
    assert await post.state("1") == "sent"


async def test_a_card_is_edited_where_it_stands(post: Post) -> None:
    seen: list[str | None] = []

    class Noting(Platform):
        async def send(self, row: OutboxRow) -> str | None:
            seen.append(row.message_ref)
            return await super().send(row)

    post.platform = Noting()
    await post.put("1", "2", card="the card")
    await post.process().deliver_all()
    assert seen == [None, "ref of 1"]
