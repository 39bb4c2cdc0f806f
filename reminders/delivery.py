"""Delivery of the outbox: the one way out to every chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from scheduling.messages import Platform
from scheduling.ports import (
    ChatGone,
    OutboxRow,
    Sender,
    TryLater,
    Undeliverable,
    UnitOfWorkFactory,
)

log = logging.getLogger(__name__)

BATCH = 20
TRIES = 50
"""A row at which a sender fails by its own fault so often can't be delivered."""

LONGEST_WAIT = timedelta(minutes=30)


def machine_time() -> datetime:
    return datetime.now(UTC)


class Delivery:
    """Claims unsent rows, hands each to its platform's sender, and settles it.

    Delivery is at least once: a crash between "sent" and "settled" repeats that one message.
    """

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        senders: Mapping[Platform, Sender],
        owner: str,
        lease: timedelta,
        now: Callable[[], datetime] = machine_time,
    ) -> None:
        self._uow = uow
        self._senders = senders
        self._owner = owner
        self._lease = lease
        self._now = now

    async def deliver_all(self) -> int:
        """Send until nothing is due; how many rows that were."""
        sent = 0
        while rows := await self._claim():
            await asyncio.gather(*(self._deliver(row) for row in rows))
            sent += len(rows)
        return sent

    async def _claim(self) -> list[OutboxRow]:
        async with self._uow() as uow:
            rows = await uow.outbox.claim(self._owner, self._lease, BATCH)
            if rows:
                await uow.commit()
            return rows

    async def _deliver(self, row: OutboxRow) -> None:
        sender = self._senders.get(row.chat.address.platform)
        if sender is None:
            await self._retry(row, LONGEST_WAIT)
            return
        try:
            ref = await sender.send(row)
        # A laptop may be offline for days: passing trouble alone never loses a row.
        except TryLater as later:
            await self._retry(row, max(later.after, _growing(row)))
        except ChatGone:
            await self._chat_is_gone(row)
        except Undeliverable as error:
            await self._give_up(row, str(error))
        # A sender's own bug must neither lose the row nor stop the others.
        except Exception:
            log.exception("sending outbox row %s failed", row.id)
            await self._again(row, _growing(row))
        else:
            async with self._uow() as uow:
                await uow.outbox.settle(row.id, ref)
                await uow.commit()

    async def _again(self, row: OutboxRow, after: timedelta) -> None:
        if row.attempts > TRIES:
            await self._give_up(row, f"{TRIES} tries failed")
        else:
            await self._retry(row, after)

    async def _retry(self, row: OutboxRow, after: timedelta) -> None:
        async with self._uow() as uow:
            await uow.outbox.retry(row.id, self._now() + min(after, LONGEST_WAIT))
            await uow.commit()

    async def _give_up(self, row: OutboxRow, reason: str) -> None:
        log.warning("outbox row %s can't be delivered: %s", row.id, reason)
        async with self._uow() as uow:
            await uow.outbox.give_up(row.id, reason)
            await uow.commit()

    async def _chat_is_gone(self, row: OutboxRow) -> None:
        log.info("chat %s is gone", row.chat.id)
        async with self._uow() as uow:
            await uow.chats.set_state(row.chat.id, "gone")
            await uow.outbox.give_up(row.id, "the chat is gone")
            await uow.commit()


def _growing(row: OutboxRow) -> timedelta:
    """A second, then twice as long each time, up to the longest wait."""
    return min(timedelta(seconds=2 ** min(row.attempts - 1, 20)), LONGEST_WAIT)
