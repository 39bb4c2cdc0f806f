"""Payloads in, `Inbound` out: tables."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.commands import COMMANDS
from bot.slack.codec import Known, Profile, inbound

ME, ANNA, BEN = "U0BOT", "U1ANNA", "U2BEN"
NOW = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)
TS = "1772636400.000100"
KNOWN = Known(
    ME,
    {ANNA: Profile("Anna", "Europe/Paris", "fr-FR"), BEN: Profile("Ben & Jerry <b>")},
    "Rivera",
)


def event(kind: str = "message", **fields: Any) -> dict[str, Any]:
    about = {"type": kind, "channel": "C1", "event_ts": TS, **fields}
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": about}


def message(text: str = "hello", **fields: Any) -> dict[str, Any]:
    return event(**{"user": ANNA, "text": text, "ts": TS, **fields})


def edited(text: str, before: str, **fields: Any) -> dict[str, Any]:
    now = {"user": ANNA, "text": text, "ts": TS, "edited": {"user": ANNA, "ts": "1772636500.0"}}
    previous = {"user": ANNA, "text": before, "ts": TS}
    return event(subtype="message_changed", message={**now, **fields}, previous_message=previous)


def command(text: str, **fields: Any) -> dict[str, Any]:
    return {
        "command": "/family",
        "text": text,
        "team_id": "T1",
        "channel_id": "C1",
        "channel_name": "kitchen",
        "user_id": ANNA,
        "user_name": "anna.rivera",
        "trigger_id": "13.T1.aa",
        **fields,
    }


def tap(value: str = "undo:7", **fields: Any) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": ANNA, "username": "anna.rivera", "team_id": "T1"},
        "channel": {"id": "C1", "name": "kitchen"},
        "container": {"type": "message", "message_ts": "1772636300.000200", "channel_id": "C1"},
        "actions": [{"type": "button", "value": value, "action_ts": "1772636401.5"}],
        **fields,
    }


def shortcut(text: str = "dentist Monday 3pm", **fields: Any) -> dict[str, Any]:
    return {
        "type": "message_action",
        "callback_id": "add_to_calendar",
        "team": {"id": "T1"},
        "user": {"id": ANNA, "team_id": "T1"},
        "channel": {"id": "C1", "name": "kitchen"},
        "message": {"user": BEN, "text": text, "ts": TS},
        "action_ts": "1772636402.1",
        **fields,
    }


def read(body: dict[str, Any]) -> Any:
    return inbound(body, KNOWN, NOW)


def test_a_plain_message_in_full() -> None:
    got = read(message("swim at 5"))
    assert (got.kind, got.key, got.text) == ("message", f"message:T1:C1:{TS}", "swim at 5")
    chat = got.chat
    assert (chat.platform, chat.external_id, chat.title) == ("slack", "T1:C1", "Rivera")
    assert (chat.private, chat.topic, chat.space) == (False, None, "T1")
    who = got.sender
    assert (who.external_id, who.name, who.timezone) == (f"T1:{ANNA}", "Anna", "Europe/Paris")
    assert who.locale == "fr-FR"
    assert got.sent_at == datetime.fromtimestamp(1772636400.0001, UTC)
    assert (got.message_ref, got.reply_ref, got.thread_ref, got.button) == (TS, None, None, None)
    assert not got.addressed


@pytest.mark.parametrize(
    ("body", "text", "addressed"),
    [
        pytest.param(message("hello"), "hello", False, id="channel talk"),
        pytest.param(message("hello", channel="D1"), "hello", True, id="direct message"),
        pytest.param(message(f"<@{ME}> swim at 5"), "swim at 5", True, id="mention in front"),
        pytest.param(message(f"<@{ME}|family>, swim"), "swim", True, id="mention with label"),
        pytest.param(message(f"swim <@{ME}> at 5"), "swim at 5", True, id="mention inside"),
        pytest.param(message(f"swim for <@{BEN}>"), "swim for Ben & Jerry <b>", False, id="person"),
        pytest.param(message("with <@U9|leo>"), "with leo", False, id="unknown person, labelled"),
        pytest.param(message("with <@U9>"), "with someone", False, id="unknown person"),
        pytest.param(message("in <#C2|garden>"), "in #garden", False, id="channel"),
        pytest.param(message("in <#C2>"), "in a channel", False, id="channel without label"),
        pytest.param(message("<!here> swim"), "@here swim", False, id="broadcast"),
        pytest.param(message("<!subteam^S1|@kids> go"), "@kids go", False, id="user group"),
        pytest.param(
            message("<!date^1772636400^{date}|4 March> swim"), "4 March swim", False, id="date"
        ),
        pytest.param(
            message("see <https://x.org/a?b=1&amp;c>"),
            "see https://x.org/a?b=1&c",
            False,
            id="link",
        ),
        pytest.param(message("see <https://x.org|the site>"), "see the site", False, id="label"),
        pytest.param(message("<mailto:a@b.org|a@b.org> swim"), "a@b.org swim", False, id="mail"),
        pytest.param(message("A &amp; B &lt;3"), "A & B <3", False, id="escapes"),
        pytest.param(message("&amp;lt; &lt;@U1&gt;"), "&lt; <@U1>", False, id="escaped escapes"),
        pytest.param(message("one\ntwo  three"), "one\ntwo three", False, id="line ends stay"),
        pytest.param(message(""), "", False, id="no words"),
        pytest.param(message("a", subtype="file_share"), "a", False, id="with a file"),
        pytest.param(message("waves", subtype="me_message"), "waves", False, id="/me"),
        pytest.param(message("all", subtype="thread_broadcast"), "all", False, id="also sent"),
    ],
)
def test_words_and_whether_they_are_for_us(
    body: dict[str, Any], text: str, addressed: bool
) -> None:
    got = read(body)
    assert (got.kind, got.text, got.addressed) == ("message", text, addressed)


def test_a_mention_and_the_message_beside_it_are_one() -> None:
    fields = {"user": ANNA, "text": f"<@{ME}> swim at 5", "ts": TS}
    told = event("app_mention", **fields)
    assert read(told) == read(event("message", channel_type="channel", **fields))


@pytest.mark.parametrize(
    ("body", "thread", "answer"),
    [
        pytest.param(message(), None, TS, id="new in a channel"),
        pytest.param(message(thread_ts=TS), None, TS, id="what began the thread"),
        pytest.param(message(thread_ts="17.1"), "17.1", "17.1", id="in a thread"),
        pytest.param(message(channel="D1"), None, TS, id="direct"),
        pytest.param(message(channel="D1", thread_ts="17.1"), "17.1", "in:17.1", id="its thread"),
        pytest.param(edited("b", "a", thread_ts="17.1"), "17.1", "17.1", id="edited in a thread"),
    ],
)
def test_threads(body: dict[str, Any], thread: str | None, answer: str) -> None:
    got = read(body)
    assert (got.reply_ref, got.answer_ref) == (thread, answer)


def test_an_edit() -> None:
    got = read(edited(f"<@{ME}> swim at 6", f"<@{ME}> swim at 5"))
    assert (got.kind, got.text, got.addressed) == ("edit", "swim at 6", True)
    assert got.key == f"edit:T1:C1:{TS}:1772636500.0"
    assert got.message_ref == TS


IGNORED = [
    pytest.param(message(bot_id="B1"), id="another app"),
    pytest.param(message(user=ME), id="ourselves"),
    pytest.param(message(user="USLACKBOT"), id="Slackbot"),
    pytest.param(message(subtype="bot_message"), id="an old bot"),
    pytest.param(message(subtype="channel_join"), id="somebody came"),
    pytest.param(message(subtype="channel_topic"), id="a new topic"),
    pytest.param(message(subtype="message_deleted", deleted_ts=TS), id="deleted"),
    pytest.param(message(subtype="reminder_add"), id="a subtype of tomorrow"),
    pytest.param(message(user=None), id="nobody"),
    pytest.param(edited("a", "a"), id="a link was unfurled"),
    pytest.param(edited("b", "a", edited=None), id="a thread grew"),
    pytest.param(edited("b", "a", bot_id="B1"), id="another app's edit"),
    pytest.param(event("member_joined_channel", user=ANNA), id="a person came"),
    pytest.param(event("member_left_channel", user=ANNA), id="a person went"),
    pytest.param(event("app_home_opened", user=ANNA, tab="messages"), id="the Messages tab"),
    pytest.param(event("channel_rename", channel={"id": "C1", "name": "x"}), id="renamed"),
    pytest.param(event("reaction_added", user=ANNA, channel=None), id="not asked for"),
    pytest.param(shortcut(callback_id="other"), id="another shortcut"),
    pytest.param(tap(actions=[]), id="no action"),
    pytest.param(tap(actions=[{"type": "static_select", "value": "x"}]), id="a menu"),
    pytest.param(tap(value=""), id="a button without data"),
    pytest.param(tap(channel=None, container={}), id="a tap from nowhere"),
    pytest.param({"type": "view_closed", "team": {"id": "T1"}}, id="a window closed"),
    pytest.param({}, id="nothing"),
]


@pytest.mark.parametrize("body", IGNORED)
def test_what_is_not_for_us(body: dict[str, Any]) -> None:
    assert read(body) is None


@pytest.mark.parametrize(
    ("body", "kind", "who"),
    [
        (event("member_joined_channel", user=ME, inviter=ANNA), "joined", "Anna"),
        (event("member_joined_channel", user=ME), "joined", None),
        (event("channel_unarchive", user=ANNA), "joined", None),
        (event("group_unarchive", user=ANNA), "joined", None),
        (event("member_left_channel", user=ME), "left", None),
        (event("channel_left", actor_id=ANNA), "left", None),
        (event("group_left"), "left", None),
        (event("channel_archive", user=ANNA), "left", None),
        (event("group_archive", user=ANNA), "left", None),
        (event("channel_deleted"), "left", None),
        (event("group_deleted"), "left", None),
    ],
    ids=lambda value: value["event"]["type"] if isinstance(value, dict) else None,
)
def test_coming_and_going(body: dict[str, Any], kind: str, who: str | None) -> None:
    got = read(body)
    assert (got.kind, got.key, got.chat.external_id) == (kind, f"{kind}:T1:C1:{TS}", "T1:C1")
    assert (got.sender and got.sender.name) == who


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command(name: str) -> None:
    got = read(command(f"{name} piano"))
    assert (got.kind, got.text, got.addressed) == ("command", f"/{name} piano", True)


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("", "command", "/help"),
        ("  ", "command", "/help"),
        ("week", "command", "/week"),
        ("Week", "command", "/week"),
        ("/week", "command", "/week"),
        ("members", "command", "/family"),
        ("members add Leo", "command", "/family add Leo"),
        ("add\npiano at 5", "command", "/add piano at 5"),
        ("soccer Saturday 2pm", "command", "/add soccer Saturday 2pm"),
        ("weekend trip", "command", "/add weekend trip"),
        (f"remind <@{BEN}> to call", "command", "/remind Ben & Jerry <b> to call"),
        ("add A &amp; B", "command", "/add A & B"),
    ],
)
def test_what_is_typed_after_the_command(text: str, kind: str, line: str) -> None:
    got = read(command(text))
    assert (got.kind, got.text) == (kind, line)


def test_a_command_in_full() -> None:
    got = read(command("week"))
    assert (got.key, got.sent_at) == ("command:T1:13.T1.aa", NOW)
    assert (got.message_ref, got.answer_ref) == (None, None)
    assert got.sender.username == "anna.rivera"


def test_a_tap_in_full() -> None:
    got = read(tap("undo:7"))
    assert (got.kind, got.button, got.message_ref) == ("tap", "undo:7", "1772636300.000200")
    assert got.key == f"tap:T1:C1:{ANNA}:1772636401.5:undo:7"
    assert (got.chat.external_id, got.sender.external_id) == ("T1:C1", f"T1:{ANNA}")
    assert got.answer_ref is None


def test_a_tap_on_what_only_one_person_sees() -> None:
    place = {"type": "message", "message_ts": "17.2", "channel_id": "C1", "is_ephemeral": True}
    got = read(tap(channel=None, container=place))
    assert (got.chat.external_id, got.message_ref) == ("T1:C1", "17.2")


def test_a_tap_on_the_home_tab() -> None:
    view = {"type": "home", "private_metadata": "D1"}
    got = read(tap(channel=None, container={"type": "view"}, view=view))
    assert (got.chat.external_id, got.chat.topic) == ("T1:D1", f"home:{ANNA}")
    assert got.chat.private


def test_looking_at_the_home_tab_is_not_speaking() -> None:
    got = read(event("app_home_opened", user=ANNA, channel="D1", tab="home"))
    assert (got.kind, got.text, got.addressed) == ("command", "/home", False)
    assert (got.chat.external_id, got.chat.topic) == ("T1:D1", f"home:{ANNA}")
    assert got.key == f"home:T1:{ANNA}:{TS}"


def test_a_message_shortcut_offers_somebody_elses_words() -> None:
    got = read(shortcut(f"dentist for <@{BEN}>"))
    assert (got.kind, got.text) == ("message", "dentist for Ben & Jerry <b>")
    assert got.addressed
    assert got.forwarded
    assert got.author is not None
    assert got.author != got.sender.external_id
    assert got.sender.name == "Anna", "who chose it, not who wrote it"
    assert got.key == f"shortcut:T1:C1:{TS}:1772636402.1"


def test_a_forwarded_message_is_somebody_elses_words_of_its_own_day() -> None:
    shared = {
        "is_share": True,
        "ts": "1772400000.0",
        "author_id": BEN,
        "text": "dentist tomorrow 3pm",
    }
    got = read(message(f"<@{ME}> for Mia", attachments=[{"is_msg_unfurl": True}, shared]))
    assert got.text == "dentist tomorrow 3pm for Mia"
    assert got.forwarded
    assert got.addressed
    assert got.sent_at == datetime.fromtimestamp(1772400000, UTC)
    assert got.author == read(message(user=BEN)).sender.external_id
    plain = read(
        message("hello", attachments=[{"is_msg_unfurl": True, "text": "a link's preview"}])
    )
    assert (plain.text, plain.forwarded) == ("hello", False)


def test_somebody_slack_tells_nothing_about() -> None:
    nobody = Known(ME)
    assert inbound(message(), nobody, NOW).sender.name == "Someone"
    assert inbound(command("week"), nobody, NOW).sender.name == "anna.rivera"
