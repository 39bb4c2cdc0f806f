"""Bringing archived threads back into the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from scheduling.archive import Archive, family_prefix, object_name
from scheduling.errors import NotFound
from storage.checkpoints import Checkpoints
from storage.thread_documents import UnreadableDocument, restore_document


@dataclass(frozen=True, slots=True)
class Restored:
    """there: those whose thread is in the database anyway; it was left as it is."""

    restored: int
    there: int
    unreadable: tuple[str, ...]


async def restore(
    archive: Archive,
    checkpoints: Checkpoints,
    household_id: UUID,
    thread_id: str | None = None,
    told: Callable[[], None] = lambda: None,
) -> Restored:
    """All threads of a family, or one. The archive keeps them too. told: after each.

    Raises NotFound where the archive has none, and ArchiveError."""
    if thread_id is None:
        names = list(await archive.names(family_prefix(household_id)))
    else:
        names = [object_name(household_id, thread_id)]
    restored = there = found = 0
    unreadable: list[str] = []
    for name in names:
        content = await archive.get(name)
        if content is None:
            continue
        found += 1
        try:
            if await restore_document(checkpoints, content):
                restored += 1
            else:
                there += 1
        except UnreadableDocument:
            unreadable.append(name)
        told()
    if not found:
        raise NotFound("The archive has nothing of that.")
    return Restored(restored, there, tuple(unreadable))
