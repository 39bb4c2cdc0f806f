"""The counterpart's Web API, asked with Slack's own client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.play.counterparts.slack import ApiError, Channel, Slack, User, ratelimited

START = datetime(2026, 3, 4, 15, tzinfo=UTC)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[Slack]:
    async with Slack(now=clock) as counterpart:
        yield counterpart


@pytest.fixture
def web(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(slack.token(), base_url=slack.api_url)


@pytest.fixture
def anna(slack: Slack) -> User:
    return slack.user("Anna", email="anna@example.org")


@pytest.fixture
def kitchen(slack: Slack, anna: User) -> Channel:
    return slack.channel("kitchen", [anna])


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(label: str, action_id: str = "ok", **more: Any) -> dict[str, Any]:
    text = {"type": "plain_text", "text": label}
    return {"type": "button", "text": text, "action_id": action_id, **more}


def actions(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **more}


async def refusal(call: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        await call
    found: dict[str, Any] = caught.value.response.data
    assert not found["ok"]
    return found


async def test_who_the_app_is(slack: Slack, web: AsyncWebClient) -> None:
    found = await web.auth_test()
    assert (found["user_id"], found["team_id"]) == (slack.home_team.bot.id, slack.home_team.id)
    assert found["bot_id"].startswith("B")
    assert (await web.api_test(foo="bar"))["args"] == {"foo": "bar"}


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-nobody", "invalid_auth"), ("app", "not_allowed_token_type")],
)
async def test_tokens_that_are_refused(
    slack: Slack, web: AsyncWebClient, kitchen: Channel, token: str, error: str
) -> None:
    token = slack.settings.app_token if token == "app" else token
    call = {"channel": kitchen.id, "text": "x"}
    async with httpx.AsyncClient(trust_env=False) as client:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = await client.post(f"{slack.api_url}chat.postMessage", json=call, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (200, error)


async def test_tokens_end(slack: Slack, web: AsyncWebClient) -> None:
    slack.uninstall(slack.home_team)
    assert (await refusal(web.auth_test()))["error"] == "account_inactive"
    other = slack.team(name="Other")
    revoked = AsyncWebClient(slack.token(other), base_url=slack.api_url)
    assert (await revoked.auth_revoke())["revoked"]
    assert (await refusal(revoked.auth_test()))["error"] == "token_revoked"


async def test_a_scope_that_is_missing(slack: Slack) -> None:
    team = slack.team(name="Narrow", scopes=["users:read"])
    web = AsyncWebClient(slack.token(team), base_url=slack.api_url)
    found = await refusal(web.chat_postMessage(channel="C1", text="x"))
    assert found["error"] == "missing_scope"
    assert (found["needed"], found["provided"]) == ("chat:write", "users:read")


async def test_a_message_is_posted_changed_and_taken_away(
    slack: Slack, web: AsyncWebClient, kitchen: Channel
) -> None:
    blocks = [section("*Soccer* &amp; tea"), actions(button("Undo", value="7"))]
    sent = await web.chat_postMessage(channel=kitchen.id, text="Soccer", blocks=blocks)
    (message,) = slack.from_bot(kitchen)
    assert message.ts == sent["ts"]
    assert sent["message"]["bot_id"]
    await web.chat_update(channel=kitchen.id, ts=sent["ts"], text="Gone", blocks=[])
    await web.chat_delete(channel=kitchen.id, ts=sent["ts"])
    assert [(one.what, one.text) for one in slack.activity] == [
        ("new", "Soccer & tea"),
        ("edit", "Gone"),
        ("delete", ""),
    ]
    assert [(b.label, b.action_id, b.value) for b in slack.activity[0].buttons] == [
        ("Undo", "ok", "7")
    ]
    assert slack.from_bot(kitchen) == []


async def test_timestamps_rise_while_the_clock_stands(
    web: AsyncWebClient, kitchen: Channel
) -> None:
    stamps = [(await web.chat_postMessage(channel=kitchen.id, text=str(n)))["ts"] for n in range(5)]
    assert stamps == sorted(set(stamps))


async def test_threads_and_history(
    slack: Slack, web: AsyncWebClient, anna: User, kitchen: Channel
) -> None:
    first = slack.say(kitchen, anna, "soccer Saturday at two")
    answer = await web.chat_postMessage(channel=kitchen.id, text="Booked", thread_ts=first.ts)
    slack.say(kitchen, anna, "thanks", thread=first)
    history = await web.conversations_history(channel=kitchen.id)
    assert [one["text"] for one in history["messages"]] == ["soccer Saturday at two"]
    assert history["messages"][0]["reply_count"] == 2
    thread = await web.conversations_replies(channel=kitchen.id, ts=first.ts, limit=2)
    assert [one["text"] for one in thread["messages"]] == ["soccer Saturday at two", "Booked"]
    assert thread["has_more"]
    link = await web.chat_getPermalink(channel=kitchen.id, message_ts=answer["ts"])
    assert link["permalink"].endswith(f"?thread_ts={first.ts}&cid={kitchen.id}")
    found = await refusal(web.conversations_replies(channel=kitchen.id, ts="1.000000"))
    assert found["error"] == "thread_not_found"


async def test_only_one_person_sees_an_ephemeral_message(
    slack: Slack, web: AsyncWebClient, anna: User, kitchen: Channel
) -> None:
    ben = slack.user("Ben")
    await web.chat_postEphemeral(channel=kitchen.id, user=anna.id, text="psst")
    assert (slack.activity[0].what, slack.activity[0].user) == ("ephemeral", anna)
    assert slack.messages(kitchen) == []
    assert len(slack.from_bot(kitchen, anna)) == 1
    call = web.chat_postEphemeral(channel=kitchen.id, user=ben.id, text="psst")
    assert (await refusal(call))["error"] == "user_not_in_channel"


async def test_channels_the_bot_may_not_write_to(
    slack: Slack, web: AsyncWebClient, anna: User, kitchen: Channel
) -> None:
    async def error(channel: str) -> str:
        return str((await refusal(web.chat_postMessage(channel=channel, text="x")))["error"])

    assert await error("C404") == "channel_not_found"
    assert await error(slack.channel("open", [anna], bot=False).id) == "not_in_channel"
    hidden = slack.channel("hidden", [anna], private=True, bot=False)
    assert await error(hidden.id) == "channel_not_found"
    posted = await web.chat_postMessage(channel=kitchen.id, text="x")
    slack.archive(kitchen, anna)
    update = web.chat_update(channel=kitchen.id, ts=posted["ts"], text="y")
    assert (await refusal(update))["error"] == "is_inactive"
    assert await error(kitchen.id) == "is_archived"
    slack.delete_channel(kitchen, anna)
    assert await error(kitchen.id) == "channel_not_found"


LONG = [section("x" * 2500)] * 5


@pytest.mark.parametrize(
    ("method", "params", "error"),
    [
        ("chat.update", {"ts": "1.000000", "text": "x"}, "message_not_found"),
        ("chat.update", {"ts": "anna's", "text": "x"}, "cant_update_message"),
        ("chat.update", {"ts": "the bot's", "text": "ü" * 2001}, "msg_too_long"),
        ("chat.delete", {"ts": "anna's"}, "cant_delete_message"),
        ("chat.postMessage", {"text": " "}, "no_text"),
        ("chat.postMessage", {"text": "x" * 40_001}, "msg_too_long"),
        ("chat.postMessage", {"text": "x", "thread_ts": "y"}, "invalid_thread_ts"),
        ("chat.postMessage", {"text": "x", "blocks": LONG}, "msg_blocks_too_long"),
        ("chat.postMessage", {"text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ("chat.shout", {}, "unknown_method"),
        ("users.info", {"user": "U404"}, "user_not_found"),
        ("users.lookupByEmail", {"email": "x@example.org"}, "users_not_found"),
    ],
)
async def test_refusals(
    slack: Slack,
    web: AsyncWebClient,
    anna: User,
    kitchen: Channel,
    method: str,
    params: dict[str, str],
    error: str,
) -> None:
    known = {"anna's": slack.say(kitchen, anna, "mine").ts}
    known["the bot's"] = (await web.chat_postMessage(channel=kitchen.id, text="x"))["ts"]
    params = {name: known.get(str(value), value) for name, value in params.items()}
    found = await refusal(web.api_call(method, json={"channel": kitchen.id, **params}))
    assert found["error"] == error


async def test_people_and_channels(
    slack: Slack, web: AsyncWebClient, anna: User, kitchen: Channel
) -> None:
    found = (await web.users_info(user=anna.id, include_locale=True))["user"]
    assert (found["tz"], found["tz_offset"], found["locale"]) == (
        "America/New_York",
        -18000,
        "en-US",
    )
    assert found["profile"]["display_name"] == "Anna"
    assert (await web.users_lookupByEmail(email="anna@example.org"))["user"]["id"] == anna.id
    opened = await web.conversations_open(users=anna.id)
    assert opened["channel"]["id"] == slack.direct(anna).id
    assert (await web.conversations_info(channel=kitchen.id))["channel"]["is_member"]
    members = await web.conversations_members(channel=kitchen.id, limit=1)
    assert members["members"] == [anna.id]
    cursor = members["response_metadata"]["next_cursor"]
    rest = await web.conversations_members(channel=kitchen.id, cursor=cursor)
    assert rest["members"] == [slack.home_team.bot.id]
    posted = await web.chat_postMessage(channel=anna.id, text="hello")
    assert posted["channel"] == slack.direct(anna).id


async def test_faults_and_the_pace(slack: Slack, web: AsyncWebClient, kitchen: Channel) -> None:
    slack.fail_next("chat.postMessage", ratelimited(30), ApiError("fatal_error"), None)
    limited = await refusal_response(web.chat_postMessage(channel=kitchen.id, text="x"))
    assert (limited.status_code, limited.headers["Retry-After"]) == (429, "30")
    assert limited["error"] == "ratelimited"
    call = web.chat_postMessage(channel=kitchen.id, text="x")
    assert (await refusal(call))["error"] == "fatal_error"
    assert (await web.chat_postMessage(channel=kitchen.id, text="x"))["ok"]
    slack.state.spacing = 600
    limited = await refusal_response(web.chat_postMessage(channel=kitchen.id, text="x"))
    assert limited.status_code == 429
    assert 0 < int(limited.headers["Retry-After"]) <= 600
    assert len(slack.calls("chat.postMessage")) == 4


async def refusal_response(call: Any) -> Any:
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response


async def test_a_file_in_three_steps(slack: Slack, web: AsyncWebClient, kitchen: Channel) -> None:
    await web.files_upload_v2(
        channel=kitchen.id, filename="week.ics", content="BEGIN", initial_comment="Your week"
    )
    (shown,) = slack.activity
    assert shown.what == "file"
    assert shown.message.files[0].content == b"BEGIN"
    assert shown.text == "Your week"


async def test_what_a_person_sees(
    slack: Slack, web: AsyncWebClient, anna: User, kitchen: Channel
) -> None:
    text = (
        "*Dinner* <!date^1772900000^{date_short} {time}|Sat 14:00> with <@{}>, <!here>, "
        "<https://example.org|the page> &lt;3 &amp; more"
    ).replace("{}", anna.id)
    await web.chat_postMessage(channel=kitchen.id, text=text)
    (shown,) = slack.activity
    assert shown.text == "Dinner Sat 14:00 with @Anna, @here, the page <3 & more"
    assert shown.pinged == (anna.id, "here")


async def test_a_persons_file_is_for_who_holds_a_token(
    slack: Slack, anna: User, kitchen: Channel
) -> None:
    slack.say(kitchen, anna, "", file=("school.ics", b"BEGIN"))
    event = slack.events("message")[0].event
    assert (event["subtype"], event["text"]) == ("file_share", "")
    url = event["files"][0]["url_private_download"]
    async with httpx.AsyncClient(trust_env=False) as client:
        headers = {"Authorization": f"Bearer {slack.token()}"}
        assert (await client.get(url, headers=headers)).content == b"BEGIN"
        assert (await client.get(url)).headers["content-type"].startswith("text/html")


async def test_what_was_not_acknowledged_stays_over_a_stop(
    slack: Slack, anna: User, kitchen: Channel
) -> None:
    slack.say(kitchen, anna, "soccer")
    address = slack.base_url
    await slack.stop()
    await slack.start()
    assert (slack.base_url, slack.waiting()) == (address, True)


async def test_the_app_comes_and_goes_by_itself(
    slack: Slack, web: AsyncWebClient, anna: User
) -> None:
    garden = slack.channel("garden", [anna], bot=False)
    await web.conversations_join(channel=garden.id)
    await web.conversations_leave(channel=garden.id)
    assert (await web.conversations_leave(channel=garden.id))["not_in_channel"]
    assert [one.event["type"] for one in slack.events()] == [
        "message",
        "member_joined_channel",
        "member_left_channel",
        "channel_left",
    ]
    listed = await web.conversations_list(types="public_channel", exclude_archived=True)
    assert [one["name"] for one in listed["channels"]] == ["garden"]
