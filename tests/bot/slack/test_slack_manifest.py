"""The manifest people paste at Slack names what the code asks for and reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.slack.codec import ADD_SHORTCUT, Known, inbound
from bot.slack.forms import NEW_SHORTCUT
from bot.slack.install import EVENTS, REDIRECT_PATH, SCOPES
from tests.bot.slack.workspace import MORNING

MANIFEST = Path(__file__).parents[3] / "deploy" / "slack-manifest.yaml"
ELSEWHERE = {"app_uninstalled", "tokens_revoked", "user_change"}
"""Read by the intake, for they are about no conversation."""


@pytest.fixture
def manifest() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(MANIFEST.read_text())
    return found


def test_scopes(manifest: dict[str, Any]) -> None:
    assert sorted(manifest["oauth_config"]["scopes"]["bot"]) == sorted(SCOPES)


def test_events(manifest: dict[str, Any]) -> None:
    told = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert sorted(told) == sorted(EVENTS)


def test_the_command_and_the_shortcuts(manifest: dict[str, Any]) -> None:
    features = manifest["features"]
    (command,) = features["slash_commands"]
    assert (command["command"], command.get("should_escape", True)) == ("/family", True)
    shortcuts = {(one["callback_id"], one["type"]) for one in features["shortcuts"]}
    assert shortcuts == {(ADD_SHORTCUT, "message"), (NEW_SHORTCUT, "global")}


def test_the_home_tab_sockets_and_buttons(manifest: dict[str, Any]) -> None:
    home = manifest["features"]["app_home"]
    assert home["home_tab_enabled"]
    assert home["messages_tab_enabled"]
    assert not home.get("messages_tab_read_only_enabled", False)
    assert manifest["settings"]["socket_mode_enabled"]
    assert manifest["settings"]["interactivity"]["is_enabled"]
    redirects = manifest["oauth_config"].get("redirect_urls", [])
    assert all(url.endswith(REDIRECT_PATH) for url in redirects)


@pytest.mark.parametrize("name", sorted(set(EVENTS) - ELSEWHERE))
def test_what_the_app_is_told_is_read(name: str) -> None:
    kind = name.partition(".")[0]
    channel = "D1" if kind == "app_home_opened" else "C1"
    user = "U0" if kind.startswith("member_") else "U1"
    about = {"type": kind, "channel": channel, "user": user, "ts": "17.1", "text": "x"}
    event = {**about, "tab": "home", "event_ts": "17.1"}
    body = {"type": "event_callback", "team_id": "T1", "event": event}
    assert inbound(body, Known("U0"), MORNING) is not None
