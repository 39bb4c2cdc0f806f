"""An unrelated client, aiogram, finds the counterpart to be Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyParameters,
)

from bot.play.counterparts.telegram import ApiError, Telegram, User


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.base_url))
    client = Bot(telegram.state.token, session=session)
    yield client
    await session.close()


@pytest.fixture
def anna(telegram: Telegram) -> User:
    return telegram.user("Anna Rivera", username="anna")


async def test_a_conversation(telegram: Telegram, bot: Bot, anna: User) -> None:
    me = await bot.get_me()
    assert (me.username, me.can_read_all_group_messages) == ("family_bot", False)
    assert await bot.delete_webhook()
    family = telegram.group("Riveras", [anna], supergroup=True)
    telegram.say(family, anna, "/add@family_bot swim")
    (update,) = await bot.get_updates(timeout=5)
    assert update.message.text == "/add@family_bot swim"
    assert update.message.entities[0].type == "bot_command"
    assert update.message.from_user.full_name == "Anna Rivera"

    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Undo", callback_data="undo:1")]]
    )
    sent = await bot.send_message(
        family.id,
        "<b>Booked</b> &amp; done",
        parse_mode="HTML",
        reply_markup=keyboard,
        reply_parameters=ReplyParameters(message_id=update.message.message_id),
    )
    assert (sent.text, sent.html_text) == ("Booked & done", "<b>Booked</b> &amp; done")
    assert sent.reply_to_message.text == "/add@family_bot swim"

    (card,) = telegram.from_bot(family)
    tap = telegram.tap(anna, card, "Undo")
    (update,) = await bot.get_updates(offset=update.update_id + 1, timeout=5)
    assert update.callback_query.data == "undo:1"
    assert await update.callback_query.answer("Undone", show_alert=True).as_(bot)
    assert (tap.answer, tap.alert) == ("Undone", True)
    edited = await bot.edit_message_text(
        "Taken back", chat_id=family.id, message_id=sent.message_id
    )
    assert (edited.text, edited.reply_markup) == ("Taken back", None)
    assert await bot.get_updates(offset=update.update_id + 1) == []


async def test_documents(telegram: Telegram, bot: Bot, anna: User) -> None:
    chat = telegram.private(anna)
    content = bytes(range(256)) * 5
    sent = await bot.send_document(chat.id, BufferedInputFile(content, "all.bin"), caption="All")
    (shown,) = telegram.from_bot(chat)
    assert (sent.document.file_name, sent.document.file_size) == ("all.bin", len(content))
    assert (shown.document.content, shown.text) == (content, "All")


async def test_commands_chats_and_members(telegram: Telegram, bot: Bot, anna: User) -> None:
    family = telegram.group("Riveras", [anna])
    stranger = telegram.user("Stranger")
    await bot.set_my_commands([BotCommand(command="week", description="The week")])
    assert [c.command for c in await bot.get_my_commands()] == ["week"]
    assert (await bot.get_chat(family.id)).title == "Riveras"
    assert (await bot.get_chat_member(family.id, anna.id)).status == "member"
    assert (await bot.get_chat_member(family.id, stranger.id)).status == "left"
    assert await bot.send_chat_action(family.id, "typing")
    assert await bot.delete_message(family.id, (await bot.send_message(family.id, "x")).message_id)
    assert telegram.messages(family) == []
    assert await bot.leave_chat(family.id)


async def test_membership_and_migration(telegram: Telegram, bot: Bot, anna: User) -> None:
    family = telegram.group("Riveras", [anna], bot=False)
    telegram.add_bot(family, anna)
    new = telegram.migrate(family, anna)
    telegram.kick_bot(new, anna)
    joined, note, moved, arrived, kicked = await bot.get_updates()
    assert joined.my_chat_member.new_chat_member.status == "member"
    assert note.message.new_chat_members[0].id == telegram.me.id
    assert moved.message.migrate_to_chat_id == new.id
    assert arrived.message.migrate_from_chat_id == family.id
    assert kicked.my_chat_member.new_chat_member.status == "kicked"


async def test_errors_are_those_it_knows(telegram: Telegram, bot: Bot, anna: User) -> None:
    group = telegram.group("Riveras", [anna])
    new = telegram.migrate(group, anna)
    with pytest.raises(TelegramMigrateToChat) as migrated:
        await bot.send_message(group.id, "x")
    assert migrated.value.migrate_to_chat_id == new.id
    telegram.fail_next("sendMessage", ApiError(429, "Too Many Requests", retry_after=9))
    with pytest.raises(TelegramRetryAfter) as limited:
        await bot.send_message(new.id, "x")
    assert limited.value.retry_after == 9
    with pytest.raises(TelegramBadRequest, match="can't parse entities"):
        await bot.send_message(new.id, "<b>x", parse_mode="HTML")
    telegram.private(anna)
    telegram.block(anna)
    with pytest.raises(TelegramForbiddenError, match="blocked by the user"):
        await bot.send_message(anna.id, "x")
    telegram.state.token = "1000:changed"
    with pytest.raises(TelegramUnauthorizedError):
        await bot.get_me()


async def test_topics(telegram: Telegram, bot: Bot, anna: User) -> None:
    family = telegram.group("Riveras", [anna], supergroup=True)
    school = telegram.topic(family, "School")
    telegram.say(family, anna, "@family_bot hi", topic=school)
    (update,) = await bot.get_updates()
    assert (update.message.message_thread_id, update.message.is_topic_message) == (school, True)
    sent = await bot.send_message(family.id, "hello", message_thread_id=school)
    assert sent.message_thread_id == school
