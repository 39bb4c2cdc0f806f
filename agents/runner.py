"""Drains the inbox: one chat at a time, in order, under that chat's lease."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, suppress
from datetime import timedelta
from time import monotonic
from uuid import UUID

from agents.turns import FAULT, TRIES, Turns
from scheduling.ports import InboxRow, UnitOfWork, UnitOfWorkFactory
from scheduling.tasks import task_id
from scheduling.watching import FAILED, Kind, Stretch, watched

log = logging.getLogger(__name__)


CUT_SHORT = "cut_short"
"""The outcome of a turn that the database's absence ended: it is done again."""


class Drain:
    """The lease on chats, and the hand-over from one row to the next."""

    def __init__(self, owner: str, lease: timedelta) -> None:
        self.owner = owner
        self.lease = lease

    async def conclude(self, uow: UnitOfWork, row: InboxRow) -> InboxRow | None:
        """Finish a row; the chat's next one, or None after giving the chat back."""
        await uow.inbox.finish(row.id, failed=row.attempts > TRIES)
        if await uow.inbox.release_chat(row.chat_id, self.owner):
            return None
        return await uow.inbox.next_of_chat(row.chat_id, self.owner)

    async def claim(self, uow: UnitOfWork, chat_id: UUID) -> InboxRow | None:
        """Take the chat, if nobody holds it, and its oldest unfinished row."""
        if not await uow.inbox.claim_chat(chat_id, self.owner, self.lease):
            return None
        row = await uow.inbox.next_of_chat(chat_id, self.owner)
        if row is None:
            await uow.inbox.release_chat(chat_id, self.owner)
        return row


class Runner:
    """Any number of processes may run one. told: called after each turn, to wake the sender.
    is_passing: whether an error is the database's, which was away."""

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        read: UnitOfWorkFactory,
        turns: Turns,
        drain: Drain,
        told: Callable[[], None],
        is_passing: Callable[[BaseException], bool] = lambda error: False,
    ) -> None:
        self._uow = uow
        self._read = read
        self._turns = turns
        self._drain = drain
        self._told = told
        self._is_passing = is_passing
        self._busy: set[UUID] = set()
        self._running: set[asyncio.Task[None]] = set()
        self._handed: list[tuple[InboxRow, float]] = []

    def hand_over(self, row: InboxRow) -> None:
        """A row whose chat was claimed together with recording it: the next look begins there."""
        self._handed.append((row, monotonic()))

    @property
    def has_work(self) -> bool:
        """Whether a row was handed over and not begun."""
        return bool(self._handed)

    async def drain_all(self, within: float | None = None) -> bool:
        """Drain every chat that has work and is not held elsewhere; whether there was any.

        within: seconds after which a chat that takes longer (a model thinks) goes on by itself,
        so that no other family waits for it; None = until all are done.
        """
        begun = await self._begin()
        waited_for = self._running if within is None else begun
        if waited_for:
            await asyncio.wait(waited_for, timeout=within)
        done = {task for task in self._running if task.done()}
        self._running -= done
        for task in done:
            task.result()
        return bool(begun)

    async def _begin(self) -> set[asyncio.Task[None]]:
        handed, self._handed = self._handed, []
        turns = [self._drain_handed(row, since) for row, since in handed]
        if not handed:
            turns = [self.drain(c) for c in await self._waiting() if c not in self._busy]
        begun = {asyncio.create_task(turn) for turn in turns}
        self._running |= begun
        return begun

    async def stop(self) -> None:
        """Let go of chats that are still being worked on; their rows come back by themselves."""
        running, self._running = self._running, set()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _waiting(self) -> list[UUID]:
        async with self._read() as uow:
            return await uow.inbox.waiting_chats()

    async def drain(self, chat_id: UUID) -> None:
        """Take the chat's rows in order until there are none, holding its lease."""
        async with self._uow() as uow:
            row = await self._drain.claim(uow, chat_id)
            await uow.commit()
        if row is not None:
            await self._drain_from(row)

    async def _drain_handed(self, first: InboxRow, since: float) -> None:
        """A row that lay too long may be another's by now: then it is left to that one."""
        if monotonic() - since < self._renew_every or await self._renew(first.chat_id):
            await self._drain_from(first)

    async def _drain_from(self, first: InboxRow) -> None:
        self._busy.add(first.chat_id)
        try:
            async with self._holding(first.chat_id):
                row: InboxRow | None = first
                while row is not None:
                    row = await self._take(row)
                    self._told()
        finally:
            self._busy.discard(first.chat_id)

    async def _take(self, row: InboxRow) -> InboxRow | None:
        with _turn(row) as turn:
            return await self._try(row, turn)

    async def _try(self, row: InboxRow, turn: Stretch) -> InboxRow | None:
        try:
            return await self._turns.take(row)
        # Whatever goes wrong in one turn must not stop the chat: the row is tried again
        # and put aside after a few tries, with a word to its writer.
        except Exception as error:
            passing = self._is_passing(error)
            turn.outcome = CUT_SHORT if passing else FAILED
            if passing:
                log.warning("turn of inbox row %s was cut short (%s)", row.id, type(error).__name__)
            else:
                log.exception("turn of inbox row %s failed (%d)", row.id, row.attempts)
            async with self._uow() as uow:
                if not passing:
                    await uow.inbox.blame(row.id, FAULT)
                again = await uow.inbox.next_of_chat(row.chat_id, self._drain.owner)
                await uow.commit()
            return again

    @asynccontextmanager
    async def _holding(self, chat_id: UUID) -> AsyncIterator[None]:
        """Keep the lease alive however many rows there are and however long each takes."""
        keeper = asyncio.create_task(self._keep(chat_id))
        try:
            yield
        finally:
            keeper.cancel()
            with suppress(asyncio.CancelledError):
                await keeper

    async def _keep(self, chat_id: UUID) -> None:
        while True:
            await asyncio.sleep(self._renew_every)
            try:
                await self._renew(chat_id)
            # The database may be away for a moment; the turn goes on, and so do the tries.
            except Exception:
                log.warning("the lease on chat %s could not be renewed", chat_id)

    async def _renew(self, chat_id: UUID) -> bool:
        async with self._uow() as uow:
            ours = await uow.inbox.renew_chat(chat_id, self._drain.owner, self._drain.lease)
            await uow.commit()
            return ours

    @property
    def _renew_every(self) -> float:
        return self._drain.lease.total_seconds() / 3


def _turn(row: InboxRow) -> AbstractContextManager[Stretch]:
    return watched(
        Kind.TURN,
        row.inbound.kind,
        row.id,
        task_id=task_id(row.id, row.inbound),
        household=row.household_id.hex,
        user_id=row.member_id.hex if row.member_id else None,
        caller=row.inbound.trace,
    )
