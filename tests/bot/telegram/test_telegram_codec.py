"""Updates in, markup out: tables."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from bot.telegram.codec import BotIdentity, inbound, markup
from bot.telegram.text import units
from scheduling.messages import Attachment, Button, Inbound, Outgoing

ME = BotIdentity(42, "Family_Bot", "Family", reads_all=False)
BOT = {"id": 42, "is_bot": True, "first_name": "Family", "username": "Family_Bot"}
ANNA = {"id": 7, "is_bot": False, "first_name": "Anna", "last_name": "Rivera", "username": "anna"}
GROUP = {"id": -100, "type": "supergroup", "title": "Riveras"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Anna"}
WROTE = 1772636400
NOW = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)


def message(text: str | None = "hello", **fields: Any) -> dict[str, Any]:
    found = {"message_id": 5, "date": WROTE, "chat": GROUP, "from": ANNA, **fields}
    return {"update_id": 1, "message": found | ({"text": text} if text is not None else {})}


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def read(update: dict[str, Any]) -> Inbound | None:
    return inbound(update, ME, NOW)


def test_a_plain_message_in_full() -> None:
    got = read(message("swim at 5"))
    assert (got.kind, got.key, got.text) == ("message", "message:-100:5", "swim at 5")
    assert got.chat.platform == "telegram"
    assert (got.chat.external_id, got.chat.title, got.chat.topic) == ("-100", "Riveras", None)
    assert not got.chat.private
    assert (got.sender.external_id, got.sender.name, got.sender.username) == (
        "7",
        "Anna Rivera",
        "anna",
    )
    assert got.sent_at == datetime.fromtimestamp(WROTE, UTC)
    assert (got.message_ref, got.reply_ref, got.button) == ("-100:5", None, None)


REPLY_TO_US = {"message_id": 3, "date": WROTE, "chat": GROUP, "from": BOT, "text": "card"}


@pytest.mark.parametrize(
    ("update", "text", "addressed"),
    [
        pytest.param(message("hello"), "hello", False, id="group talk"),
        pytest.param(message("hello", chat=PRIVATE), "hello", True, id="private chat"),
        pytest.param(
            message("@family_bot swim at 5", entities=[entity("mention", 0, 11)]),
            "swim at 5",
            True,
            id="mention in front, other case",
        ),
        pytest.param(
            message("@Family_Bot, swim at 5", entities=[entity("mention", 0, 11)]),
            "swim at 5",
            True,
            id="mention with a comma",
        ),
        pytest.param(
            message("swim @Family_Bot at 5", entities=[entity("mention", 5, 11)]),
            "swim at 5",
            True,
            id="mention in the middle",
        ),
        pytest.param(
            message("👨‍👩‍👧 swim @Family_Bot", entities=[entity("mention", 14, 11)]),
            "👨‍👩‍👧 swim",
            True,
            id="mention after emoji counts UTF-16",
        ),
        pytest.param(
            message("swim @Family_Bot_2", entities=[entity("mention", 5, 13)]),
            "swim @Family_Bot_2",
            False,
            id="a longer name is someone else",
        ),
        pytest.param(
            message("Fam swim", entities=[entity("text_mention", 0, 3, user=BOT)]),
            "swim",
            True,
            id="text mention of us",
        ),
        pytest.param(
            message("Mia swim", entities=[entity("text_mention", 0, 3, user=ANNA)]),
            "Mia swim",
            False,
            id="text mention of someone else",
        ),
        pytest.param(message("yes", reply_to_message=REPLY_TO_US), "yes", True, id="reply to us"),
        pytest.param(
            message("yes", reply_to_message=REPLY_TO_US | {"from": ANNA}),
            "yes",
            False,
            id="reply to a person",
        ),
        pytest.param(
            message(
                None, caption="timetable @Family_Bot", caption_entities=[entity("mention", 10, 11)]
            ),
            "timetable",
            True,
            id="caption",
        ),
        pytest.param(
            message("two\n@Family_Bot lines", entities=[entity("mention", 4, 11)]),
            "two\n lines",
            True,
            id="line ends stay",
        ),
        pytest.param(message("a\0b"), "ab", False, id="NUL"),
        pytest.param(message("a\ud83db"), "a?b", False, id="lone surrogate"),
        pytest.param(message("\u202eabc שלום"), "\u202eabc שלום", False, id="right to left stays"),
        pytest.param(
            message("hi", entities=[entity("mention", 900, 40)]), "hi", False, id="offset outside"
        ),
    ],
)
def test_words_and_whether_they_are_for_us(
    update: dict[str, Any], text: str, addressed: bool
) -> None:
    got = read(update)
    assert (got.text, got.addressed) == (text, addressed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/week", "/week"),
        ("/week@Family_Bot", "/week"),
        ("/add@family_bot piano Tuesday 4pm", "/add piano Tuesday 4pm"),
        ("/add\npiano", "/add\npiano"),
    ],
)
def test_commands(text: str, expected: str) -> None:
    length = len(text.split()[0])
    got = read(message(text, entities=[entity("bot_command", 0, length)]))
    assert (got.kind, got.text, got.addressed) == ("command", expected, True)


def test_a_command_later_in_the_text_is_just_text() -> None:
    got = read(message("see /week", entities=[entity("bot_command", 4, 5)]))
    assert (got.kind, got.addressed) == ("message", False)


@pytest.mark.parametrize(
    "update",
    [
        pytest.param(
            message("/week@OtherBot", entities=[entity("bot_command", 0, 14)]),
            id="another bot's command",
        ),
        pytest.param(message("beep", **{"from": BOT | {"id": 43}}), id="another bot"),
        pytest.param(message("x", via_bot=BOT | {"id": 43}), id="via another bot"),
        pytest.param(message("x", sender_chat=GROUP), id="anonymous admin"),
        pytest.param(message(None), id="no words"),
        pytest.param(message(None, new_chat_members=[ANNA]), id="someone else joined"),
        pytest.param(message(None, left_chat_member=ANNA), id="someone else left"),
        pytest.param(message("x", chat={"id": -5, "type": "channel", "title": "C"}), id="channel"),
        pytest.param({"update_id": 1, "channel_post": message("x")["message"]}, id="channel post"),
        pytest.param({"update_id": 1}, id="empty update"),
        pytest.param({"update_id": 1, "something_new": {"a": 1}}, id="unknown kind"),
    ],
)
def test_what_is_not_for_us(update: dict[str, Any]) -> None:
    assert read(update) is None


def test_a_topic_travels_in_the_address() -> None:
    opened = {
        "message_id": 9,
        "date": WROTE,
        "chat": GROUP,
        "from": BOT,
        "forum_topic_created": {"name": "School", "icon_color": 1},
    }
    got = read(message("swim", message_thread_id=9, is_topic_message=True, reply_to_message=opened))
    assert (got.chat.external_id, got.chat.topic) == ("-100", "9")
    assert (got.addressed, got.reply_ref) == (False, None)


@pytest.mark.parametrize(
    ("origin", "author"),
    [
        ({"type": "user", "date": WROTE - 60, "sender_user": {**ANNA, "id": 8}}, "8"),
        ({"type": "hidden_user", "date": WROTE - 60, "sender_user_name": "School"}, None),
    ],
    ids=["somebody", "somebody who hides"],
)
def test_forwarded_words_are_another_s_and_of_another_day(
    origin: dict[str, Any], author: str | None
) -> None:
    got = read(message(forward_origin=origin))
    assert (got.forwarded, got.author) == (True, author)
    assert int(got.sent_at.timestamp()) == WROTE - 60
    assert got.sender.external_id == str(ANNA["id"])


def test_a_thread_of_replies_is_no_topic() -> None:
    assert read(message("swim", message_thread_id=9)).chat.topic is None


def test_an_edit_has_its_own_key_and_date() -> None:
    edited = message("swim at 6", edit_date=WROTE + 60)["message"]
    got = read({"update_id": 2, "edited_message": edited})
    assert (got.kind, got.key) == ("edit", f"message:-100:5:{WROTE + 60}")
    assert got.message_ref == "-100:5"
    assert got.sent_at == datetime.fromtimestamp(WROTE + 60, UTC)


def tap(**fields: Any) -> dict[str, Any]:
    query = {"id": "99", "from": ANNA, "chat_instance": "1", "data": "opt:1:0", **fields}
    return {"update_id": 3, "callback_query": query}


def test_a_tap() -> None:
    got = read(tap(message=REPLY_TO_US))
    assert (got.kind, got.key, got.button, got.message_ref) == (
        "tap",
        "tap:99",
        "opt:1:0",
        "-100:3",
    )
    assert (got.sender.external_id, got.sent_at) == ("7", NOW)


def test_a_tap_on_a_card_too_old_to_see() -> None:
    got = read(tap(message={"message_id": 3, "date": 0, "chat": GROUP}))
    assert (got.chat.external_id, got.message_ref) == ("-100", "-100:3")


@pytest.mark.parametrize(
    "fields", [{}, {"message": REPLY_TO_US, "data": None}], ids=["no message", "no data"]
)
def test_a_tap_that_is_not_on_our_buttons(fields: dict[str, Any]) -> None:
    assert read(tap(**fields)) is None


RIGHTS = """
can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos
can_send_video_notes can_send_voice_notes can_send_polls can_send_other_messages
can_add_web_page_previews can_change_info can_invite_users can_pin_messages can_manage_topics
can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats
can_restrict_members can_promote_members can_post_stories can_edit_stories can_delete_stories
can_react_to_messages can_edit_tag
"""


def membership(
    before: str, after: str, chat: dict[str, Any] = GROUP, **more: Any
) -> dict[str, Any]:
    fields = {"user": BOT, "until_date": 0, **dict.fromkeys(RIGHTS.split(), False), **more}
    change = {
        "chat": chat,
        "from": ANNA,
        "date": WROTE,
        "old_chat_member": fields | {"status": before},
        "new_chat_member": fields | {"status": after},
    }
    return {"update_id": 4, "my_chat_member": change}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("left", "member", "joined"),
        ("kicked", "member", "joined"),
        ("left", "administrator", "joined"),
        ("member", "kicked", "left"),
        ("administrator", "left", "left"),
        ("member", "administrator", None),
        ("left", "kicked", None),
    ],
)
def test_our_own_membership(before: str, after: str, kind: str | None) -> None:
    got = read(membership(before, after))
    assert (got and got.kind) == kind


@pytest.mark.parametrize(("is_member", "kind"), [(True, None), (False, "left")])
def test_restricted_may_be_in_or_out(is_member: bool, kind: str | None) -> None:
    got = read(membership("member", "restricted", is_member=is_member))
    assert (got and got.kind) == kind


def test_both_notes_of_one_arrival_have_one_key() -> None:
    by_membership = read(membership("left", "member"))
    by_note = read(message(None, new_chat_members=[BOT]))
    assert by_membership.key == by_note.key
    assert by_note.kind == "joined"


def test_blocked_in_private() -> None:
    got = read(membership("member", "kicked", chat=PRIVATE))
    assert (got.kind, got.chat.private, got.chat.external_id) == ("left", True, "7")


def test_both_notes_of_one_migration_have_one_key() -> None:
    old = read(message(None, chat=GROUP | {"id": -5, "type": "group"}, migrate_to_chat_id=-100))
    new = read(message(None, migrate_from_chat_id=-5))
    assert old.key == new.key
    assert (old.kind, old.chat.external_id, old.moved_to) == ("migrated", "-5", "-100")
    assert (new.chat.external_id, new.moved_to) == ("-5", "-100")


@pytest.mark.parametrize(
    "user",
    [
        {"id": 7, "is_bot": False, "first_name": "\u2003", "username": "anna"},
        {"id": 7, "is_bot": False, "first_name": "", "username": "anna"},
    ],
)
def test_a_nameless_person_has_their_username(user: dict[str, Any]) -> None:
    assert read(message("x", **{"from": user})).sender.name == "anna"


def outgoing(text: str = "text", **fields: Any) -> Outgoing:
    return Outgoing("k", UUID(int=1), text, **fields)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (outgoing("a < b & c > d"), "a &lt; b &amp; c &gt; d"),
        (outgoing("<b>x</b>"), "&lt;b&gt;x&lt;/b&gt;"),
        (outgoing("body", heading="<Head> & co"), "<b>&lt;Head&gt; &amp; co</b>\nbody"),
        (outgoing("", heading="Head"), "<b>Head</b>"),
        (outgoing('say "hi"'), 'say "hi"'),
        (outgoing("a\0b\ud83dc"), "ab?c"),
    ],
)
def test_html(given: Outgoing, expected: str) -> None:
    assert [m.html for m in markup(given)] == [expected]


def test_nothing_to_say_is_no_message() -> None:
    assert markup(outgoing(" \n ")) == []
    assert markup(outgoing("", attachments=(Attachment("a", "text/plain", b"x"),))) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n".join(f"line {n} & more" for n in range(900)), id="lines"),
        pytest.param("word " * 3000, id="one long line"),
        pytest.param("x" * 10_000, id="no spaces at all"),
        pytest.param("👩‍👧" * 3000, id="emoji"),
        pytest.param("<&>" * 4000, id="all to escape"),
        pytest.param("\n" * 9000 + "end", id="empty lines"),
    ],
)
def test_long_text_is_split_within_the_limit(text: str) -> None:
    given = outgoing(text, heading="Head", buttons=((Button("OK", "undo:1"),),))
    sent = markup(given)
    shown = [html.unescape(m.html.replace("<b>", "").replace("</b>", "")) for m in sent]
    assert all(0 < units(part) <= 4096 for part in shown)
    assert "".join("".join(shown).split()) == "".join(f"Head{text}".split())
    assert [m.keyboard is not None for m in sent] == [False] * (len(sent) - 1) + [True]


def test_lines_are_not_cut_where_they_fit() -> None:
    sent = markup(outgoing("\n".join(["x" * 1000] * 9)))
    assert [m.html.count("\n") for m in sent] == [3, 3, 0]


def test_a_heading_too_long_for_one_is_text() -> None:
    sent = markup(outgoing("body", heading="h" * 5000))
    assert len(sent) == 2
    assert all("<b>" not in m.html for m in sent)


def test_the_keyboard() -> None:
    rows = ((Button("Approve 1", "opt:1:0"), Button("Reject", "opt:1:x")), (Button("Undo", "u:1"),))
    (sent,) = markup(outgoing(buttons=rows))
    labels = [[b.text for b in row] for row in sent.keyboard.inline_keyboard]
    assert labels == [["Approve 1", "Reject"], ["Undo"]]
    assert sent.keyboard.inline_keyboard[0][1].callback_data == "opt:1:x"


@pytest.mark.parametrize("data", ["", "x" * 65, "é" * 33], ids=["empty", "65 bytes", "66 bytes"])
def test_button_data_telegram_would_refuse(data: str) -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        markup(outgoing(buttons=((Button("OK", data),),)))
