"""What is over is forgotten after a while, a few rows at a time.

Any number of processes may be at it: whatever one of them has removed, the others do not find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from agents.threads import Threads
from bot.settings import Settings
from scheduling.keeping import Entry, Heap, Log
from scheduling.ports import UnitOfWorkFactory
from storage.checkpoints import Checkpoints

PAGE = 500


@dataclass(frozen=True, slots=True)
class Periods:
    """Days; 0 = for ever. questions: of clashes and what was asked about them. moved: finished
    threads go to an archive, which is waited for."""

    inbox: int
    outbox: int
    audit: int
    questions: int
    moved: bool = False


def periods_of(settings: Settings) -> Periods:
    return Periods(
        settings.inbox_keep_days,
        settings.outbox_keep_days,
        settings.audit_keep_days,
        settings.conflicts_keep_days,
        bool(settings.archive_url),
    )


class Retention:
    def __init__(
        self, uow: UnitOfWorkFactory, checkpoints: Checkpoints, threads: Threads, periods: Periods
    ) -> None:
        self._uow = uow
        self._checkpoints = checkpoints
        self._threads = threads
        self._periods = periods

    async def run(self, now: datetime) -> Counter[str]:
        """How many rows of what went."""
        logs: dict[Log, int] = {
            "inbox": self._periods.inbox,
            "outbox": self._periods.outbox,
            "audit": self._periods.audit,
        }
        # Chats last: only when nothing names them any more.
        heaps: dict[Heap, int] = {
            "conflicts": self._periods.questions,
            "proposals": self._periods.questions,
            "notices": self._periods.outbox,
            "chats": self._periods.inbox,
        }
        gone = Counter[str]()
        for log, days in logs.items():
            if days:
                gone[log] = await self._log(log, now - timedelta(days=days))
        for heap, days in heaps.items():
            if days:
                gone[heap] = await self._heap(heap, now - timedelta(days=days))
        return gone

    async def _log(self, log: Log, before: datetime) -> int:
        """From its beginning to the first page that is all newer: rows lie in order of time."""
        gone = beyond = 0
        while True:
            async with self._uow() as uow:
                page = await uow.keeping.entries(log, beyond, PAGE)
            old = [entry for entry in page if entry.at < before]
            if not old:
                return gone
            over = [entry for entry in old if not entry.waits]
            ids = await self._without_thread(over) if log == "inbox" else [e.id for e in over]
            async with self._uow() as uow:
                await uow.keeping.drop(log, ids)
                await uow.commit()
            gone, beyond = gone + len(ids), page[-1].seq

    async def _without_thread(self, over: Sequence[Entry]) -> list[UUID]:
        """Those that no thread needs any more. A thread is known as its family's by the message
        that began it, so it goes first: into the archive or, where there is none, for good."""
        known = await self._checkpoints.known([entry.id.hex for entry in over])
        gone = [entry.id for entry in over if entry.id.hex not in known]
        if self._periods.moved:
            return gone
        async with self._uow() as uow:
            standing = await uow.keeping.standing(sorted(known))
        for entry in over:
            thread, stands = entry.id.hex, standing.get(entry.id.hex)
            if stands is None or stands.busy or await self._threads.waits(thread):
                continue
            await self._checkpoints.delete(thread)
            gone.append(entry.id)
        return gone

    async def _heap(self, heap: Heap, before: datetime) -> int:
        gone = 0
        while True:
            async with self._uow() as uow:
                number = await uow.keeping.drop_settled(heap, before, PAGE)
                await uow.commit()
            gone += number
            if number < PAGE:
                return gone
