"""The HTTP API as a chat platform: what is answered there waits to be read."""

from __future__ import annotations

from typing import Literal

from scheduling.errors import NotFound
from scheduling.messages import FILE_GONE, ChatAddress, FileRef, Hearing
from scheduling.ports import OutboxRow, Receiver, Sender
from scheduling.speech import tr


class HttpSender:
    """Nothing is sent to a caller, who comes to look. posts: delivers what webhooks are told."""

    def __init__(self, posts: Sender | None = None) -> None:
        self._posts = posts

    async def send(self, row: OutboxRow) -> str | None:
        if self._posts is not None and row.chat.address.title == WEBHOOK:
            return await self._posts.send(row)
        return str(row.id)


WEBHOOK = "webhook"
"""The title of a chat that is a webhook's."""


class HttpPlatform:
    """A chat platform that is listened to by the routes of the application."""

    name: Literal["http"] = "http"

    def __init__(self, posts: Sender | None = None) -> None:
        self.sender: Sender = HttpSender(posts)

    async def hearing(self, chat: ChatAddress) -> Hearing:
        return Hearing()

    async def fetch(self, chat: ChatAddress, file: FileRef) -> bytes:
        raise NotFound(tr(FILE_GONE))

    async def start(self, receiver: Receiver, *, listen: bool = True) -> None:
        """The application calls the receiver itself."""

    async def answered(self) -> None:
        """A tap is answered where it is posted."""

    async def stop_listening(self) -> None:
        """The server stops by itself."""

    async def stop(self) -> None:
        """Nothing is held."""
