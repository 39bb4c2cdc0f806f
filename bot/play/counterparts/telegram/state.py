"""Everything an in-memory Telegram knows, and the rules both its sides share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from time import monotonic
from typing import Any, Literal

from bot.play.counterparts.telegram.errors import (
    ApiError,
    bad_request,
    forbidden,
    migrated,
    too_many_requests,
)
from bot.play.counterparts.telegram.model import Button, Chat, Document, Message, Row, User
from bot.play.counterparts.telegram.updates import Updates
from bot.play.counterparts.telegram.webhook import Webhook


@dataclass(frozen=True, slots=True)
class Activity:
    """Something the bot showed. what: a new message, an edit, or the answer to a tap.

    text, buttons: as shown then. user: who saw it, for the answer to a tap.
    """

    what: Literal["new", "edit", "toast", "alert"]
    chat: Chat
    text: str
    message: Message | None = None
    buttons: tuple[Row, ...] = ()
    user: User | None = None


@dataclass(slots=True)
class Tap:
    """A tap on a button. answer: the text shown to the tapper, "" for an answer without text,
    None while the bot has not answered."""

    id: str
    user: User
    message: Message
    button: Button
    answer: str | None = None
    alert: bool = False


@dataclass(slots=True)
class State:
    """now: Telegram's clock, for the dates it writes. spacing: seconds between two messages to
    one chat below which it answers 429; 0 = no limit."""

    token: str
    me: User
    privacy: bool
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    spacing: float = 0
    machine_time: Callable[[], float] = monotonic
    updates: Updates = field(default_factory=Updates)
    webhook: Webhook = field(init=False)
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    taps: dict[str, Tap] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    activity: list[Activity] = field(default_factory=list)
    commands: list[dict[str, str]] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    faults: dict[str, list[ApiError | None]] = field(default_factory=lambda: defaultdict(list))
    ids: count[int] = field(default_factory=lambda: count(1001))
    _spoke_at: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.webhook = Webhook(self.updates, self.now)

    def date(self) -> int:
        """Now, as Unix time."""
        return int(self.now().timestamp())

    def chat(self, chat_id: int | None) -> Chat:
        """A chat the bot may write to. Raises ApiError as Telegram does where it may not."""
        chat = self.chats.get(chat_id or 0)
        if chat is None and chat_id in self.users:
            raise forbidden("bot can't initiate conversation with a user")
        if chat is None or chat.bot == "left":
            raise bad_request("chat not found")
        if chat.moved_to is not None:
            raise migrated(chat.moved_to)
        if chat.bot == "kicked":
            by_whom = "blocked by the user" if chat.private else f"kicked from the {chat.type} chat"
            raise forbidden(f"bot was {by_whom}")
        return chat

    def message(self, chat: Chat, message_id: int | None, missing: str) -> Message:
        """Raises ApiError 400 saying `missing`."""
        found = chat.messages.get(message_id or 0)
        if found is None:
            raise bad_request(missing)
        return found

    def pace(self, chat: Chat) -> None:
        """Raises ApiError 429 when a message to this chat comes too soon after the last."""
        now = self.machine_time()
        early = self.spacing - (now - self._spoke_at.get(chat.id, -self.spacing))
        if self.spacing and early > 0:
            raise too_many_requests(early)
        self._spoke_at[chat.id] = now

    def put(self, chat: Chat, sender: User, **what: Any) -> Message:
        """A new message in a chat."""
        message = Message(chat.next_id(), chat, sender, self.date(), **what)
        chat.messages[message.id] = message
        if message.document is not None:
            self.documents[message.document.file_id] = message.document
        return message

    def showed(self, what: Literal["new", "edit"], message: Message) -> None:
        self.activity.append(Activity(what, message.chat, message.text, message, message.buttons))
        self.updates.changed.notify()
