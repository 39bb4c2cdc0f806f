"""Who belongs to the family: by Slack's user id, in the zone that Slack tells."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.play.counterparts.slack import ApiError, server_error
from tests.bot.slack.workspace import Workspace, workspace_at


@pytest.fixture
async def empty(sqlite_url: str) -> AsyncIterator[Workspace]:
    """Nobody has spoken yet."""
    async with workspace_at(sqlite_url) as found:
        yield found


async def members(home: Workspace) -> list[tuple[str, str | None]]:
    return [(member.name, member.zone) for member in (await home.family()).members]


async def test_the_first_gives_the_family_its_zone_and_others_keep_theirs(empty: Workspace) -> None:
    paul = empty.slack.user("Paul", tz="Europe/Paris")
    kenji = empty.slack.user("Kenji", tz="Asia/Tokyo")
    lena = empty.slack.user("Léna", tz="Europe/Paris")
    empty.kitchen.members += [paul, kenji, lena]
    for who in (paul, kenji, lena, paul):
        await empty.say(who, "hello")
    assert (await empty.family()).timezone == "Europe/Paris"
    assert await members(empty) == [("Paul", None), ("Kenji", "Asia/Tokyo"), ("Léna", None)]


async def test_two_of_one_name_are_two(empty: Workspace) -> None:
    other = empty.slack.user("Anna")
    empty.kitchen.members.append(other)
    await empty.say(empty.anna, "hello")
    await empty.say(other, "hello")
    await empty.say(empty.anna, "hello", empty.slack.direct(empty.anna))
    assert [name for name, _ in await members(empty)] == ["Anna", "Anna 2"]


async def test_a_new_display_name_is_the_same_person(empty: Workspace) -> None:
    await empty.say(empty.anna, "hello")
    empty.slack.change_user(empty.anna, display_name="Annie", tz="Asia/Tokyo")
    await empty.settled()
    await empty.say(empty.anna, "swim Thursday 5pm")
    assert await members(empty) == [("Anna", None)]
    assert (await empty.family()).timezone == "America/New_York"


@pytest.mark.parametrize("tz", ["", "Mars/Olympus"], ids=["none", "unknown"])
async def test_a_zone_nobody_knows(empty: Workspace, tz: str) -> None:
    eve = empty.slack.user("Eve", tz=tz)
    empty.kitchen.members.append(eve)
    await empty.say(eve, "hello")
    assert [name for name, _ in await members(empty)] == ["Eve"]


@pytest.mark.parametrize("error", [server_error(), ApiError("missing_scope")], ids=["5xx", "scope"])
async def test_a_message_is_worth_more_than_its_writers_name(
    empty: Workspace, error: ApiError
) -> None:
    empty.slack.fail_next("users.info", error)
    await empty.say(empty.anna, "swim Thursday 5pm")
    assert "swim" in (await empty.calendar())[0]


async def test_who_invites_us_is_greeted_by_name_and_in_their_zone(empty: Workspace) -> None:
    paul = empty.slack.user("Paul", tz="Europe/Paris")
    salon = empty.slack.channel("salon", [paul], bot=False)
    empty.slack.invite(salon, paul)
    await empty.settled()
    assert "family" in empty.last.text
    assert await members(empty) == [("Paul", None)]
    assert (await empty.family()).timezone == "Europe/Paris"
