"""Where an action takes place: which family, which chat, who asks, and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from scheduling.approvals import deciders
from scheduling.errors import NotAllowed
from scheduling.events import Occurrence
from scheduling.family import Household, Member, Role
from scheduling.messages import Attachment, Button, EventFacts, Outgoing, Section
from scheduling.ports import UnitOfWork
from scheduling.span import Span
from scheduling.speech import tr


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything an action needs to know, for one inbox row in one transaction.

    request_id: the inbox row. Ids and effect keys are derived from it, so that a replay after
    a crash makes the same ones and writes nothing twice. now: family time, UTC.
    reply_to: the platform's id of the message being answered. account: the asker's.
    is_locked: the family was read under its own lock. author: whose words were shown to us, where
    that was somebody of the family. told_zone: the zone the asker's platform tells of them.
    """

    uow: UnitOfWork
    household: Household
    chat_id: UUID
    member: Member | None
    now: datetime
    request_id: UUID
    reply_to: str | None = None
    account: str | None = None
    is_locked: bool = False
    author: Member | None = None
    told_zone: str | None = None

    @property
    def speaker(self) -> Member | None:
        """Who says "my" and "I" in what is being read."""
        return self.author or self.member

    @property
    def local_now(self) -> datetime:
        """Now as the family's wall clock shows it, naive."""
        return self.now.astimezone(self.household.zone).replace(tzinfo=None)

    def id(self, name: str) -> UUID:
        """The id of the effect called `name` of this request."""
        return uuid5(self.request_id, name)

    async def say(
        self,
        text: str,
        *,
        name: str = "reply",
        heading: str = "",
        buttons: tuple[tuple[Button, ...], ...] = (),
        card: str | None = None,
        anew: bool = False,
        chat_id: UUID | None = None,
        attachments: tuple[Attachment, ...] = (),
        to_asker: bool = False,
        event: EventFacts | None = None,
        sections: tuple[Section, ...] = (),
        secret: bool = False,
    ) -> None:
        """Put one message in the outbox. name: what makes it this request's message and no
        other; saying the same name again says nothing new. to_asker: it concerns nobody else.
        secret: see `Outgoing`."""
        chat = chat_id or self.chat_id
        await self.uow.outbox.add(
            self.household.id,
            Outgoing(
                key=f"{self.request_id.hex}:{name}",
                chat_id=chat,
                text=text,
                heading=heading,
                buttons=buttons,
                card=card,
                anew=anew,
                reply_to=self.reply_to if chat == self.chat_id else None,
                attachments=attachments,
                only_for=self.account if to_asker else None,
                asker=self.account if chat == self.chat_id else None,
                event=event,
                sections=sections,
                secret=secret,
                language=self.household.settings.language,
            ),
        )

    async def tell(
        self,
        text: str,
        *,
        name: str,
        heading: str = "",
        buttons: tuple[tuple[Button, ...], ...] = (),
        card: str | None = None,
        event: EventFacts | None = None,
        anew: bool = False,
    ) -> None:
        """Say it here and in the family's other chats: what is booked and what is asked in one
        shared chat stands in all of them; a question also where a parent was asked it again.
        What is said in private stays there."""
        await self.say(
            text, name=name, heading=heading, buttons=buttons, card=card, event=event, anew=anew
        )
        asked = card is not None and card.startswith("proposal:")
        if not self.household.linked and not asked:
            return
        for chat in await self.uow.chats.sharing(self.household.id, self.chat_id, card):
            await self.say(
                text,
                name=f"{name}@{chat.hex}",
                heading=heading,
                buttons=buttons,
                card=card,
                event=event,
                anew=anew,
                chat_id=chat,
            )

    def moved_to(self, chat_id: UUID) -> Scene:
        """The same scene in another chat, where there is nothing to reply to."""
        return self if chat_id == self.chat_id else replace(self, chat_id=chat_id, reply_to=None)

    async def on_calendar(self, window: Span) -> list[Occurrence]:
        """What touches the window, for a question: from what is known already, where it is."""
        ours = self.household
        return await self.uow.known.overlapping(ours.id, ours.stamp, window)

    async def lock(self) -> None:
        """Take the family's lock until the transaction ends: nobody else changes its calendar."""
        if not self.is_locked:
            await self.uow.households.lock(self.household.id)

    async def locked(self) -> Scene:
        """The same scene under the family's lock, with the family as it is there: what is read,
        changed and written back must not lose what somebody else writes meanwhile."""
        if self.is_locked:
            return self
        await self.lock()
        household = await self.uow.households.get(self.household.id)
        member = household.member(self.member.id) if self.member else None
        return replace(self, household=household, member=member, is_locked=True)

    def require_parent(self, what: str) -> Member:
        """The member asking, if a parent. Raises NotAllowed with a kind sentence."""
        if self.member is not None and self.member.role is Role.PARENT:
            return self.member
        raise NotAllowed(tr("Only a parent can {what}. Ask one of them to say it here.", what=what))

    def require_decider(self, what: str) -> Member:
        """The member asking, if a parent; in a family without parents, one of those who decide
        there. Raises NotAllowed."""
        if self.household.parents:
            return self.require_parent(what)
        if self.member is not None and self.member in deciders(self.household):
            return self.member
        raise NotAllowed(tr("Only an adult of the family can {what}.", what=what))
