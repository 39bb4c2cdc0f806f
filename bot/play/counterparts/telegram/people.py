"""What people do on Telegram, and which of it the bot gets to see."""

from __future__ import annotations

from typing import Any

from bot.play.counterparts.telegram.entities import Entity, typed
from bot.play.counterparts.telegram.model import Chat, Document, Message, User
from bot.play.counterparts.telegram.state import State


def speak(
    state: State,
    chat: Chat,
    user: User,
    text: str,
    *,
    reply_to: Message | None = None,
    topic: int | None = None,
    document: Document | None = None,
    entities: list[Entity] | None = None,
    extra: dict[str, Any] | None = None,
) -> tuple[Message, int | None]:
    """A person writes; the message, and its update id if the bot gets to see it."""
    message = state.put(
        chat,
        user,
        text=text,
        entities=typed(text) if entities is None else entities,
        reply_to=reply_to,
        topic=topic if topic is not None or reply_to is None else reply_to.topic,
        document=document,
        extra=extra or {},
    )
    return message, _tell(state, "message", message)


def forwarded(by: User | str, date: int) -> dict[str, Any]:
    """The fields of a forwarded message. by: a name stands for one who hides their account."""
    if isinstance(by, str):
        return {"forward_origin": {"type": "hidden_user", "date": date, "sender_user_name": by}}
    return {"forward_origin": {"type": "user", "date": date, "sender_user": by.json()}}


def rewrite(state: State, message: Message, text: str) -> int | None:
    """A person edits what they wrote."""
    message.change(text, typed(text), message.buttons, state.date())
    return _tell(state, "edited_message", message)


def note(state: State, chat: Chat, by: User, **extra: Any) -> int | None:
    """A service message; every bot in the chat sees those."""
    message = state.put(chat, by, extra=extra)
    return state.updates.add("message", message.json()) if _present(chat) else None


def membership(state: State, chat: Chat, by: User, before: str, after: str) -> int:
    """`my_chat_member`: the bot's own place in a chat changed."""
    return state.updates.add(
        "my_chat_member",
        {
            "chat": chat.json(),
            "from": by.json(),
            "date": state.date(),
            "old_chat_member": _member(state, before),
            "new_chat_member": _member(state, after),
        },
    )


def _member(state: State, status: str) -> dict[str, Any]:
    found: dict[str, Any] = {"status": status, "user": state.me.json()}
    return found | ({"until_date": 0} if status == "kicked" else {})


def _tell(state: State, kind: str, message: Message) -> int | None:
    if not _present(message.chat) or not _visible(state, message):
        return None
    return state.updates.add(kind, message.json())


def _present(chat: Chat) -> bool:
    return chat.bot in ("member", "administrator") and chat.moved_to is None


def _visible(state: State, message: Message) -> bool:
    """Privacy mode: in groups only commands, mentions of the bot and replies to it."""
    chat = message.chat
    if chat.private or not state.privacy or chat.bot == "administrator":
        return True
    if message.reply_to is not None and message.reply_to.sender == state.me:
        return True
    name = f"@{state.me.username}".casefold()
    text = message.text.casefold()
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    command = first.startswith("/") and ("@" not in first or first.endswith(name))
    mentioned = any(
        entity["type"] == "text_mention" and entity["user"]["id"] == state.me.id
        for entity in message.entities
    )
    return command or mentioned or name in text
