"""Outbox rows on their way to the counterpart, and Slack's refusals sorted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.pacing import Pace
from bot.play.counterparts.slack import ApiError, Channel, Slack, User, ratelimited, server_error
from bot.slack import addresses
from bot.slack.app import SlackPlatform
from bot.slack.blocks import MESSAGE_TEXT
from bot.slack.failures import NotInstalled, sorted_out
from scheduling.messages import Attachment, Button, EventFacts, Outgoing
from scheduling.ports import Chat, ChatGone, OutboxRow, TryLater, Undeliverable
from tests.bot.slack.conftest import Machine, Store
from tests.bot.slack.workspace import MORNING


def row(where: Channel, text: str = "Hello", ref: str | None = None, **fields: Any) -> OutboxRow:
    channel = addresses.Channel(where.team.id, where.id, fields.pop("home", None))
    chat = Chat(UUID(int=1), UUID(int=2), addresses.address(channel))
    outgoing = Outgoing(str(uuid4()), chat.id, text, **fields)
    return OutboxRow(uuid4(), 1, outgoing, chat, ref, 1)


@pytest.fixture
def anna(slack: Slack) -> User:
    return slack.user("Anna")


@pytest.fixture
def kitchen(slack: Slack, anna: User) -> Channel:
    return slack.channel("kitchen", [anna])


async def test_a_card_is_changed_in_place(
    slack: Slack, platform: SlackPlatform, kitchen: Channel
) -> None:
    ref = await platform.sender.send(row(kitchen, "card"))
    again = await platform.sender.send(row(kitchen, "card, changed", ref))
    (message,) = slack.from_bot(kitchen)
    assert (again, message.ts) == (ref, ref)
    assert message.blocks[0]["text"]["text"] == "card, changed"
    assert slack.calls("chat.postMessage")[0]["unfurl_links"] in (False, "0", "False", "false")


async def test_a_deleted_card_is_posted_anew(
    slack: Slack, platform: SlackPlatform, kitchen: Channel
) -> None:
    ref = await platform.sender.send(row(kitchen, "card"))
    slack.delete(slack.from_bot(kitchen)[0])
    again = await platform.sender.send(row(kitchen, "card, changed", ref))
    assert again != ref
    assert [m.ts for m in slack.from_bot(kitchen)] == [again]


async def test_long_cards_of_any_script_can_be_changed(
    slack: Slack, platform: SlackPlatform, kitchen: Channel
) -> None:
    text = "🎉" * 2990
    ref = await platform.sender.send(row(kitchen, text))
    assert await platform.sender.send(row(kitchen, text[:-1], ref)) == ref


async def test_parts_go_in_order_and_not_twice(
    slack: Slack, platform: SlackPlatform, kitchen: Channel
) -> None:
    text = "\n".join(f"line {n}" for n in range(MESSAGE_TEXT // 3))
    given = row(kitchen, text)
    slack.fail_next("chat.postMessage", None, server_error())
    with pytest.raises(TryLater):
        await platform.sender.send(given)
    ref = await platform.sender.send(given)
    shown = slack.from_bot(kitchen)
    words = [line for m in shown for b in m.blocks for line in b["text"]["text"].split("\n")]
    assert words == text.split("\n")
    assert ref == shown[-1].ts


async def test_in_the_thread_of_what_it_answers(
    slack: Slack, platform: SlackPlatform, kitchen: Channel, anna: User
) -> None:
    asked = slack.say(kitchen, anna, "swim?")
    await platform.sender.send(row(kitchen, reply_to=asked.ts))
    assert slack.from_bot(kitchen)[-1].thread_ts == asked.ts
    direct = slack.direct(anna)
    asked = slack.say(direct, anna, "swim?")
    await platform.sender.send(row(direct, reply_to=asked.ts))
    assert slack.from_bot(direct)[-1].thread_ts == ""
    await platform.sender.send(row(direct, reply_to=f"in:{asked.ts}"))
    assert slack.from_bot(direct)[-1].thread_ts == asked.ts


async def test_what_concerns_one_person(
    slack: Slack, platform: SlackPlatform, kitchen: Channel, anna: User
) -> None:
    account = addresses.account(anna.team.id, anna.id)
    assert await platform.sender.send(row(kitchen, only_for=account)) is None
    assert (slack.activity[-1].what, slack.activity[-1].user) == ("ephemeral", anna)
    direct = slack.direct(anna)
    assert await platform.sender.send(row(direct, only_for=account))
    assert slack.activity[-1].what == "new"


async def test_attachments(
    slack: Slack, platform: SlackPlatform, kitchen: Channel, anna: User
) -> None:
    content = b"BEGIN:VCALENDAR\r\n\x00\xff\r\n"
    asked = slack.say(kitchen, anna, "export")
    file = Attachment("family.ics", "text/calendar", content)
    ref = await platform.sender.send(
        row(kitchen, "Here you are.", attachments=(file,), reply_to=asked.ts)
    )
    words, document = slack.from_bot(kitchen)
    assert ref == words.ts
    assert [(f.name, f.content) for f in document.files] == [("family.ics", content)]
    assert document.thread_ts == asked.ts
    assert await platform.sender.send(row(kitchen, "", attachments=(file,)))


async def test_a_home_tab_shows_its_card_and_nothing_else(
    slack: Slack, platform: SlackPlatform, anna: User
) -> None:
    direct = slack.direct(anna)
    assert await platform.sender.send(row(direct, "page", home=anna.id, card="home")) is None
    await platform.sender.send(row(direct, "Done.", home=anna.id))
    assert slack.home(anna).content["private_metadata"] == direct.id
    assert [a.what for a in slack.activity] == ["home"]


async def test_nobody_is_pinged_by_what_an_event_is_called(
    slack: Slack, platform: SlackPlatform, kitchen: Channel
) -> None:
    hostile = "<!channel> <@U000001003> @here"
    facts = EventFacts(hostile, hostile, MORNING, False, *[hostile] * 6, (hostile,))
    await platform.sender.send(row(kitchen, hostile, heading=hostile))
    await platform.sender.send(row(kitchen, hostile, event=facts))
    assert [a.pinged for a in slack.activity] == [(), ()]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ratelimited(17), TryLater),
        (server_error(), TryLater),
        (ApiError("internal_error"), TryLater),
        (ApiError("service_unavailable"), TryLater),
        (ApiError("invalid_auth"), TryLater),
        (ApiError("channel_not_found"), ChatGone),
        (ApiError("not_in_channel"), ChatGone),
        (ApiError("is_archived"), ChatGone),
        (ApiError("account_inactive"), ChatGone),
        (ApiError("token_revoked"), ChatGone),
        (ApiError("msg_too_long"), Undeliverable),
        (ApiError("restricted_action"), Undeliverable),
    ],
    ids=lambda value: getattr(value, "error", None),
)
async def test_refusals(
    slack: Slack,
    platform: SlackPlatform,
    kitchen: Channel,
    error: ApiError,
    expected: type[Exception],
) -> None:
    slack.fail_next("chat.postMessage", error)
    with pytest.raises(expected) as raised:
        await platform.sender.send(row(kitchen))
    if error.status == 429:
        assert isinstance(raised.value, TryLater)
        assert raised.value.after == timedelta(seconds=17)


class Answer:
    """What the library hands over where a proxy answered in Slack's place."""

    status = 502


