"""The real sender against the counterpart, over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from bot.pacing import Pace
from bot.play.counterparts.telegram import ApiError, Chat, Telegram
from bot.telegram.app import TelegramPlatform
from bot.telegram.refs import message_in, message_ref
from scheduling.messages import Attachment, Button, ChatAddress, Outgoing
from scheduling.ports import Chat as KnownChat
from scheduling.ports import ChatGone, OutboxRow, TryLater, Undeliverable
from tests.bot.telegram.conftest import Store

UNDO = ((Button("Undo", "undo:00"),),)


def row(chat: Chat, text: str = "Booked.", ref: str | None = None, **fields: Any) -> OutboxRow:
    topic = fields.pop("topic", None)
    address = ChatAddress("telegram", str(chat.id), chat.private, chat.title, topic)
    known = KnownChat(uuid4(), UUID(int=1), address)
    return OutboxRow(uuid4(), 1, Outgoing("k", known.id, text, **fields), known, ref, 1)


@pytest.fixture
def family(telegram: Telegram) -> Chat:
    return telegram.group("Riveras", [telegram.user("Anna")])


async def test_a_message_as_people_see_it(
    telegram: Telegram, platform: TelegramPlatform, family: Chat
) -> None:
    given = row(family, 'Ben & "Mia" <b>', heading="Soccer <3", buttons=UNDO)
    ref = await platform.sender.send(given)
    (shown,) = telegram.from_bot(family)
    assert shown.text == 'Soccer <3\nBen & "Mia" <b>'
    assert shown.entities == [{"type": "bold", "offset": 0, "length": 9}]
    assert shown.labels == ["Undo"]
    assert ref == message_ref(family.id, shown.id)
    assert telegram.calls("sendMessage")[0]["link_preview_options"] == '{"is_disabled": true}'


async def test_a_card_is_edited_in_place(
    telegram: Telegram, platform: TelegramPlatform, family: Chat
) -> None:
    ref = await platform.sender.send(row(family, "Clash", buttons=UNDO))
    again = await platform.sender.send(row(family, "Approved by Anna", ref))
    (shown,) = telegram.from_bot(family)
    assert again == ref
    assert (shown.text, shown.labels) == ("Approved by Anna", [])
    assert [version.text for version in shown.history] == ["Clash"]


async def test_an_edit_that_changes_nothing_is_done(
    telegram: Telegram, platform: TelegramPlatform, family: Chat
) -> None:
    ref = await platform.sender.send(row(family, "Same", buttons=UNDO))
    assert await platform.sender.send(row(family, "Same", ref, buttons=UNDO)) == ref
    assert len(telegram.from_bot(family)) == 1


async def test_a_card_that_was_deleted_is_sent_anew(
    telegram: Telegram, platform: TelegramPlatform, family: Chat
) -> None:
    ref = await platform.sender.send(row(family, "Card"))
    family.messages.clear()
    assert await platform.sender.send(row(family, "Card, changed", ref)) != ref
    assert [m.text for m in telegram.from_bot(family)] == ["Card, changed"]


async def test_long_text_keeps_every_line_and_buttons_come_last(
    telegram: Telegram, platform: TelegramPlatform, family: Chat
) -> None:
    text = "\n".join(f"{n}: <practice> & more" for n in range(400))
    ref = await platform.sender.send(row(family, text, buttons=UNDO))
    shown = telegram.from_bot(family)
    assert "\n".join(m.text for m in shown) == text
    assert len(shown) > 1
    assert [m.labels for m in shown] == [[]] * (len(shown) - 1) + [["Undo"]]
    assert ref == message_ref(family.id, shown[-1].id)


async def test_parts_that_got_through_are_not_sent_again(
    telegram: Telegram, platform: TelegramPlatform, family: Chat
) -> None:
    given = row(family, "\n".join([letter * 3000 for letter in "abc"]))
    telegram.fail_next("sendMessage", None, ApiError(429, "Too Many Requests", retry_after=2))
    with pytest.raises(TryLater):
        await platform.sender.send(given)
    await platform.sender.send(given)
    assert [m.text[0] for m in telegram.from_bot(family)] == ["a", "b", "c"]


async def test_replies_and_a_question_that_was_deleted(
    telegram: Telegram, platform: TelegramPlatform, family: Chat
) -> None:
    anna = family.members[0]
    asked = telegram.say(family, anna, "@family_bot swim?")
    await platform.sender.send(row(family, "Yes", reply_to=message_ref(family.id, asked.id)))
    await platform.sender.send(row(family, "No", reply_to=message_ref(family.id, 9999)))
    assert [m.reply_to for m in telegram.from_bot(family)] == [asked, None]


@pytest.mark.parametrize("ref", ["-100:5", "5", "", None, "-5:77"])
def test_a_message_of_another_chat_is_not_taken_for_one_of_this(ref: str | None) -> None:
    assert message_in(-5, ref) == (77 if ref == "-5:77" else None)


async def test_topics(telegram: Telegram, platform: TelegramPlatform) -> None:
    forum = telegram.group("Riveras", [], supergroup=True)
    school = telegram.topic(forum, "School")
    await platform.sender.send(row(forum, "there", topic=str(school)))
    await platform.sender.send(row(forum, "topic is gone", topic="9999"))
    assert [(m.text, m.topic) for m in telegram.from_bot(forum)] == [
        ("there", school),
        ("topic is gone", None),
    ]


@pytest.mark.parametrize("refusal", ["message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED"])
async def test_what_a_topic_does_not_take_goes_to_the_group(
    telegram: Telegram, platform: TelegramPlatform, refusal: str
) -> None:
    forum = telegram.group("Riveras", [], supergroup=True)
    school = telegram.topic(forum, "School")
    card = await platform.sender.send(row(forum, "card", topic=str(school)))
    file = Attachment("family.ics", "text/calendar", b"BEGIN:VCALENDAR")
    error = ApiError(400, f"Bad Request: {refusal}")
    telegram.fail_next("editMessageText", error)
    telegram.fail_next("sendMessage", error)
    telegram.fail_next("sendDocument", error)
    given = row(forum, "card, changed", card, topic=str(school), attachments=(file,))
    await platform.sender.send(given)
    words, document = telegram.from_bot(forum)[1:]
    assert (words.text, words.topic) == ("card, changed", None)
    assert (document.document.content, document.topic) == (file.content, None)


async def test_attachments(telegram: Telegram, platform: TelegramPlatform, family: Chat) -> None:
    content = b"BEGIN:VCALENDAR\r\n--boundary\r\n\x00\xff\r\n"
    file = Attachment("family.ics", "text/calendar", content)
    ref = await platform.sender.send(row(family, "Here you are.", attachments=(file,)))
    words, document = telegram.from_bot(family)
    assert (document.document.name, document.document.content) == ("family.ics", content)
    assert ref == message_ref(family.id, words.id)
    assert await platform.sender.send(row(family, "", attachments=(file,)))
    assert len(telegram.from_bot(family)) == 3


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ApiError(429, "Too Many Requests: retry after 17", retry_after=17), TryLater),
        (ApiError(502, "Bad Gateway"), TryLater),
        (ApiError(401, "Unauthorized"), TryLater),
        (ApiError(400, "Bad Request: chat not found"), ChatGone),
        (ApiError(403, "Forbidden: user is deactivated"), ChatGone),
        (ApiError(403, "Forbidden: bot was kicked from the supergroup chat"), ChatGone),
        (ApiError(400, "Bad Request: not enough rights to send text messages"), Undeliverable),
        (ApiError(400, "Bad Request: message is too long"), Undeliverable),
    ],
    ids=lambda value: getattr(value, "description", None),
)
async def test_refusals(
    telegram: Telegram,
    platform: TelegramPlatform,
    family: Chat,
    error: ApiError,
    expected: type[Exception],
) -> None:
    telegram.fail_next("sendMessage", error)
    with pytest.raises(expected) as raised:
        await platform.sender.send(row(family))
    if error.code == 429:
        assert isinstance(raised.value, TryLater)
        assert raised.value.after == timedelta(seconds=17)


async def test_telegram_out_of_reach_is_passing_trouble(
    telegram: Telegram, platform: TelegramPlatform, family: Chat
) -> None:
    await telegram.stop()
    with pytest.raises(TryLater):
        await platform.sender.send(row(family))


async def test_blocked_removed_and_unknown(
    telegram: Telegram, platform: TelegramPlatform, family: Chat
) -> None:
    anna = family.members[0]
    telegram.block(anna)
    telegram.kick_bot(family, anna)
    never = telegram.user("Never wrote")
    for chat in (telegram.private(anna), family, Chat(never.id, "private"), Chat(-9, "group")):
        with pytest.raises(ChatGone):
            await platform.sender.send(row(chat))


@pytest.mark.parametrize(
    "fields",
    [{"text": ""}, {"text": "x", "buttons": ((Button("x", "y" * 65),),)}],
    ids=["empty", "button data"],
)
async def test_what_can_never_be_sent(
    platform: TelegramPlatform, family: Chat, fields: dict[str, Any]
) -> None:
    with pytest.raises(Undeliverable):
        await platform.sender.send(row(family, **fields))


async def test_migration_is_reported_and_delivered(
    telegram: Telegram, platform: TelegramPlatform, store: Store, family: Chat
) -> None:
    card = await platform.sender.send(row(family, "card"))
    anna = family.members[0]
    new = telegram.migrate(family, anna)
    await telegram.drained()
    ref = await platform.sender.send(row(family, "card, changed", card))
    assert [m.text for m in telegram.from_bot(new)] == ["card, changed"]
    assert ref == message_ref(new.id, telegram.from_bot(new)[0].id)
    moves = [i for i in store.inbox if i.kind == "migrated"]
    assert [(i.chat.external_id, i.moved_to) for i in moves] == [(str(family.id), str(new.id))]
    assert store.calls == 3, "two notes and the refusal, one key"


class Hands:
    """A machine clock moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
