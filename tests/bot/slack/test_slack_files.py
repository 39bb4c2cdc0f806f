"""Files from Slack: ours to fetch, and the token goes to nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.play.counterparts.loopback import Loopback
from bot.play.counterparts.slack import Channel, File, Slack, User
from bot.slack import addresses
from bot.slack.app import SlackPlatform
from scheduling.errors import LimitExceeded, NotFound
from scheduling.messages import LARGEST_FILE, ChatAddress, FileRef


@pytest.fixture
def anna(slack: Slack) -> User:
    return slack.user("Anna")


@pytest.fixture
def kitchen(slack: Slack, anna: User) -> Channel:
    return slack.channel("kitchen", [anna])


def sent(slack: Slack, kitchen: Channel, anna: User, content: bytes) -> File:
    message = slack.say(kitchen, anna, "look", file=("school.ics", content))
    (file,) = message.files
    return file


def where(channel: Channel) -> ChatAddress:
    return addresses.address(addresses.Channel(channel.team.id, channel.id))


async def test_a_file_comes_whole(
    slack: Slack, platform: SlackPlatform, kitchen: Channel, anna: User
) -> None:
    file = sent(slack, kitchen, anna, b"BEGIN:VCALENDAR")
    assert await platform.fetch(where(kitchen), FileRef("calendar", file.url)) == file.content


async def test_too_large(
    slack: Slack, platform: SlackPlatform, kitchen: Channel, anna: User
) -> None:
    file = sent(slack, kitchen, anna, b"x" * (LARGEST_FILE + 1))
    with pytest.raises(LimitExceeded):
        await platform.fetch(where(kitchen), FileRef("calendar", file.url))


async def test_who_may_not_have_it_is_shown_where_to_sign_in(
    slack: Slack, platform: SlackPlatform, kitchen: Channel, anna: User
) -> None:
    file = sent(slack, kitchen, anna, b"BEGIN:VCALENDAR")
    elsewhere = file.url.replace(file.id, "F404")
    with pytest.raises(NotFound, match="send it again"):
        await platform.fetch(where(kitchen), FileRef("calendar", elsewhere))


@pytest.fixture
async def thief() -> AsyncIterator[tuple[str, list[str]]]:
    """Another server, and the tokens it was shown."""
    seen: list[str] = []

    async def take(request: Request) -> PlainTextResponse:
        seen.append(request.headers.get("authorization", ""))
        return PlainTextResponse("BEGIN:VCALENDAR")

    server = Loopback(Starlette(routes=[Route("/{path:path}", take)]))
    await server.start()
    yield server.base_url, seen
    await server.stop()


async def test_the_token_goes_to_no_other_server(
    platform: SlackPlatform, kitchen: Channel, thief: tuple[str, list[Any]]
) -> None:
    address, seen = thief
    for path in ("/files-pri/F1/school.ics", "@files.slack.com/x", "/https://files.slack.com/"):
        with pytest.raises(NotFound):
            await platform.fetch(where(kitchen), FileRef("calendar", f"{address}{path}"))
    assert seen == []
