"""What the product needs from a chat platform: the whole list."""

from __future__ import annotations

from typing import Protocol

from scheduling.messages import Platform
from scheduling.ports import Receiver, Sender


class ChatPlatform(Protocol):
    """One chat platform as one process serves it.

    name: the platform's word in addresses and identities. sender: delivers its outbox rows.
    """

    @property
    def name(self) -> Platform: ...

    @property
    def sender(self) -> Sender: ...

    def advice(self) -> str:
        """What a group should know about being heard here; "" if there is nothing to know."""

    async def start(self, receiver: Receiver) -> None:
        """Begin to listen; whatever happens is handed to `receiver` before it is acknowledged."""

    async def answered(self) -> None:
        """Wait until the answers to taps under way have been given."""

    async def stop(self) -> None:
        """Stop listening. What is unacknowledged by then comes again at the next start."""
