"""What an in-memory Telegram holds, and how the Bot API writes it as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.play.counterparts.telegram.entities import Entity

ChatType = Literal["private", "group", "supergroup", "channel"]
Row = tuple["Button", ...]


@dataclass(frozen=True, slots=True)
class User:
    id: int
    name: str
    username: str = ""
    language_code: str = "en"
    is_bot: bool = False

    def json(self) -> dict[str, Any]:
        first, _, last = self.name.partition(" ")
        found: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": first}
        if last:
            found["last_name"] = last
        if self.username:
            found["username"] = self.username
        if not self.is_bot:
            found["language_code"] = self.language_code
        return found


@dataclass(eq=False, slots=True)
class Chat:
    """A chat. bot: is ours in it, was it put out (or, in a private chat, blocked), or did it never
    come. topics: forum topics by thread id. moved_to: its supergroup, once it became one."""

    id: int
    type: ChatType
    title: str = ""
    user: User | None = None
    members: list[User] = field(default_factory=list)
    bot: Literal["member", "administrator", "kicked", "left"] = "member"
    topics: dict[int, str] = field(default_factory=dict)
    moved_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0

    @property
    def private(self) -> bool:
        return self.type == "private"

    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"id": self.id, "type": self.type}
        if self.user:
            return found | {"first_name": self.user.name}
        if self.topics:
            found["is_forum"] = True
        return found | {"title": self.title}

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id


@dataclass(frozen=True, slots=True)
class Button:
    """label and callback_data of one inline button; url buttons have no data."""

    label: str
    data: str | None
    url: str | None = None

    def json(self) -> dict[str, Any]:
        if self.url:
            return {"text": self.label, "url": self.url}
        return {"text": self.label, "callback_data": self.data}


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    mime: str
    content: bytes
    file_id: str

    def json(self) -> dict[str, Any]:
        return {
            "file_id": self.file_id,
            "file_unique_id": self.file_id,
            "file_name": self.name,
            "mime_type": self.mime,
            "file_size": len(self.content),
        }


@dataclass(frozen=True, slots=True)
class Version:
    """What a message showed before an edit."""

    text: str
    buttons: tuple[Row, ...]


@dataclass(eq=False, slots=True)
class Message:
    """A message as it stands now. history: what it showed before, oldest first."""

    id: int
    chat: Chat
    sender: User
    date: int
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    buttons: tuple[Row, ...] = ()
    reply_to: Message | None = None
    topic: int | None = None
    document: Document | None = None
    edit_date: int | None = None
    history: list[Version] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def by_bot(self) -> bool:
        return self.sender.is_bot

    @property
    def labels(self) -> list[str]:
        """Labels of the live buttons, in reading order."""
        return [button.label for row in self.buttons for button in row]

    def change(self, text: str, entities: list[Entity], buttons: Sequence[Row], at: int) -> None:
        self.history.append(Version(self.text, self.buttons))
        self.text, self.entities, self.buttons = text, entities, tuple(buttons)
        self.edit_date = at

    def json(self, *, nested: bool = False) -> dict[str, Any]:
        """As the Bot API writes it; a reply is shown one level deep."""
        found: dict[str, Any] = {
            "message_id": self.id,
            "date": self.date,
            "chat": self.chat.json(),
            "from": self.sender.json(),
        }
        if self.edit_date is not None:
            found["edit_date"] = self.edit_date
        if self.topic is not None:
            found |= {"message_thread_id": self.topic, "is_topic_message": True}
        if self.reply_to is not None and not nested:
            found["reply_to_message"] = self.reply_to.json(nested=True)
        if self.buttons:
            found["reply_markup"] = {
                "inline_keyboard": [[b.json() for b in row] for row in self.buttons]
            }
        return found | self._words() | self.extra

    def _words(self) -> dict[str, Any]:
        text, entities = ("caption", "caption_entities") if self.document else ("text", "entities")
        found: dict[str, Any] = {text: self.text} if self.text else {}
        if self.entities:
            found[entities] = self.entities
        if self.document:
            found["document"] = self.document.json()
        return found