@pytest.mark.parametrize(
    "error",
    [
        SlackApiError("no JSON", Answer()),
        SlackApiError("an empty answer", {}),
        SlackRequestError("broken"),
        TimeoutError(),
        aiohttp.ClientConnectionError(),
    ],
    ids=["no_json", "empty_answer", "broken", "timeout", "no_connection"],
)
def test_whatever_else_goes_wrong_is_tried_again(error: Exception) -> None:
    assert isinstance(sorted_out(error), TryLater)


def test_a_workspace_that_removed_the_app_is_gone() -> None:
    assert isinstance(sorted_out(NotInstalled("T1")), ChatGone)


async def test_slack_out_of_reach_is_passing_trouble(
    slack: Slack, platform: SlackPlatform, kitchen: Channel
) -> None:
    await slack.stop()
    with pytest.raises(TryLater):
        await platform.sender.send(row(kitchen))


@pytest.mark.parametrize("fields", [{"text": ""}, {"text": "", "buttons": ((Button("x", "y"),),)}])
async def test_what_can_never_be_sent(
    platform: SlackPlatform, kitchen: Channel, fields: dict[str, Any]
) -> None:
    with pytest.raises(Undeliverable):
        await platform.sender.send(row(kitchen, **fields))


# --- one message a second in a channel ---


