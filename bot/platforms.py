"""What the product needs from a chat platform: the whole list."""

from __future__ import annotations

from typing import Protocol

from scheduling.messages import ChatAddress, FileRef, Hearing, Platform
from scheduling.ports import Receiver, Sender


class ChatPlatform(Protocol):
    """One chat platform as one process serves it.

    name: the platform's word in addresses and identities. sender: delivers its outbox rows.
    """

    @property
    def name(self) -> Platform: ...

    @property
    def sender(self) -> Sender: ...

    async def hearing(self, chat: ChatAddress) -> Hearing:
        """What is to be known about being heard in that chat, as it is now. Never raises."""

    async def fetch(self, chat: ChatAddress, file: FileRef) -> bytes:
        """A file that came in that chat, of no more than `scheduling.messages.LARGEST_FILE` bytes.
        Raises NotFound where it cannot be had any more, LimitExceeded where it is too large."""

    async def start(self, receiver: Receiver, *, listen: bool = True) -> None:
        """Begin to listen; whatever happens is handed to `receiver` before it is acknowledged.
        listen: False only makes ready to send."""

    async def answered(self) -> None:
        """Wait until the answers to taps under way have been given."""

    async def stop_listening(self) -> None:
        """Hear nothing more; what is unacknowledged by then comes again at the next start. The
        sender goes on: what has begun is still to be answered."""

    async def stop(self) -> None:
        """Stop listening, if that is not done yet, and let go of the connection."""
