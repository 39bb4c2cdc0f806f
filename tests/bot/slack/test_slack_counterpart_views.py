"""Modals and App Home of the counterpart, driven with Slack's own client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.play.counterparts.slack import Channel, Slack, User, View


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 3, 4, 15, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[Slack]:
    async with Slack(now=clock) as counterpart:
        yield counterpart


@pytest.fixture
def anna(slack: Slack) -> User:
    return slack.user("Anna")


@pytest.fixture
def kitchen(slack: Slack, anna: User) -> Channel:
    return slack.channel("kitchen", [anna])


@pytest.fixture
def web(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(slack.token(), base_url=slack.api_url)


@pytest.fixture
async def bolt(slack: Slack, web: AsyncWebClient) -> AsyncIterator[AsyncApp]:
    app = AsyncApp(client=web)
    token = slack.settings.app_token
    handler = AsyncSocketModeHandler(app, token, web_client=web)
    await handler.connect_async()
    await slack.connected()
    yield app
    await handler.close_async()


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def ask(label: str, block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    element = {"action_id": "value", **element}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": element,
        **more,
    }


PEOPLE = {
    "type": "multi_static_select",
    "options": [
        {"text": plain("Anna"), "value": "1"},
        {"text": plain("Ben"), "value": "2"},
    ],
}
MODAL = {
    "type": "modal",
    "callback_id": "add",
    "title": plain("Add an event"),
    "submit": plain("Add"),
    "private_metadata": "m1",
    "notify_on_close": True,
    "blocks": [
        ask("What", "what", {"type": "plain_text_input", "initial_value": "Soccer"}),
        ask("Day", "day", {"type": "datepicker"}),
        ask("At", "at", {"type": "timepicker"}, optional=True),
        ask("Who", "who", PEOPLE, optional=True),
    ],
}


async def error(call: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        await call
    found: dict[str, Any] = caught.value.response.data
    return found


async def test_a_trigger_opens_one_modal_within_three_seconds(
    slack: Slack, web: AsyncWebClient, clock: Clock, anna: User
) -> None:
    trigger = slack.shortcut(anna, None, "add").payload["trigger_id"]
    opened = await web.views_open(trigger_id=trigger, view=MODAL)
    assert opened["view"]["id"] == slack.modal(anna).id
    assert opened["view"]["state"]["values"]["what"]["value"]["value"] == "Soccer"
    found = await error(web.views_open(trigger_id=trigger, view=MODAL))
    assert found["error"] == "exchanged_trigger_id"
    late = slack.shortcut(anna, None, "add").payload["trigger_id"]
    clock.at += timedelta(seconds=3.1)
    found = await error(web.views_open(trigger_id=late, view=MODAL))
    assert found["error"] == "expired_trigger_id"
    found = await error(web.views_open(trigger_id="x", view=MODAL))
    assert found["error"] == "invalid_trigger_id"
    assert [(one.what, one.text.splitlines()[0]) for one in slack.activity] == [
        ("modal", "Add an event")
    ]


async def test_submitting_shows_errors_and_then_closes(
    slack: Slack, bolt: AsyncApp, anna: User
) -> None:
    seen: list[dict[str, Any]] = []

    @bolt.shortcut("add")
    async def on_add(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @bolt.view("add")
    async def on_submit(ack: AsyncAck, view: View) -> None:
        seen.append(view)
        if view["state"]["values"]["day"]["value"]["selected_date"] < "2026-03-05":
            await ack(response_action="errors", errors={"day": "That day is over."})
        else:
            await ack()

    slack.shortcut(anna, None, "add")
    while slack.modal(anna) is None:
        await slack.changed()
    assert await slack.submit(anna) == {"day": "Please complete this required field."}
    assert seen == [], "Slack asks for that itself"
    assert await slack.submit(anna, {"Day": "2026-03-01"}) == {"day": "That day is over."}
    assert slack.modal(anna) is not None
    given = {"What": "Chess", "day": "2026-03-07", "At": "14:00", "Who": ["Ben", "1"]}
    assert await slack.submit(anna, given) is None
    assert slack.modal(anna) is None
    values = {name: value["value"] for name, value in seen[-1]["state"]["values"].items()}
    assert values["what"]["value"] == "Chess"
    assert values["at"]["selected_time"] == "14:00"
    assert [one["value"] for one in values["who"]["selected_options"]] == ["2", "1"]
    assert seen[-1]["private_metadata"] == "m1"


async def test_a_modal_becomes_another_one_or_has_one_on_top(
    slack: Slack, bolt: AsyncApp, anna: User
) -> None:
    done = {"type": "modal", "title": plain("Booked"), "blocks": []}
    answers = iter(("push", "update", "clear"))

    @bolt.view("add")
    async def on_submit(ack: AsyncAck) -> None:
        action = next(answers)
        more = {"view": {**MODAL, "title": plain(action)}} if action != "clear" else {}
        await ack(response_action=action, **more)

    web = bolt.client
    trigger = slack.shortcut(anna, None, "add").payload["trigger_id"]
    await web.views_open(trigger_id=trigger, view=MODAL)
    first = slack.modal(anna)
    assert await slack.submit(anna, {"Day": "2026-03-07"}) is None
    assert slack.modal(anna).below is first
    assert await slack.submit(anna, {"Day": "2026-03-08", "What": "Chess"}) is None
    assert slack.modal(anna).content["title"]["text"] == "update"
    assert slack.modal(anna).filled["what", "value"]["value"] == "Chess"
    stale = slack.modal(anna).hash
    await web.views_update(view_id=slack.modal(anna).id, hash=stale, view=MODAL)
    found = await error(web.views_update(view_id=slack.modal(anna).id, hash=stale, view=MODAL))
    assert found["error"] == "hash_conflict"
    assert await slack.submit(anna) is None
    assert slack.modal(anna) is None
    assert (await error(web.views_update(view_id=first.id, view=done)))["error"] == "not_found"


async def test_a_modal_nobody_answers_stays(
    slack: Slack, anna: User, web: AsyncWebClient, bolt: AsyncApp
) -> None:
    slack.state.limit = 0.05

    @bolt.view("add")
    async def on_submit() -> None:
        await asyncio.Event().wait()

    trigger = slack.shortcut(anna, None, "add").payload["trigger_id"]
    await web.views_open(trigger_id=trigger, view=MODAL)
    found = await slack.submit(anna, {"Day": "2026-03-07"})
    assert found == {"": "We had some trouble connecting. Try again?"}
    assert slack.modal(anna) is not None


async def test_cancelling_tells_the_app(slack: Slack, web: AsyncWebClient, anna: User) -> None:
    trigger = slack.shortcut(anna, None, "add").payload["trigger_id"]
    await web.views_open(trigger_id=trigger, view=MODAL)
    slack.close_modal(anna)
    assert slack.modal(anna) is None
    closed = slack.state.deliveries.sent[-1].payload
    assert (closed["type"], closed["is_cleared"]) == ("view_closed", False)


async def test_app_home(slack: Slack, web: AsyncWebClient, anna: User) -> None:
    button = {"type": "button", "text": plain("Approve"), "action_id": "yes", "value": "9"}
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "*Today*"}}
    home = {"type": "home", "blocks": [{**section, "accessory": button}]}
    slack.open_home(anna)
    assert "view" not in slack.events("app_home_opened")[0].event
    first = await web.views_publish(user_id=anna.id, view=home)
    assert [(one.what, one.text, one.user) for one in slack.activity] == [("home", "Today", anna)]
    await web.views_publish(user_id=anna.id, view=home, hash=first["view"]["hash"])
    stale = web.views_publish(user_id=anna.id, view=home, hash=first["view"]["hash"])
    assert (await error(stale))["error"] == "hash_conflict"
    slack.open_home(anna)
    opened = slack.events("app_home_opened")[1].event
    assert (opened["tab"], opened["view"]["type"]) == ("home", "home")
    payload = slack.tap(anna, slack.home(anna), "Approve").payload
    assert payload["container"] == {"type": "view", "view_id": slack.home(anna).id}
    assert payload["actions"][0]["value"] == "9"
    assert "response_url" not in payload


async def test_menus_dates_and_what_stands_in_them(
    slack: Slack, web: AsyncWebClient, anna: User, kitchen: Channel
) -> None:
    menu = {"type": "static_select", "action_id": "pick", "options": PEOPLE["options"]}
    day = {"type": "datepicker", "action_id": "day", "initial_date": "2026-03-07"}
    blocks = [{"type": "actions", "block_id": "b", "elements": [menu, day]}]
    await web.chat_postMessage(channel=kitchen.id, text="x", blocks=blocks)
    (card,) = slack.from_bot(kitchen)
    first = slack.tap(anna, card, "Ben").payload
    assert first["actions"][0]["selected_option"]["value"] == "2"
    second = slack.tap(anna, card, "day", "2026-03-08").payload
    values = second["state"]["values"]["b"]
    assert values["pick"]["selected_option"]["value"] == "2"
    assert values["day"]["selected_date"] == "2026-03-08"


async def test_an_external_id_names_one_open_view(
    slack: Slack, web: AsyncWebClient, anna: User
) -> None:
    named = {**MODAL, "external_id": "e1"}
    first, second = (slack.shortcut(anna, None, "add").payload["trigger_id"] for _ in range(2))
    await web.views_open(trigger_id=first, view=named)
    found = await error(web.views_open(trigger_id=second, view=named))
    assert found["error"] == "duplicate_external_id"
    await web.views_update(external_id="e1", view={**named, "title": plain("Changed")})
    assert slack.activity[-1].text.startswith("Changed")
