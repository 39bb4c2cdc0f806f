"""Workspaces that install the app: state, tokens at rest, coming and going."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from cryptography.fernet import Fernet

from bot.http.app import create_app
from bot.play.counterparts.slack import ApiError, Slack
from bot.slack.app import SlackPlatform
from bot.slack.install import SCOPES, OAuthOptions
from bot.slack.installations import STATE_LIFE, States, cipher
from tests.bot.slack.conftest import Store
from tests.bot.slack.workspace import workspace_at

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
PUBLIC = "https://family.example.org"


async def no_feed(token: str) -> None:
    return None


def oauth(keys: str = OLD) -> OAuthOptions:
    return OAuthOptions("1000.2000", "client-secret", keys, PUBLIC)


class Browser:
    """Somebody's, with its own cookies."""

    def __init__(self, platform: SlackPlatform) -> None:
        transport = httpx.ASGITransport(app=create_app(feed=no_feed, slack=platform))
        self.ours = httpx.AsyncClient(transport=transport, base_url=PUBLIC)

    async def begin(self) -> str:
        """The address at Slack that the page leads to."""
        page = await self.ours.get("/slack/install")
        assert page.status_code == 200
        return page.text.partition('<a href="')[2].partition('"')[0].replace("&amp;", "&")

    async def consent(self, address: str) -> str:
        """Back from Slack: the address it sends people to."""
        async with httpx.AsyncClient(trust_env=False) as at_slack:
            answer = await at_slack.get(address)
        return answer.headers["location"].removeprefix(PUBLIC)

    async def install(self) -> httpx.Response:
        return await self.ours.get(await self.consent(await self.begin()))

    async def close(self) -> None:
        await self.ours.aclose()


@pytest.fixture
async def platform(make: Callable[..., Any], store: Store, slack: Slack) -> SlackPlatform:
    slack.user("Anna")
    built = make(bot_token=None, oauth=oauth())
    await built.start(store)
    await built.ready()
    await slack.connected()
    return built


@pytest.fixture
async def browser(platform: SlackPlatform) -> AsyncIterator[Browser]:
    made = Browser(platform)
    yield made
    await made.close()


async def test_the_page_asks_for_what_the_manifest_names(slack: Slack, browser: Browser) -> None:
    address = await browser.begin()
    query = parse_qs(urlsplit(address).query)
    assert address.startswith(f"{slack.base_url}/oauth/v2/authorize?")
    assert query["scope"] == [",".join(SCOPES)]
    assert query["redirect_uri"] == [f"{PUBLIC}/slack/oauth_redirect"]


async def test_installed_and_served(
    slack: Slack, platform: SlackPlatform, store: Store, browser: Browser
) -> None:
    anna = slack.state.visitor
    kitchen = slack.channel("kitchen", [anna])
    slack.say(kitchen, anna, "too early")
    await slack.drained()
    assert store.inbox == []
    assert (await browser.install()).status_code == 200
    assert store.spaces == [("back", anna.team.id)]
    slack.say(kitchen, anna, "swim at 5", mention=True)
    await slack.drained()
    assert [(i.text, i.addressed, i.chat.title) for i in store.inbox] == [
        ("swim at 5", True, "Family")
    ]


async def test_two_workspaces_side_by_side(
    slack: Slack, platform: SlackPlatform, store: Store, browser: Browser
) -> None:
    others = slack.team("T999", "Chen", installed=False)
    li = slack.user("Li", team=others)
    for who in (slack.state.visitor, li):
        slack.visit(who)
        assert (await browser.install()).status_code == 200
        slack.say(slack.channel("home", [who]), who, f"{who.shown_name} swims", mention=True)
        await slack.drained()
    assert [(i.chat.space, i.text) for i in store.inbox] == [
        ("T000000001", "Anna swims"),
        ("T999", "Li swims"),
    ]


async def test_somebody_says_no(slack: Slack, store: Store, browser: Browser) -> None:
    slack.visit(None)
    answer = await browser.install()
    assert "access_denied" in answer.text
    assert store.vault == {}


async def test_another_browser_cannot_finish(
    platform: SlackPlatform, store: Store, browser: Browser
) -> None:
    other = Browser(platform)
    answer = await other.ours.get(await browser.consent(await browser.begin()))
    await other.close()
    assert (answer.status_code, store.vault) == (400, {})


async def test_a_forged_state(platform: SlackPlatform, store: Store, browser: Browser) -> None:
    forged = Fernet(NEW).encrypt(b"slack install").decode()
    for state in (forged, "", "x", "ü"):
        browser.ours.cookies.set("slack-app-oauth-state", state.encode("ascii", "ignore").decode())
        answer = await browser.ours.get(
            "/slack/oauth_redirect", params={"code": "1", "state": state}
        )
        assert answer.status_code in (400, 401)
    assert store.vault == {}


async def test_a_state_is_good_for_ten_minutes() -> None:
    lock = cipher(OLD)
    states = States(lock)
    assert await states.async_consume(await states.async_issue())
    at = 1_700_000_000
    aged = Fernet(OLD).encrypt_at_time(b"slack install", at)
    assert Fernet(OLD).decrypt_at_time(aged, STATE_LIFE, at + STATE_LIFE)
    assert not await states.async_consume(aged.decode())
    assert not await states.async_consume(Fernet(OLD).encrypt(b"something else").decode())


