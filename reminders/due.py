"""One notice that has fallen due: what it says, and when it falls due again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from reminders.missed import Missed, tell_missed
from reminders.words import late_words
from scheduling.family import Household
from scheduling.messages import Button, ChatAddress, Outgoing
from scheduling.notices import Notice, NoticeState
from scheduling.ports import Chat, UnitOfWork
from scheduling.speech import speak


@dataclass(frozen=True, slots=True)
class Batch:
    """What the notices that fall due together share, and what is written once they are done.

    said: with the family it is said to. told: the rows of what has been said. missed: what came
    too late, of each family, with its language. chats: of each family, as far as they have been
    read.
    """

    said: list[tuple[UUID, Outgoing]] = field(default_factory=list)
    told: list[Notice] = field(default_factory=list)
    missed: dict[UUID, tuple[str, list[Missed]]] = field(default_factory=dict)
    chats: dict[UUID, list[Chat]] = field(default_factory=dict)

    async def write(self, uow: UnitOfWork) -> None:
        await uow.outbox.add_all(self.said)
        for language, found in self.missed.values():
            speak(language)
            await tell_missed(uow, found)
        await uow.notices.put(self.told)


@dataclass(frozen=True, slots=True)
class Due:
    """A notice that is due now, in its family, within one transaction."""

    uow: UnitOfWork
    household: Household
    notice: Notice
    now: datetime
    batch: Batch

    @property
    def settled(self) -> Notice:
        """The notice once it has been said for the last time."""
        return replace(self.notice, state=NoticeState.SENT)

    @property
    def dropped(self) -> Notice:
        return replace(self.notice, state=NoticeState.DROPPED)

    def worded(self, text: str) -> str:
        """The text, with a word that it is late where it is."""
        late = late_words(self.household, self.notice.due, self.now)
        return f"{text}\n{late}" if late else text

    async def miss(self, doing: str, what: str, chats: Sequence[UUID] | None = None) -> None:
        """It is of no use any more; that it was missed is told where it would have been said.
        chats: where, if not where everything of its kind is."""
        language = self.household.settings.language
        _, missed = self.batch.missed.setdefault(self.household.id, (language, []))
        for chat in await self.chats() if chats is None else chats:
            missed.append(Missed(self.notice, chat, doing, what))

    async def say(
        self,
        text: str,
        *,
        heading: str = "",
        buttons: tuple[tuple[Button, ...], ...] = (),
        card: str | None = None,
        chat_id: UUID | None = None,
        under: str | None = None,
    ) -> None:
        """Keyed by notice and due time: said once, whatever happens in between. under: the card
        that it points at, where that stands in the chat."""
        outbox, ours = self.uow.outbox, self.household.id
        for chat in [chat_id] if chat_id else await self.chats():
            reply_to = await outbox.message_ref(ours, chat, under) if under else None
            key = f"{self.notice.id.hex}:{self.notice.due.isoformat()}:{chat.hex}"
            language = self.household.settings.language
            outgoing = Outgoing(
                key, chat, text, heading, buttons, card, reply_to, language=language
            )
            self.batch.said.append((ours, outgoing))

    async def chats(self) -> list[UUID]:
        """The chat that asked, while it is there and this family's; else the family's shared
        chats, or, where it has none, its private ones; of each place its main chat. What was
        asked in private is told to no group."""
        asked_in = await self.asked_in()
        if asked_in is not None and asked_in.state == "active":
            return [asked_in.id]
        if asked_in is not None and asked_in.address.private:
            return []
        live = [c for c in await self._chats_of_family() if c.state == "active"]
        groups = [c for c in live if not c.address.private]
        return [c.id for c in _main(groups or live)]

    async def asked_in(self) -> Chat | None:
        """The chat that asked, gone or not, if it is this family's."""
        ours = await self._chats_of_family()
        return next((c for c in ours if c.id == self.notice.chat_id), None)

    async def _chats_of_family(self) -> list[Chat]:
        known = self.batch.chats
        if self.household.id not in known:
            known[self.household.id] = await self.uow.chats.of_household(self.household.id)
        return known[self.household.id]


def _main(live: Sequence[Chat]) -> list[Chat]:
    """One chat of each place, the one the family began in: neither the topics of a group nor
    the channels of a workspace are told the same thing again. live: by age."""
    mains: dict[tuple[str, str], Chat] = {}
    for chat in sorted(live, key=lambda c: c.address.topic is not None):
        mains.setdefault(_place(chat.address), chat)
    return list(mains.values())


def _place(address: ChatAddress) -> tuple[str, str]:
    """What people see as one: a group, a workspace, or somebody's private chat."""
    shared = None if address.private else address.space
    return address.platform, shared or address.external_id
