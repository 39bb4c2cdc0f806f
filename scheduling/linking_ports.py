"""What joining two chats, and parting them again, asks of storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from scheduling.messages import Platform
from scheduling.rows import Chat, LinkCode


class Links(Protocol):
    """Codes by which a chat joins another's family; only a hash of the code is kept."""

    async def give(self, code: LinkCode) -> None:
        """Keep it, in place of whatever its chat gave before."""

    async def find(self, code_hash: str) -> LinkCode | None: ...
    async def offer(self, code_id: UUID, chat_id: UUID) -> bool:
        """It is for that chat from now on; False if it is another's already."""

    async def offered(self, code_id: UUID, chat_id: UUID) -> LinkCode | None:
        """The code, if it was written in that chat."""

    async def use(self, code_id: UUID, at: datetime) -> bool:
        """True once."""

    async def tried(self, household_id: UUID, chat_id: UUID, try_id: UUID, at: datetime) -> None:
        """A wrong code was written there."""

    async def tries(self, household_id: UUID, chat_id: UUID, after: datetime) -> int: ...


class Joins(Protocol):
    """Two families, or two rows of one, that turn out to be the same."""

    async def lock(self, arriving: UUID, into: UUID) -> None:
        """Serialise changes of both; nothing new comes into the arriving one until the end."""

    async def same_accounts(self, arriving: UUID, into: UUID) -> dict[UUID, UUID]:
        """Members of the arriving family with an account that the other knows too, and whose
        it is there."""

    async def join(self, arriving: UUID, into: UUID) -> None:
        """Every row of the arriving family becomes the other's; the arriving one is no more.
        Of an account that both know, the other family's row stays."""

    async def link(self, household_id: UUID, chat_ids: Sequence[UUID]) -> None:
        """What is done in one of these chats, or in their topics, is told in the others."""

    async def one_person(self, household_id: UUID, gone: UUID, known: UUID) -> None:
        """All that is one member's becomes another's, who is the same person."""

    async def one_thing(self, household_id: UUID, gone: UUID, known: UUID) -> None:
        """All that is reserved of one resource becomes another's, which is the same thing."""

    async def accounts(self, household_id: UUID, platform: Platform) -> list[tuple[str, UUID]]:
        """Every account the family has on that platform, and whose it is."""

    async def part(self, household_id: UUID, chat_id: UUID, own: Chat, card: str) -> None:
        """A group's chats are gone from the family; `own` is at its address from now on, and
        the card that asked about it stands there."""

    async def leave(self, household_id: UUID, platform: Platform) -> None:
        """The family has no account and no private chat on that platform any more."""
