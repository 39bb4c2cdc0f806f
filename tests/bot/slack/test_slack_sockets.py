"""Sockets that are cut, replaced and refused; Slack that is down when we begin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.play.counterparts.slack import ApiError, Channel, Slack, User
from bot.slack.app import SlackPlatform
from tests.bot.slack.conftest import Store


@pytest.fixture
def anna(slack: Slack) -> User:
    return slack.user("Anna")


@pytest.fixture
def kitchen(slack: Slack, anna: User) -> Channel:
    return slack.channel("kitchen", [anna])


@pytest.mark.parametrize("abrupt", [False, True], ids=["closed", "abrupt"])
async def test_a_socket_that_is_cut(
    slack: Slack, platform: SlackPlatform, store: Store, kitchen: Channel, anna: User, abrupt: bool
) -> None:
    slack.say(kitchen, anna, "before")
    await slack.drained()
    for n in range(3):
        slack.say(kitchen, anna, f"in between {n}")
        slack.cut(abrupt=abrupt)
        await slack.drained()
    slack.say(kitchen, anna, "after")
    await slack.drained()
    assert sorted(store.texts) == sorted(
        ["before", *(f"in between {n}" for n in range(3)), "after"]
    )
    assert slack.state.sockets.opened >= 2


async def test_slack_asks_for_a_new_socket(
    slack: Slack, platform: SlackPlatform, store: Store, kitchen: Channel, anna: User
) -> None:
    await slack.refresh("warning")
    slack.say(kitchen, anna, "after the warning")
    await slack.refresh()
    slack.say(kitchen, anna, "after the request")
    await slack.drained()
    assert sorted(store.texts) == ["after the request", "after the warning"]
    assert slack.state.sockets.opened >= 2


async def test_starting_while_slack_is_down_waits_for_it(
    slack: Slack, make: Callable[..., Any], store: Store, kitchen: Channel, anna: User
) -> None:
    slack.fail_next("auth.test", ApiError("internal_error", status=503))
    slack.fail_next("apps.connections.open", ApiError("internal_error", status=503))
    built = make()
    await built.start(store)
    await built.ready()
    slack.say(kitchen, anna, "still here")
    await slack.drained()
    assert store.texts == ["still here"]


async def test_a_wrong_token_is_said_and_not_shown(
    slack: Slack, make: Callable[..., Any], store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    built = make(bot_token="xoxb-MARKER")
    await built.start(store)
    await built._listening
    assert "does not know this token" in caplog.text
    assert "MARKER" not in caplog.text


class Tickets(set[str]):
    """The second runs out at once."""

    issued = 0

    def add(self, ticket: str) -> None:
        self.issued += 1
        if self.issued != 2:
            super().add(ticket)


async def test_a_ticket_that_ran_out_is_no_end(
    slack: Slack, make: Callable[..., Any], store: Store, kitchen: Channel, anna: User
) -> None:
    """Slack's addresses for sockets are good for a short while and for one socket."""
    built = make()
    slack.state.sockets.tickets = Tickets()
    await built.start(store)
    await built.ready()
    slack.say(kitchen, anna, "still here")
    await slack.drained()
    assert store.texts == ["still here"]