async def paced(
    telegram: Telegram, make: Callable[..., Any], store: Store, hands: Hands
) -> TelegramPlatform:
    platform = make(pace=Pace())
    platform.sender._limiter._monotonic = hands
    await platform.start(store)
    await platform.ready()
    return platform


async def wait_for(platform: TelegramPlatform, given: OutboxRow) -> float:
    """Seconds the sender asks to wait; 0 when it sent."""
    try:
        await platform.sender.send(given)
    except TryLater as later:
        return round(later.after.total_seconds(), 3)
    return 0


async def test_one_message_a_second_in_a_chat(
    telegram: Telegram, paced: TelegramPlatform, hands: Hands, family: Chat
) -> None:
    other = telegram.private(telegram.user("Ben"))
    assert await wait_for(paced, row(family)) == 0
    assert await wait_for(paced, row(family)) == 1
    assert await wait_for(paced, row(other)) == 0
    hands.at += 0.6
    assert await wait_for(paced, row(family)) == 0.4
    hands.at += 0.4
    assert await wait_for(paced, row(family)) == 0
    assert len(telegram.from_bot(family)) == 2


async def test_twenty_messages_in_any_minute_in_a_group(
    telegram: Telegram, paced: TelegramPlatform, hands: Hands, family: Chat
) -> None:
    sent: list[float] = []
    while len(sent) < 50:
        wait = await wait_for(paced, row(family))
        if not wait:
            sent.append(hands.at)
        hands.at += wait or 1
    assert all(later - early >= 60 for early, later in zip(sent, sent[20:], strict=False))
    assert sent[-1] - sent[0] == 129, "and no slower than that"


