"""Telegram's updates to `Inbound`; `markup` is the way back. Pure: no network, no clock."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from telegram import (
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
    MessageEntity,
    MessageOriginUser,
    Update,
    User,
)

from bot.telegram.markup import TelegramMessage, markup
from bot.telegram.refs import message_ref
from bot.telegram.text import clean, slice_units, without
from scheduling.messages import ChatAddress, FileRef, Inbound, Sender, kind_of_file

__all__ = ["BotIdentity", "TelegramMessage", "identity_of", "inbound", "markup", "migrated"]

_PRESENT = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)
_COMMAND = re.compile(r"/(\w{1,64})(?:@(\w+))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """Who we are on Telegram. reads_all: privacy mode is off, so group talk reaches us too."""

    id: int
    username: str
    name: str
    reads_all: bool


def inbound(raw: Mapping[str, Any], me: BotIdentity, received_at: datetime) -> Inbound | None:
    """What an update says, or None where it is not for us (channels, other bots, service notes).

    received_at: aware; stands in where Telegram sends no date (taps). Raises what
    python-telegram-bot raises for an update that is not of the documented shape.
    """
    update = Update.de_json(dict(raw), None)
    if update.callback_query is not None:
        return _tap(update.callback_query, received_at)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    if update.message is not None:
        return _service(update.message, me) or _written(update.message, me)
    if update.edited_message is not None:
        return _written(update.edited_message, me)
    return None


def identity_of(user: User) -> BotIdentity:
    """Who `getMe` says we are."""
    reads_all = bool(user.can_read_all_group_messages)
    return BotIdentity(user.id, user.username or "", user.first_name, reads_all)


def migrated(old: str, new: str, at: datetime, title: str = "") -> Inbound:
    """A group became a supergroup: `old` and `new` are its chat ids."""
    address = ChatAddress("telegram", old, title=title)
    return Inbound("migrated", f"migrated:{old}:{new}", address, None, at, moved_to=new)


def _tap(query: CallbackQuery, received_at: datetime) -> Inbound | None:
    card = query.message
    if card is None or query.data is None:
        return None
    return Inbound(
        "tap",
        f"tap:{query.id}",
        _address(card.chat, card if isinstance(card, Message) else None),
        _sender(query.from_user),
        received_at,
        message_ref=message_ref(card.chat.id, card.message_id),
        button=clean(query.data),
    )


def _membership(change: ChatMemberUpdated) -> Inbound | None:
    """Our own membership changed: we were added, removed, blocked or unblocked."""
    before, after = _present(change.old_chat_member), _present(change.new_chat_member)
    if before == after or change.chat.type == Chat.CHANNEL:
        return None
    return _arrival("joined" if after else "left", change.chat, change.from_user, change.date)


def _present(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in _PRESENT


def _service(message: Message, me: BotIdentity) -> Inbound | None:
    """The notes Telegram writes into a chat itself, as far as they concern us."""
    here = str(message.chat.id)
    title = clean(message.chat.title or "")
    if message.migrate_to_chat_id is not None:
        return migrated(here, str(message.migrate_to_chat_id), message.date, title)
    if message.migrate_from_chat_id is not None:
        return migrated(str(message.migrate_from_chat_id), here, message.date, title)
    if any(user.id == me.id for user in message.new_chat_members):
        return _arrival("joined", message.chat, message.from_user, message.date)
    return None


def _arrival(kind: Literal["joined", "left"], chat: Chat, by: User | None, at: datetime) -> Inbound:
    """The same key whether the membership update or the note in the chat tells of it."""
    key = f"{kind}:{chat.id}:{int(at.timestamp())}"
    return Inbound(kind, key, _address(chat), _sender(by) if by else None, at)


def _written(message: Message, me: BotIdentity) -> Inbound | None:
    """A message or an edit by a person, with words in it."""
    author = message.from_user
    text = message.text or message.caption
    files = _files(message)
    if author is None or author.is_bot or not (text or files) or not _by_hand(message):
        return None
    text = text or ""
    entities = message.entities or message.caption_entities
    command = _command(text, entities, me)
    if command == "":
        return None
    spoken, mentioned = _without_mentions(text, entities, me)
    reply_ref = _reply_ref(message, me)
    private = message.chat.type == Chat.PRIVATE
    edited = message.edit_date
    key = f"message:{message.chat.id}:{message.message_id}"
    origin = message.forward_origin
    return Inbound(
        "edit" if edited else "command" if command else "message",
        f"{key}:{int(edited.timestamp())}" if edited else key,
        _address(message.chat, message),
        _sender(author),
        origin.date if origin else edited or message.date,
        text=clean(command or spoken),
        addressed=private or mentioned or command is not None or reply_ref is not None,
        message_ref=message_ref(message.chat.id, message.message_id),
        reply_ref=reply_ref,
        files=files,
        forwarded=origin is not None,
        author=str(origin.sender_user.id) if isinstance(origin, MessageOriginUser) else None,
    )


def _files(message: Message) -> tuple[FileRef, ...]:
    if message.document is not None:
        document = message.document
        name = clean(document.file_name or "")
        media = document.mime_type or ""
        kind = kind_of_file(name, media)
        return (FileRef(kind, document.file_id, name, document.file_size or 0, media),)
    if message.photo:
        largest = message.photo[-1]
        return (FileRef("image", largest.file_id, size=largest.file_size or 0),)
    heard = message.voice or message.audio
    if heard is None:
        return ()
    # Telegram's own voice notes are OGG with Opus, and older clients leave the type out.
    media = heard.mime_type or "audio/ogg"
    return (FileRef("audio", heard.file_id, size=heard.file_size or 0, media_type=media),)


def _by_hand(message: Message) -> bool:
    """Not a channel's post, not an anonymous admin's, not another bot's inline result."""
    return (
        message.chat.type != Chat.CHANNEL
        and message.sender_chat is None
        and message.via_bot is None
    )


