"""Payloads over a real socket: recorded before they are acknowledged, once, in order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.play.counterparts.slack import ApiError, Channel, Slack, User, server_error
from bot.slack.app import SlackPlatform
from bot.slack.people import FRESH, SILENT, People
from bot.slack.workspaces import Workspaces
from scheduling.messages import TapAnswer
from tests.bot.slack.conftest import Machine, Store


@pytest.fixture
def anna(slack: Slack) -> User:
    return slack.user("Anna", tz="Europe/Paris", locale="fr-FR")


@pytest.fixture
def kitchen(slack: Slack, anna: User) -> Channel:
    return slack.channel("kitchen", [anna])


async def test_what_is_written_reaches_the_inbox_once(
    slack: Slack, platform: SlackPlatform, store: Store, kitchen: Channel, anna: User
) -> None:
    slack.say(kitchen, anna, "swim at 5", mention=True)
    await slack.drained()
    (got,) = store.inbox
    assert store.calls == 2, "the message, and the mention of us in it"
    assert (got.text, got.addressed, got.sender.name) == ("swim at 5", True, "Anna")
    assert (got.sender.timezone, got.sender.locale) == ("Europe/Paris", "fr-FR")


async def test_our_own_words_do_not_come_back(
    slack: Slack, platform: SlackPlatform, store: Store, kitchen: Channel, anna: User
) -> None:
    client = platform._workspaces.anonymous(slack.token())
    await client.chat_postMessage(channel=kitchen.id, text="a card")
    slack.say(kitchen, slack.user("Jenkins", is_bot=True), "built")
    await slack.drained()
    assert store.inbox == []


async def test_a_database_that_is_away_loses_nothing(
    slack: Slack,
    platform: SlackPlatform,
    store: Store,
    kitchen: Channel,
    anna: User,
    caplog: pytest.LogCaptureFixture,
) -> None:
    store.failing = 3
    slack.say(kitchen, anna, "swim at 5")
    await slack.drained()
    assert store.texts == ["swim at 5"]
    (told,) = slack.events("message")
    assert told.tries == 3, "none of them acknowledged"
    assert "not recorded" in caplog.text
    assert "swim" not in caplog.text


async def test_a_command_that_cannot_be_recorded_fails_for_the_one_who_typed_it(
    slack: Slack, platform: SlackPlatform, store: Store, kitchen: Channel, anna: User
) -> None:
    slack.state.limit = 0.2
    store.failing = 1
    slack.command(anna, kitchen, "/family", "week")
    await slack.drained()
    assert slack.activity[-1].what == "failed"
    assert store.inbox == []


async def test_order_in_a_channel_is_kept_while_a_name_is_asked_for(
    slack: Slack, platform: SlackPlatform, store: Store, kitchen: Channel, anna: User
) -> None:
    people = [slack.user(f"Person {n}") for n in range(20)]
    for n, person in enumerate(people):
        slack.say(kitchen, person, f"message {n}")
    await slack.drained()
    assert store.texts == [f"message {n}" for n in range(20)]
    assert [i.sender.name for i in store.inbox] == [p.shown_name for p in people]


async def test_names_of_those_mentioned(
    slack: Slack, platform: SlackPlatform, store: Store, kitchen: Channel, anna: User
) -> None:
    mia = slack.user("Mia")
    slack.say(kitchen, anna, "is at the dentist Monday", mention=[mia])
    await slack.drained()
    assert store.texts == ["Mia is at the dentist Monday"]


async def test_a_name_is_asked_for_once(
    slack: Slack, platform: SlackPlatform, store: Store, kitchen: Channel, anna: User
) -> None:
    for n in range(10):
        slack.say(kitchen, anna, f"message {n}")
    await slack.drained()
    assert len(slack.calls("users.info")) == 1


@pytest.mark.parametrize("error", [server_error(), ApiError("user_not_found")], ids=["5xx", "no"])
async def test_a_name_that_slack_does_not_tell(
    slack: Slack,
    platform: SlackPlatform,
    store: Store,
    kitchen: Channel,
    anna: User,
    error: ApiError,
) -> None:
    slack.fail_next("users.info", error)
    slack.say(kitchen, anna, "one")
    slack.say(kitchen, anna, "two")
    await slack.drained()
    assert [(i.text, i.sender.name) for i in store.inbox] == [
        ("one", "Someone"),
        ("two", "Someone"),
    ]
    assert len(slack.calls("users.info")) == 1, "nobody waits for it twice"


async def test_news_of_a_profile(
    slack: Slack, platform: SlackPlatform, store: Store, kitchen: Channel, anna: User
) -> None:
    slack.say(kitchen, anna, "one")
    await slack.drained()
    slack.change_user(anna, display_name="Annie", tz="Asia/Tokyo")
    await slack.drained()
    slack.say(kitchen, anna, "two")
    await slack.drained()
    who = store.inbox[-1].sender
    assert (who.name, who.timezone) == ("Annie", "Asia/Tokyo")
    assert len(slack.calls("users.info")) == 1


async def test_who_invites_us_is_known_by_name(
    slack: Slack, platform: SlackPlatform, store: Store, anna: User
) -> None:
    garden = slack.channel("garden", [anna], bot=False)
    slack.invite(garden, anna)
    await slack.drained()
    assert [(i.kind, i.sender.name) for i in store.inbox] == [("joined", "Anna")]


@pytest.mark.parametrize(
    "event",
    [
        {"type": "message", "channel": "C1", "user": ["U1"], "text": 7, "ts": "no time"},
        {"type": "message", "channel": {}, "user": "U1", "text": "x"},
        {"type": "message", "subtype": "message_changed", "channel": "C1", "message": "odd"},
        {"type": "app_home_opened", "channel": "D1", "tab": "home"},
        {"type": "user_change", "user": "U1"},
        {"type": "tokens_revoked", "tokens": ["bot"]},
        {"type": ["message"]},
        "no event at all",
    ],
    ids=lambda event: str(event)[:40],
)
async def test_what_has_no_documented_shape_is_passed_over(
    slack: Slack,
    platform: SlackPlatform,
    store: Store,
    kitchen: Channel,
    anna: User,
    caplog: pytest.LogCaptureFixture,
    event: Any,
) -> None:
    body = {"type": "event_callback", "team_id": kitchen.team.id, "event": event}
    answer = await platform._intake.take(AsyncBoltRequest(body=body, mode="socket_mode"))
    assert answer.status == 200, "another try would not make it better"
    assert store.inbox == []
    assert "x" not in caplog.messages


@pytest.mark.parametrize(
    "change",
    [
        {"actions": ["undo:7"]},
        {"actions": {}},
        {"actions": [{"type": "button", "value": "edit:not-an-id"}], "trigger_id": "1"},
        {"type": "view_submission", "view": {"callback_id": "event_form"}},
        {"type": "view_submission", "view": "odd"},
        {"type": "shortcut", "callback_id": "new_event"},
    ],
    ids=lambda change: str(change)[:60],
)
async def test_interactions_of_no_shape_do_not_raise(
    slack: Slack,
    platform: SlackPlatform,
    store: Store,
    kitchen: Channel,
    anna: User,
    change: dict[str, Any],
) -> None:
    body = {
        "type": "block_actions",
        "team": {"id": kitchen.team.id},
        "user": {"id": anna.id},
        **change,
    }
    await platform._intake.take(AsyncBoltRequest(body=body, mode="socket_mode"))
    await platform.answered()
    assert store.inbox == []


async def test_a_workspace_that_is_not_ours(
    slack: Slack, platform: SlackPlatform, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    other = slack.team("T999", "Others")
    eve = slack.user("Eve", team=other)
    slack.say(slack.channel("lobby", [eve]), eve, "hello")
    await slack.drained()
    assert store.inbox == []
    assert "did not install" in caplog.text


async def test_a_toast_goes_to_the_one_who_tapped(
    slack: Slack, platform: SlackPlatform, store: Store, kitchen: Channel, anna: User
) -> None:
    client = platform._workspaces.anonymous(slack.token())
    button = {"type": "button", "action_id": "a", "value": "undo:7"}
    row = {"type": "actions", "elements": [{**button, "text": {"type": "plain_text", "text": "U"}}]}
    await client.chat_postMessage(channel=kitchen.id, text="card", blocks=[row])
    card = slack.from_bot(kitchen)[-1]
    store.answer = TapAnswer("Done.")
    slack.tap(anna, card, "U")
    await slack.drained()
    await platform.answered()
    assert slack.activity[-1].what == "new", "what was done shows on its card"
    store.answer = TapAnswer("Only <!channel> a parent & you.", alert=True)
    slack.tap(anna, card, "U")
    await slack.drained()
    await platform.answered()
    told = slack.activity[-1]
    assert (told.what, told.user) == ("ephemeral", anna)
    assert (told.text, told.pinged) == ("Only <!channel> a parent & you.", ())


async def test_tokens_are_in_no_log_at_any_level(
    make: Callable[..., Any],
    slack: Slack,
    store: Store,
    kitchen: Channel,
    anna: User,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    built = make()
    await built.start(store)
    await built.ready()
    await slack.connected()
    slack.say(kitchen, anna, "hello")
    await slack.drained()
    await built.stop()
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("uvicorn")]
    assert any("users.info" in line for line in ours), "the library does log its requests"
    assert not [line for line in ours if slack.token() in line or "xapp-" in line]
    assert slack.token() not in repr(built._options)
    assert "xapp-" not in repr(built._options)


# --- names, by the clock ---


class Slow(Workspaces):
    """Slack tells nothing until it is let."""

    def __init__(self) -> None:
        super().__init__("http://nowhere", None)
        self.asked = 0
        self.go = asyncio.Event()

    async def client(self, team: str) -> Any:
        return self

    async def users_info(self, user: str, include_locale: bool) -> dict[str, Any]:
        self.asked += 1
        await self.go.wait()
        return {"user": {"name": "anna", "tz": "UTC"}}


async def test_slow_names_hold_up_only_the_first(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.people.PATIENCE", 0.01)
    slow = Slow()
    people = People(slow, machine)
    assert await people.profiles("T1", ["U1"]) == {}
    machine.at += 2
    monkeypatch.setattr("bot.slack.people.PATIENCE", 600)
    assert await people.profiles("T1", ["U1"]) == {}, "no patience is left for this question"
    assert slow.asked == 1
    slow.go.set()
    await asyncio.gather(*(asked for asked, _ in people._asking.values()))
    assert (await people.profiles("T1", ["U1"]))["U1"].name == "anna"
    machine.at += FRESH + 1
    assert (await people.profiles("T1", ["U1"]))["U1"].timezone == "UTC"
    assert slow.asked == 2
    assert SILENT < FRESH