async def test_edits_do_not_wait_for_the_groups_minute(
    telegram: Telegram, paced: TelegramPlatform, hands: Hands, family: Chat
) -> None:
    for _ in range(20):
        assert await wait_for(paced, row(family)) == 0
        hands.at += 1
    assert await wait_for(paced, row(family)) == 40
    first = message_ref(family.id, telegram.from_bot(family)[0].id)
    assert await wait_for(paced, row(family, "new", first)) == 0
    assert await wait_for(paced, row(family, "newer", first)) == 1


async def test_private_chats_have_no_minute(
    telegram: Telegram, paced: TelegramPlatform, hands: Hands
) -> None:
    ben = telegram.private(telegram.user("Ben"))
    for _ in range(30):
        assert await wait_for(paced, row(ben)) == 0
        hands.at += 1


async def test_parts_of_one_message_go_together_and_are_paid_for(
    telegram: Telegram, paced: TelegramPlatform, hands: Hands, family: Chat
) -> None:
    assert await wait_for(paced, row(family, "\n".join(["x" * 3000] * 3))) == 0
    assert len(telegram.from_bot(family)) == 3
    assert await wait_for(paced, row(family)) == 3


async def test_what_was_refused_for_pace_costs_nothing(
    telegram: Telegram, paced: TelegramPlatform, hands: Hands, family: Chat
) -> None:
    given = row(family)
    assert await wait_for(paced, given) == 0
    for _ in range(50):
        assert await wait_for(paced, replace(given, id=uuid4())) == 1
    hands.at += 1
    assert await wait_for(paced, given) == 0