def _command(text: str, entities: tuple[MessageEntity, ...], me: BotIdentity) -> str | None:
    """The line with our own suffix removed; None = no command; "" = another bot's command."""
    if not any(e.type == MessageEntity.BOT_COMMAND and e.offset == 0 for e in entities):
        return None
    found = _COMMAND.match(text)
    if found is None:
        return None
    if found[2] and found[2].casefold() != me.username.casefold():
        return ""
    return f"/{found[1]}{text[found.end() :]}"


def _without_mentions(
    text: str, entities: tuple[MessageEntity, ...], me: BotIdentity
) -> tuple[str, bool]:
    """The text without "@ourname" wherever it stands, and whether it stood there."""
    ours = [e for e in entities if _is_me(text, e, me)]
    rest = text
    for entity in sorted(ours, key=lambda e: e.offset, reverse=True):
        rest = without(rest, entity.offset, entity.length)
    if not ours:
        return text, False
    return re.sub(r"[^\S\n]{2,}", " ", rest).strip().lstrip(",:;").strip(), True


def _is_me(text: str, entity: MessageEntity, me: BotIdentity) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    if entity.type != MessageEntity.MENTION:
        return False
    return (
        slice_units(text, entity.offset, entity.length).casefold() == f"@{me.username}".casefold()
    )


def _reply_ref(message: Message, me: BotIdentity) -> str | None:
    """The bot message this answers. Telegram also marks every topic message as a reply to the
    note that opened the topic, which is no answer to anyone."""
    target = message.reply_to_message
    if target is None or target.from_user is None or target.from_user.id != me.id:
        return None
    return None if target.forum_topic_created else message_ref(message.chat.id, target.message_id)


def _address(chat: Chat, message: Message | None = None) -> ChatAddress:
    topic = message.message_thread_id if message and message.is_topic_message else None
    return ChatAddress(
        "telegram",
        str(chat.id),
        private=chat.type == Chat.PRIVATE,
        title=clean(chat.title or ""),
        topic=str(topic) if topic is not None else None,
    )


def _sender(user: User) -> Sender:
    username = clean(user.username or "")
    name = clean(f"{user.first_name or ''} {user.last_name or ''}").strip()
    return Sender(
        "telegram",
        str(user.id),
        name or username or "Someone",
        username,
        user.language_code or "",
    )
