"""What happens in chats, seen through the polling adapter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.play.counterparts.telegram import Button, Chat, Message, Telegram, User
from bot.telegram.app import TelegramPlatform
from scheduling.messages import TapAnswer
from tests.bot.telegram.conftest import Store


@pytest.fixture
def anna(telegram: Telegram) -> User:
    return telegram.user("Anna")


@pytest.fixture
def family(telegram: Telegram, anna: User) -> Chat:
    return telegram.group("Riveras", [anna], supergroup=True)


def card(telegram: Telegram, chat: Chat) -> Message:
    row = (Button("Approve 1", "opt:1:0"), Button("Reject", "opt:1:x"))
    return telegram.state.put(chat, telegram.me, text="Clash", buttons=(row,))


async def test_a_tap_is_answered_before_it_is_confirmed(
    telegram: Telegram, platform: TelegramPlatform, store: Store, anna: User, family: Chat
) -> None:
    store.answer = TapAnswer("Booked.")
    tap = telegram.tap(anna, card(telegram, family), "Approve 1")
    await telegram.drained()
    assert (tap.answer, tap.alert) == ("Booked.", False)
    assert (store.inbox[0].kind, store.inbox[0].button) == ("tap", "opt:1:0")


async def test_a_tap_without_words_still_stops_the_spinner(
    telegram: Telegram, platform: TelegramPlatform, anna: User, family: Chat
) -> None:
    tap = telegram.tap(anna, card(telegram, family), "Reject")
    assert await telegram.answered(tap) == ""


async def test_a_long_answer_is_cut(
    telegram: Telegram, platform: TelegramPlatform, store: Store, anna: User, family: Chat
) -> None:
    store.answer = TapAnswer("long " * 100)
    tap = telegram.tap(anna, card(telegram, family), "Reject")
    answer = await telegram.answered(tap)
    assert len(answer) == 200
    assert answer.endswith("…")


async def test_a_tap_answered_too_late(
    telegram: Telegram,
    platform: TelegramPlatform,
    store: Store,
    anna: User,
    family: Chat,
    caplog: pytest.LogCaptureFixture,
) -> None:
    store.answer = TapAnswer("Booked.")
    late = telegram.tap(anna, card(telegram, family), "Reject")
    telegram.expire(late)
    in_time = telegram.tap(anna, card(telegram, family), "Reject")
    assert await telegram.answered(in_time) == "Booked."
    await telegram.drained()
    assert [i.kind for i in store.inbox] == ["tap", "tap"]
    assert late.answer is None
    assert [r.levelname for r in caplog.records if r.name.startswith("bot.")] == []


async def test_several_taps_are_each_answered(
    telegram: Telegram, platform: TelegramPlatform, store: Store, anna: User, family: Chat
) -> None:
    store.answer = TapAnswer("Noted.")
    shown = card(telegram, family)
    taps = [telegram.tap(anna, shown, "Approve 1") for _ in range(20)]
    await telegram.drained()
    assert [tap.answer for tap in taps] == ["Noted."] * 20


async def test_an_edited_message(
    telegram: Telegram, platform: TelegramPlatform, store: Store, anna: User
) -> None:
    chat = telegram.private(anna)
    said = telegram.say(chat, anna, "swim at 5")
    telegram.edit(said, "swim at 6")
    await telegram.drained()
    assert [(i.kind, i.text) for i in store.inbox] == [
        ("message", "swim at 5"),
        ("edit", "swim at 6"),
    ]
    assert store.inbox[0].message_ref == store.inbox[1].message_ref


async def test_topics(
    telegram: Telegram, platform: TelegramPlatform, store: Store, anna: User, family: Chat
) -> None:
    school = telegram.topic(family, "School")
    telegram.say(family, anna, "@family_bot swim", topic=school)
    await telegram.drained()
    (got,) = store.inbox
    assert (got.chat.external_id, got.chat.topic) == (str(family.id), str(school))


async def test_the_bot_comes_and_goes(
    telegram: Telegram, platform: TelegramPlatform, store: Store, anna: User
) -> None:
    group = telegram.group("New family", [anna], bot=False)
    telegram.add_bot(group, anna)
    telegram.say(group, anna, "/start@family_bot")
    telegram.kick_bot(group, anna)
    telegram.say(group, anna, "@family_bot are you there?")
    await telegram.drained()
    assert [i.kind for i in store.inbox] == ["joined", "command", "left"]
    assert store.inbox[0].sender.name == "Anna"


async def test_blocked_and_unblocked(
    telegram: Telegram, platform: TelegramPlatform, store: Store, anna: User
) -> None:
    telegram.block(anna)
    telegram.unblock(anna)
    await telegram.drained()
    assert [(i.kind, i.chat.private) for i in store.inbox] == [("left", True), ("joined", True)]


async def test_a_group_becomes_a_supergroup(
    telegram: Telegram, platform: TelegramPlatform, store: Store, anna: User
) -> None:
    group = telegram.group("Riveras", [anna])
    new = telegram.migrate(group, anna)
    telegram.say(new, anna, "@family_bot still here")
    await telegram.drained()
    assert [i.kind for i in store.inbox] == ["migrated", "message"]
    assert store.inbox[0].moved_to == store.inbox[1].chat.external_id == str(new.id)


@pytest.mark.parametrize("privacy", [True, False])
async def test_privacy_mode_decides_what_we_hear(
    telegram: Telegram,
    make: Callable[..., Any],
    store: Store,
    anna: User,
    family: Chat,
    privacy: bool,
) -> None:
    telegram.state.privacy = privacy
    platform = make()
    await platform.start(store)
    await platform.ready()
    ours = telegram.state.put(family, telegram.me, text="Booked.")
    telegram.say(family, anna, "just chatting")
    telegram.say(family, anna, "/week")
    telegram.say(family, anna, "/week@other_bot")
    telegram.say(family, anna, "hey @Family_Bot")
    telegram.say(family, anna, "thanks", reply_to=ours)
    await telegram.drained()
    heard = [(i.text, i.addressed) for i in store.inbox]
    addressed = [("/week", True), ("hey", True), ("thanks", True)]
    assert heard == (addressed if privacy else [("just chatting", False), *addressed])
    assert platform.identity.reads_all is not privacy


@pytest.mark.parametrize(
    "text",
    ["", "\u202e\u200f", "x" * 4096, "👩‍👧‍👦" * 500, "a\0b", "<b>&amp;</b>", "\ud83d"],
    ids=["empty", "direction marks", "longest", "emoji", "NUL", "HTML", "lone surrogate"],
)
async def test_odd_texts_arrive_or_are_passed_over(
    telegram: Telegram, platform: TelegramPlatform, store: Store, anna: User, text: str
) -> None:
    chat = telegram.private(anna)
    telegram.say(chat, anna, text)
    telegram.say(chat, anna, "and on")
    await telegram.drained()
    assert store.texts[-1] == "and on"
    assert len(store.texts) == (2 if text else 1)
