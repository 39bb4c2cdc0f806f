"""The Protocols between the product and its chat platforms: out through `Sender`, in through
`Receiver`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from scheduling.forms import FormSheet
from scheduling.messages import ChatAddress, Inbound, Platform, TapAnswer
from scheduling.rows import OutboxRow


class Sender(Protocol):
    """Delivers to one platform."""

    async def send(self, row: OutboxRow) -> str | None:
        """Send or edit; returns the platform's message id. Raises one of the errors below."""


class SendFailed(Exception):
    """Delivery did not succeed; the base of the three below."""


class TryLater(SendFailed):
    """Passing trouble or a rate limit. after: how long to wait."""

    def __init__(self, after: timedelta) -> None:
        super().__init__(f"try again in {after}")
        self.after = after


class ChatGone(SendFailed):
    """The bot was removed, blocked, or the chat deleted."""


class Undeliverable(SendFailed):
    """This message can never be delivered, though the chat is there."""


class Vault(Protocol):
    """Where an adapter keeps what it has encrypted: nobody else can read it."""

    async def sealed(self, platform: Platform, space: str) -> str | None: ...
    async def seal(self, platform: Platform, space: str, words: str | None) -> None:
        """Keep these words for a space (a workspace) in place of earlier ones; None: forget."""


class Receiver(Vault, Protocol):
    """The gateway, as adapters see it."""

    async def receive(self, inbound: Inbound) -> TapAnswer | None:
        """Record what happened; returns only after it is safe to acknowledge it to the
        platform. For a tap: what to show at once."""

    async def form(
        self, chat: ChatAddress, account: str, entry_id: UUID | None
    ) -> FormSheet | None:
        """What a form for an event is drawn from, for that account there: a new event's, or that
        of the one booked with an audit entry. None where there is nothing to fill in: nobody has
        written there yet, or the event is gone."""

    async def space_gone(self, platform: Platform, space: str) -> None:
        """We were put out of a whole space (a workspace removed the app): its chats are told
        nothing more until somebody writes there again, or we are let in again."""

    async def space_back(self, platform: Platform, space: str) -> None:
        """We were let into a space again: its chats are told what falls due from now on."""


class Installations(Protocol):
    """Sealed words of a platform's spaces (`Vault`). They belong to no family: a workspace is
    installed before there is one."""

    async def get(self, platform: Platform, space: str) -> str | None: ...
    async def put(self, platform: Platform, space: str, words: str) -> None: ...
    async def remove(self, platform: Platform, space: str) -> None: ...
    async def all(self, platform: Platform) -> Sequence[tuple[str, str]]:
        """Each space with its sealed words."""

    async def replace(self, platform: Platform, space: str, old: str, new: str) -> bool:
        """False where the words are no longer the old ones: then nothing is changed."""