async def test_a_code_is_good_once(slack: Slack, store: Store, browser: Browser) -> None:
    back = await browser.consent(await browser.begin())
    assert (await browser.ours.get(back)).status_code == 200
    assert (await browser.ours.get(back)).status_code in (400, 401)


@pytest.mark.parametrize("method", ["oauth.v2.access", "auth.test"])
async def test_slack_away_in_mid_installation(
    slack: Slack, store: Store, browser: Browser, method: str
) -> None:
    slack.fail_next(method, ApiError("internal_error", status=503))
    assert (await browser.install()).status_code >= 400
    assert store.vault == {}
    assert (await browser.install()).status_code == 200


async def test_nothing_readable_at_rest_or_in_the_log(
    slack: Slack,
    platform: SlackPlatform,
    store: Store,
    browser: Browser,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    caplog.set_level(logging.WARNING, "slack_sdk")
    await browser.install()
    (words,) = store.vault.values()
    token = slack.token()
    assert token not in words
    assert token not in caplog.text
    workspace = await platform._workspaces.get("T000000001")
    assert workspace.token == token
    assert token not in repr(workspace)
    assert "client-secret" not in repr(platform._options)


async def begun(make: Callable[..., Any], store: Store, keys: str) -> SlackPlatform:
    built = make(bot_token=None, oauth=oauth(keys))
    await built.start(store)
    await built.ready()
    return built


async def test_a_new_key_reads_what_the_old_one_wrote(
    slack: Slack, make: Callable[..., Any], store: Store, browser: Browser
) -> None:
    await browser.install()
    rotated = await begun(make, store, f"{NEW},{OLD}")
    assert (await rotated._workspaces.get("T000000001")).token == slack.token()
    again = Browser(rotated)
    await again.install()
    await again.close()
    alone = await begun(make, store, NEW)
    assert (await alone._workspaces.get("T000000001")).token == slack.token()


async def test_a_key_that_does_not_fit(
    slack: Slack,
    make: Callable[..., Any],
    store: Store,
    browser: Browser,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await browser.install()
    wrong = await begun(make, store, NEW)
    assert await wrong._workspaces.installed.find("T000000001") is None
    assert "another key" in caplog.text


async def test_removed_and_installed_anew(
    slack: Slack, platform: SlackPlatform, store: Store, browser: Browser
) -> None:
    anna = slack.state.visitor
    await browser.install()
    kitchen = slack.channel("kitchen", [anna])
    slack.uninstall(anna.team)
    await slack.drained()
    assert store.vault == {}
    assert ("gone", anna.team.id) in store.spaces
    await browser.install()
    slack.invite(kitchen, anna)
    slack.say(kitchen, anna, "we are back", mention=True)
    await slack.drained()
    assert "we are back" in store.texts
    ends = [*slack.events("app_uninstalled"), *slack.events("tokens_revoked")]
    assert len(ends) == 2
    for news in ends:
        slack.redeliver(news)
    await slack.drained()
    assert list(store.vault) == [anna.team.id], "late news of an end that is over"
    assert store.spaces[-1] == ("back", anna.team.id)


async def test_revoked_tokens(
    slack: Slack, platform: SlackPlatform, store: Store, browser: Browser
) -> None:
    await browser.install()
    team = slack.state.visitor.team
    slack.revoke(team)
    await slack.drained()
    assert (store.vault, store.spaces[-1]) == ({}, ("gone", team.id))


async def test_a_database_that_is_away_loses_nothing(
    slack: Slack, make: Callable[..., Any], store: Store, browser: Browser
) -> None:
    """Bolt would acknowledge what it cannot authorize."""
    await browser.install()
    anna = slack.state.visitor
    await browser.close()
    fresh = await begun(make, store, OLD)
    reading = store.sealed

    async def away(platform: str, space: str) -> None:
        store.sealed = reading
        raise ConnectionError("the database is away")

    store.sealed = away
    slack.say(slack.channel("kitchen", [anna]), anna, "swim at 5")
    await slack.drained()
    assert store.texts == ["swim at 5"]
    assert fresh is not None


async def test_in_the_whole_product(sqlite_url: str, caplog: pytest.LogCaptureFixture) -> None:
    """Removed, the family is told nothing; installed again, it is told what falls due."""
    async with workspace_at(sqlite_url, oauth=oauth()) as home:
        browser = Browser(home.platform)
        await browser.install()
        await home.say(home.anna, "swim today 1pm")
        token = home.slack.token()
        home.slack.uninstall(home.anna.team)
        await home.settled()
        assert set((await home.chats()).values()) == {"gone"}
        await browser.install()
        home.slack.invite(home.kitchen, home.anna)
        await home.settled()
        assert set((await home.chats()).values()) == {"active"}
        home.clock.set(home.clock.now() + timedelta(hours=2))
        await home.settled()
        assert "swim" in home.last.text, "the reminder"
        await browser.close()
    path = sqlite_url.removeprefix("sqlite:///")
    with open(path, "rb") as database:  # noqa: ASYNC230 – a small file, after everything
        written = database.read()
    assert token.encode() not in written
    assert home.slack.token().encode() not in written
    assert token not in caplog.text
