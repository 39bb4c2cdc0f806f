"""To whom a reminder goes: the chat that asked, or the one person it is for."""

from __future__ import annotations

from uuid import UUID

from reminders.due import Due
from scheduling.events import Occurrence


async def chats_for(due: Due, occurrence: Occurrence) -> list[UUID]:
    """What one person asked to be reminded of, or asked for in private, goes to their private
    chat, where they were last active; anything else to the chat that asked."""
    own = await _own_chat(due, occurrence)
    return [own] if own is not None else await due.chats()


async def _own_chat(due: Due, occurrence: Occurrence) -> UUID | None:
    people = set(occurrence.people)
    if len(people) != 1:
        return None
    asked_in = await due.asked_in()
    in_private = asked_in is not None and asked_in.address.private
    if not occurrence.reminder_only and not in_private:
        return None
    theirs = await due.uow.chats.private_of(due.household.id, people.pop())
    if not occurrence.reminder_only and due.notice.chat_id not in [c.id for c in theirs]:
        return None
    return next((c.id for c in theirs if c.state == "active"), None)
