"""Delivery of the outbox: the one way out to every chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

from scheduling.messages import Platform
from scheduling.ports import (
    ChatGone,
    OutboxRow,
    Sender,
    TryLater,
    Undeliverable,
    UnitOfWorkFactory,
)
from scheduling.watching import FAILED, Kind, Stretch, watched

log = logging.getLogger(__name__)

LATER = "later"
"""The outcome of a delivery that will be tried again."""

BATCH = 20
TRIES = 50
"""A row at which a sender fails by its own fault so often can't be delivered."""

LONGEST_WAIT = timedelta(minutes=30)
"""Of our own accord; a platform that asks for a longer pause gets it."""


def machine_time() -> datetime:
    return datetime.now(UTC)


class Delivery:
    """Claims unsent rows, hands each to its platform's sender, and settles it.

    Only rows of the platforms it has a sender for: what it cannot send is another process's.
    Delivery is at least once: a crash between "sent" and "settled" repeats that one message.
    now: machine time. sleep: between two renewals of the lease on what is being sent.
    """

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        senders: Mapping[Platform, Sender],
        owner: str,
        lease: timedelta,
        now: Callable[[], datetime] = machine_time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._uow = uow
        self._senders = senders
        self._owner = owner
        self._lease = lease
        self._now = now
        self._sleep = sleep

    @property
    def platforms(self) -> frozenset[Platform]:
        """Those this process can send to."""
        return frozenset(self._senders)

    async def deliver_all(self) -> int:
        """Send until nothing is due; how many rows that were."""
        sent = 0
        while rows := await self._claim():
            async with self._holding(rows):
                await asyncio.gather(*(self._deliver(row) for row in rows))
            sent += len(rows)
        return sent

    async def _claim(self) -> list[OutboxRow]:
        async with self._uow() as uow:
            rows = await uow.outbox.claim(self._owner, self._lease, BATCH, self.platforms)
            if rows:
                await uow.commit()
            return rows

    @asynccontextmanager
    async def _holding(self, rows: Sequence[OutboxRow]) -> AsyncIterator[None]:
        """While inside, the lease is renewed: an upload may take longer than it lasts."""
        renewing = asyncio.create_task(self._keep_renewing(rows))
        try:
            yield
        finally:
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)

    async def _keep_renewing(self, rows: Sequence[OutboxRow]) -> None:
        while True:
            await self._sleep(self._lease.total_seconds() / 3)
            try:
                async with self._uow() as uow:
                    await uow.outbox.renew(rows, self._owner, self._lease)
                    await uow.commit()
            # The database may be away for a moment; sending goes on, and so do the tries.
            except Exception:
                log.warning("the lease on %d outbox rows could not be renewed", len(rows))

    async def _deliver(self, row: OutboxRow) -> None:
        platform = row.chat.address.platform
        with watched(Kind.DELIVERY, platform, _request(row), outbox=row.id.hex) as delivery:
            await self._send(row, delivery)

    async def _send(self, row: OutboxRow, delivery: Stretch) -> None:
        try:
            ref = await self._senders[row.chat.address.platform].send(row)
        # A laptop may be offline for days: passing trouble alone never loses a row.
        except TryLater as later:
            delivery.outcome = LATER
            await self._retry(row, max(later.after, _growing(row)))
        except ChatGone:
            delivery.outcome = FAILED
            await self._chat_is_gone(row)
        except Undeliverable as error:
            delivery.outcome = FAILED
            await self._give_up(row, str(error))
        # A sender's own bug must neither lose the row nor stop the others.
        except Exception:
            delivery.outcome = LATER
            log.exception("sending outbox row %s failed", row.id)
            await self._again(row, _growing(row))
        else:
            async with self._uow() as uow:
                await uow.outbox.settle(row, self._owner, ref)
                await uow.commit()

    async def _again(self, row: OutboxRow, after: timedelta) -> None:
        if row.attempts > TRIES:
            await self._give_up(row, f"{TRIES} tries failed")
        else:
            await self._retry(row, after)

    async def _retry(self, row: OutboxRow, after: timedelta) -> None:
        async with self._uow() as uow:
            await uow.outbox.retry(row, self._owner, self._now() + after)
            await uow.commit()

    async def _give_up(self, row: OutboxRow, reason: str) -> None:
        log.warning("outbox row %s can't be delivered: %s", row.id, reason)
        async with self._uow() as uow:
            await uow.outbox.give_up(row, self._owner, reason)
            await uow.commit()

    async def _chat_is_gone(self, row: OutboxRow) -> None:
        log.info("chat %s is gone", row.chat.id)
        async with self._uow() as uow:
            await uow.chats.set_state(row.chat.id, "gone")
            await uow.outbox.give_up(row, self._owner, "the chat is gone")
            await uow.commit()


def _request(row: OutboxRow) -> UUID | None:
    """What it answers: the key of an answer begins with its request (`Scene.say`); a reminder
    answers nothing."""
    try:
        return UUID(row.outgoing.key.partition(":")[0])
    except ValueError:
        return None


def _growing(row: OutboxRow) -> timedelta:
    """A second, then twice as long each time, up to the longest wait."""
    return min(timedelta(seconds=2 ** min(row.attempts - 1, 20)), LONGEST_WAIT)
