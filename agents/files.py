"""Files that come with messages: fetched from their platform, and read on a thread."""

from __future__ import annotations

import asyncio

from agents.actions.commands import Surroundings
from scheduling.errors import LimitExceeded
from scheduling.imports import CalendarFile
from scheduling.messages import FILE_TOO_LARGE, LARGEST_FILE, FileKind, FileRef
from scheduling.ports import InboxRow, UnitOfWorkFactory

_UNREAD: dict[FileKind, str] = {
    "image": "I can't read pictures yet.",
    "audio": "I can't listen to voice messages yet.",
    "pdf": "I can't read PDF files yet.",
}
_INSTEAD = "Write it as you would say it, or send a calendar file (.ics)."


def unread_file(file: FileRef) -> str:
    """What is said to a file of a kind that nothing reads."""
    return f"{_UNREAD.get(file.kind, 'I can not read that kind of file.')} {_INSTEAD}"


async def fetch_calendar(
    file: FileRef, row: InboxRow, read: UnitOfWorkFactory, around: Surroundings
) -> CalendarFile:
    """Raises the family's errors for what is too large, gone, or no calendar."""
    if file.size > LARGEST_FILE:
        raise LimitExceeded(FILE_TOO_LARGE)
    content = await around.fetch(row.inbound.chat, file)
    async with read() as uow:
        zone = (await uow.households.get(row.household_id)).timezone
    return await asyncio.to_thread(around.read_calendar, content, file.name, zone)
