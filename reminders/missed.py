"""What came too late to be of use: told in one line, never dropped in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from scheduling.messages import Outgoing
from scheduling.notices import Notice
from scheduling.phrasing import and_list
from scheduling.ports import UnitOfWork
from scheduling.speech import tr


@dataclass(frozen=True, slots=True)
class Missed:
    """One thing that was to be said in `chat`. doing, what: "reminding you of", "dentist (…)"."""

    notice: Notice
    chat: UUID
    doing: str
    what: str


async def tell_missed(uow: UnitOfWork, found: Sequence[Missed]) -> None:
    """One line in each chat concerned, for all that was missed there."""
    by_chat: dict[UUID, list[Missed]] = {}
    for one in found:
        by_chat.setdefault(one.chat, []).append(one)
    for chat, missed in by_chat.items():
        first = missed[0].notice
        key = f"missed:{first.id.hex}:{first.due.isoformat()}:{chat.hex}"
        await uow.outbox.add(first.household_id, Outgoing(key, chat, in_one_line(missed)))


def in_one_line(missed: Sequence[Missed]) -> str:
    """ "While I was away I missed reminding you of a and b; sending you c." """
    done: dict[str, list[str]] = {}
    for one in missed:
        whats = done.setdefault(one.doing, [])
        whats += [one.what] if one.what not in whats else []
    told = [f"{doing} {and_list(whats)}" for doing, whats in done.items()]
    return tr("While I was away I missed {told}.", told="; ".join(told))
