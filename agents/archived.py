"""A family's own in the archive: shown to it, and taken out when it goes.

The archive is another machine's, so nothing here is called within a transaction.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import UUID

from scheduling.archive import Archive, ArchiveError, family_prefix, readable
from scheduling.errors import Away
from scheduling.speech import tr

OpenArchive = Callable[[], Archive | None]
"""The archive, if there is one. Raises ArchiveError."""


async def archived_requests(open_archive: OpenArchive, household_id: UUID) -> list[dict[str, Any]]:
    """What people can read of the family's requests there. Raises Away."""
    try:
        return [readable(content) async for _, content in _documents(open_archive(), household_id)]
    except ArchiveError as error:
        raise Away(
            tr("I cannot reach the archive of older requests. Please try again in a few minutes.")
        ) from error


async def forget_archived(
    open_archive: OpenArchive, household_id: UUID, member_id: UUID | None = None
) -> None:
    """Take out all that the family has there, or what that person has asked for. Safe to repeat.
    Raises Away; some of it may be gone then."""
    try:
        archive = open_archive()
        async for name, content in _documents(archive, household_id):
            if archive and (member_id is None or _asked_by(member_id, content)):
                await archive.delete(name)
    except ArchiveError as error:
        raise Away(
            tr(
                "I cannot reach the archive of older requests, so not everything is deleted yet. "
                "Please try again in a few minutes."
            )
        ) from error


async def _documents(
    archive: Archive | None, household_id: UUID
) -> AsyncIterator[tuple[str, bytes]]:
    if archive is None:
        return
    for name in await archive.names(family_prefix(household_id)):
        content = await archive.get(name)
        if content is not None:
            yield name, content


def _asked_by(member_id: UUID, content: bytes) -> bool:
    request = readable(content).get("request")
    return isinstance(request, dict) and request.get("member_id") == str(member_id)
