"""Moving the threads of finished requests out of the database, into the archive.

Any number of processes may be at it, and any of them may be killed anywhere: an object is written
once and read back before its thread is deleted, and the next run finds the same bytes there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from agents.threads import Threads
from scheduling.archive import Archive, ArchiveClash, ArchiveError, object_name
from scheduling.errors import NotFound
from scheduling.keeping import Standing
from scheduling.ports import UnitOfWorkFactory
from storage.checkpoints import Checkpoints
from storage.thread_documents import document_of

log = logging.getLogger(__name__)

PAGE = 100


@dataclass(frozen=True, slots=True)
class Archived:
    """moved: threads that are in the archive now. waiting: left where they are, since something
    of them waits. clashed: left too, for the archive holds other bytes under their name. cleared:
    of families that were deleted, and so deleted too."""

    moved: int = 0
    waiting: int = 0
    clashed: int = 0
    cleared: int = 0

    def __add__(self, other: Archived) -> Archived:
        return Archived(
            self.moved + other.moved,
            self.waiting + other.waiting,
            self.clashed + other.clashed,
            self.cleared + other.cleared,
        )


class Archiving:
    def __init__(
        self, archive: Archive, checkpoints: Checkpoints, threads: Threads, read: UnitOfWorkFactory
    ) -> None:
        self._archive = archive
        self._checkpoints = checkpoints
        self._threads = threads
        self._read = read

    async def run(
        self, before: datetime, told: Callable[[Archived], None] = lambda done: None
    ) -> Archived:
        """Archive every thread at which nobody has been since `before` (machine time) and of
        which nothing waits. told: after each page, what has been done. Raises ArchiveError where
        the archive cannot be used; what was not moved stays."""
        done, beyond = Archived(), ""
        while page := await self._checkpoints.idle(before, beyond, PAGE):
            beyond = page[-1][1]
            ids = [thread_id for thread_id, _ in page]
            async with self._read() as uow:
                standing = await uow.keeping.standing(ids)
            for thread_id in ids:
                done += await self._one(thread_id, standing.get(thread_id))
            told(done)
        return done

    async def _one(self, thread_id: str, standing: Standing | None) -> Archived:
        if standing is None:
            await self._checkpoints.delete(thread_id)
            return Archived(cleared=1)
        if standing.busy or await self._threads.waits(thread_id):
            return Archived(waiting=1)
        await self._checkpoints.prune(thread_id)
        content = await document_of(self._checkpoints, thread_id, standing.household_id)
        if content is None:
            return Archived()
        name = object_name(standing.household_id, thread_id)
        try:
            await self._archive.put(name, content)
        except ArchiveClash as error:
            log.error("thread %s stays in the database: %s", thread_id, error)
            return Archived(clashed=1)
        if await self._archive.get(name) != content:
            raise ArchiveError("What was written to the archive does not come back the same.")
        await self._checkpoints.delete(thread_id)
        if await self._forgotten(standing.household_id):
            await self._archive.delete(name)
            return Archived(cleared=1)
        return Archived(moved=1)

    async def _forgotten(self, household_id: UUID) -> bool:
        """Whether the family was deleted meanwhile: it empties the archive once more after its
        rows, and what was written later than that is ours to take back."""
        async with self._read() as uow:
            try:
                await uow.households.get(household_id)
            except NotFound:
                return True
            return False