@pytest.fixture
async def paced(slack: Slack, make: Callable[..., Any], store: Store) -> SlackPlatform:
    built = make(pace=Pace(per_chat=1, per_group_minute=0, overall=0))
    await built.start(store)
    await built.ready()
    return built


async def wait_for(platform: SlackPlatform, given: OutboxRow) -> float:
    """Seconds the sender asks to wait; 0 when it sent."""
    try:
        await platform.sender.send(given)
    except TryLater as later:
        return round(later.after.total_seconds(), 3)
    return 0


async def test_one_message_a_second_in_a_channel(
    slack: Slack, paced: SlackPlatform, machine: Machine, kitchen: Channel, anna: User
) -> None:
    garden = slack.channel("garden", [anna])
    assert await wait_for(paced, row(kitchen)) == 0
    assert await wait_for(paced, row(kitchen)) == 1
    assert await wait_for(paced, row(garden)) == 0
    machine.at += 0.6
    assert await wait_for(paced, row(kitchen)) == 0.4
    machine.at += 0.4
    given = row(kitchen)
    assert await wait_for(paced, given) == 0
    assert await wait_for(paced, replace(given, id=uuid4())) == 1
    assert len(slack.from_bot(kitchen)) == 2


# --- where we are not: the addresses Slack lends ---


@pytest.fixture
def garden(slack: Slack, anna: User) -> Channel:
    return slack.channel("garden", [anna], bot=False)


async def told(platform: SlackPlatform, garden: Channel, anna: User, **fields: Any) -> bool:
    account = addresses.account(anna.team.id, anna.id)
    try:
        await platform.sender.send(row(garden, only_for=account, **fields))
    except ChatGone:
        return False
    return True


async def test_a_lent_address_is_good_for_five_uses(
    slack: Slack, platform: SlackPlatform, garden: Channel, anna: User
) -> None:
    assert not await told(platform, garden, anna), "none was lent yet"
    slack.command(anna, garden, "/family", "week")
    await slack.drained()
    assert [await told(platform, garden, anna) for _ in range(7)] == [True] * 5 + [False] * 2
    assert len(slack.calls("response_url")) == 5, "Slack is not asked in vain"
    assert {(a.what, a.user, a.via) for a in slack.activity} == {
        ("ephemeral", anna, "response_url")
    }
    assert all("/invite" in a.text for a in slack.activity)


async def test_a_lent_address_is_good_for_half_an_hour(
    slack: Slack, platform: SlackPlatform, machine: Machine, garden: Channel, anna: User
) -> None:
    slack.command(anna, garden, "/family", "week")
    await slack.drained()
    machine.at += 29 * 60
    assert await told(platform, garden, anna)
    machine.at += 61
    assert not await told(platform, garden, anna)
    assert len(slack.calls("response_url")) == 1


async def test_fifty_blocks_with_the_invitation(
    slack: Slack, platform: SlackPlatform, garden: Channel, anna: User
) -> None:
    slack.command(anna, garden, "/family", "week")
    await slack.drained()
    rows = tuple((Button(str(n), "d"),) for n in range(49))
    assert await told(platform, garden, anna, buttons=rows)
    assert "/invite" in slack.activity[-1].text


async def test_an_address_that_slack_no_longer_knows(
    slack: Slack, platform: SlackPlatform, garden: Channel, anna: User
) -> None:
    slack.command(anna, garden, "/family", "week")
    await slack.drained()
    slack.fail_next("response_url", ApiError("expired_url", status=404))
    assert not await told(platform, garden, anna)
