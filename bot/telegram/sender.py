"""Delivers outbox rows to Telegram: a new message, or the same card edited in place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from io import BytesIO
from uuid import UUID

import telegram
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.pacing import Limiter
from bot.telegram.failures import says, sorted_out
from bot.telegram.markup import TelegramMessage, markup
from bot.telegram.refs import message_in, message_ref
from scheduling.messages import Attachment, ChatAddress
from scheduling.ports import OutboxRow, Undeliverable

OnMigrated = Callable[[ChatAddress, str], Awaitable[None]]
"""Called with a chat's address and its new id when Telegram says the old id is no more."""

_NO_PREVIEW = telegram.LinkPreviewOptions(is_disabled=True)
_UNTOUCHABLE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted")


class TelegramSender:
    """`ports.Sender`. Delivery is at least once: a time-out after Telegram took the message
    leads to a second one, since Telegram accepts no idempotency key."""

    def __init__(self, bot: telegram.Bot, limiter: Limiter, on_migrated: OnMigrated) -> None:
        self._bot = bot
        self._limiter = limiter
        self._on_migrated = on_migrated
        self._delivered: dict[UUID, list[str]] = {}

    async def send(self, row: OutboxRow) -> str | None:
        """Send or edit; returns our name of the last message shown (`refs`). A card that was shown
        in a chat which is no more is sent anew.

        Raises TryLater, ChatGone or Undeliverable.
        """
        address = row.chat.address
        try:
            ref = await self._deliver(row, address.external_id)
        except ChatMigrated as moved:
            await self._on_migrated(address, str(moved.new_chat_id))
            ref = await self._deliver_at_new_home(row, str(moved.new_chat_id))
        except TelegramError as error:
            raise sorted_out(error) from error
        self._delivered.pop(row.id, None)
        return ref

    async def _deliver_at_new_home(self, row: OutboxRow, chat: str) -> str | None:
        try:
            return await self._deliver(row, chat)
        except TelegramError as error:
            raise sorted_out(error) from error

    async def _deliver(self, row: OutboxRow, chat: str) -> str | None:
        """Carries on after the parts that an earlier try of this process got through."""
        messages = _messages(row)
        attachments = row.outgoing.attachments
        if not messages and not attachments:
            raise Undeliverable("nothing to show")
        done = self._progress(row)
        left = len(messages) + len(attachments) - len(done)
        standing = message_in(chat, row.message_ref)
        edits = 1 if standing is not None and messages and not done else 0
        group = not row.chat.address.private
        self._limiter.take(chat, group=group, new=left - edits, edits=edits)
        for n, message in enumerate(messages[len(done) :], start=len(done)):
            done.append(await self._show(row, chat, message, standing if n == 0 else None))
        for attachment in attachments[len(done) - len(messages) :]:
            done.append(await self._document(row, chat, attachment))
        return done[len(messages) - 1] if messages else done[-1]

    def _progress(self, row: OutboxRow) -> list[str]:
        if len(self._delivered) > 1000:  # Rows that another process finished.
            self._delivered.clear()
        return self._delivered.setdefault(row.id, [])

    async def _show(
        self, row: OutboxRow, chat: str, message: TelegramMessage, standing: int | None
    ) -> str:
        if standing is not None and await self._edit(chat, standing, message):
            return message_ref(chat, standing)
        return await self._new(row, chat, message)

    async def _edit(self, chat: str, standing: int, message: TelegramMessage) -> bool:
        """False where the message can no longer be edited, and a new one is needed."""
        try:
            await self._bot.edit_message_text(
                message.html,
                chat_id=int(chat),
                message_id=standing,
                parse_mode=ParseMode.HTML,
                reply_markup=message.keyboard,
                link_preview_options=_NO_PREVIEW,
            )
        except BadRequest as error:
            if says(error, "message is not modified"):
                return True
            if says(error, *_UNTOUCHABLE, *_NO_TOPIC):
                return False
            raise
        return True

    async def _new(self, row: OutboxRow, chat: str, message: TelegramMessage) -> str:
        async def post(topic: int | None) -> telegram.Message:
            return await self._bot.send_message(
                int(chat),
                message.html,
                parse_mode=ParseMode.HTML,
                reply_markup=message.keyboard,
                reply_parameters=_reply(row, chat),
                message_thread_id=topic,
                link_preview_options=_NO_PREVIEW,
            )

        return message_ref(chat, (await _in_topic(row, post)).message_id)

    async def _document(self, row: OutboxRow, chat: str, attachment: Attachment) -> str:
        async def post(topic: int | None) -> telegram.Message:
            return await self._bot.send_document(
                int(chat),
                BytesIO(attachment.content),
                filename=attachment.name,
                message_thread_id=topic,
            )

        return message_ref(chat, (await _in_topic(row, post)).message_id)


async def _in_topic(
    row: OutboxRow, post: Callable[[int | None], Awaitable[telegram.Message]]
) -> telegram.Message:
    """A topic that was deleted or closed is no reason to lose a reminder: it goes to the group."""
    topic = row.chat.address.topic
    if topic is not None:
        try:
            return await post(int(topic))
        except BadRequest as error:
            if not says(error, *_NO_TOPIC):
                raise
    return await post(None)


def _messages(row: OutboxRow) -> list[TelegramMessage]:
    try:
        return markup(row.outgoing)
    except ValueError as error:
        raise Undeliverable(str(error)) from error


def _reply(row: OutboxRow, chat: str) -> telegram.ReplyParameters | None:
    """A reply to a message that was deleted meanwhile is sent all the same."""
    to = message_in(chat, row.outgoing.reply_to)
    if to is None:
        return None
    return telegram.ReplyParameters(to, allow_sending_without_reply=True)
