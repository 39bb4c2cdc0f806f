"""`auth.*`, `apps.*`, `oauth.v2.*`: who the app is and what it may do."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from bot.play.counterparts.slack import events
from bot.play.counterparts.slack.app import Consent
from bot.play.counterparts.slack.errors import ApiError
from bot.play.counterparts.slack.model import Grant, Team
from bot.play.counterparts.slack.state import State
from bot.play.counterparts.slack.wire import Params


async def api_test(state: State, params: Params) -> Any:
    if params.text("error"):
        raise ApiError(params.text("error"), args=dict(params.values))
    return {"args": dict(params.values)} if params.values else {}


async def auth_test(state: State, grant: Grant, params: Params) -> Any:
    team = grant.team
    if grant.kind == "app":
        return {"app_name": state.settings.name, "app_id": state.settings.app_id}
    return {
        "url": team.url,
        "team": team.name,
        "user": team.bot.name,
        "team_id": team.id,
        "user_id": team.bot.id,
        "bot_id": team.bot.bot_id,
        "is_enterprise_install": False,
    }


async def auth_revoke(state: State, grant: Grant, params: Params) -> Any:
    if params.flag("test"):
        return {"revoked": False}
    state.grants.ended[grant.token] = "token_revoked"
    tell_revoked(state, grant.team)
    return {"revoked": True}


async def connections_open(state: State, grant: Grant, params: Params) -> Any:
    app_id = state.settings.app_id
    address = state.base_url().replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={state.sockets.ticket()}&app_id={app_id}"}


async def apps_uninstall(state: State, grant: Grant, params: Params) -> Any:
    check_client(state, params.text("client_id"), params.text("client_secret"))
    uninstall(state, grant.team)
    return {}


async def oauth_access(state: State, params: Params, authorization: str) -> Any:
    """A code for a token; the app shows who it is by HTTP Basic or in the form."""
    check_client(state, *_client(params, authorization))
    consent = _consent(state, params)
    consent.used = True
    grant = state.grants.bot(consent.team, consent.scopes)
    return {
        "access_token": grant.token,
        "token_type": "bot",
        "scope": ",".join(grant.scopes),
        "bot_user_id": consent.team.bot.id,
        "app_id": state.settings.app_id,
        "team": {"name": consent.team.name, "id": consent.team.id},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": consent.user.id},
    }


def check_client(state: State, client_id: str, secret: str) -> None:
    if client_id != state.settings.client_id:
        raise ApiError("invalid_client_id")
    if secret != state.settings.client_secret:
        raise ApiError("bad_client_secret")


def uninstall(state: State, team: Team) -> None:
    """The app is gone from a workspace, and told so."""
    state.grants.end(team, "account_inactive")
    for channel in team.channels.values():
        if channel.has_bot and channel.kind != "im":
            channel.members.remove(team.bot)
    tell_revoked(state, team)
    events.emit(state, team, {"type": "app_uninstalled"})


def tell_revoked(state: State, team: Team) -> None:
    tokens = {"oauth": [], "bot": [team.bot.id]}
    events.emit(state, team, {"type": "tokens_revoked", "tokens": tokens})


def _client(params: Params, authorization: str) -> tuple[str, str]:
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return params.text("client_id"), params.text("client_secret")
    try:
        client_id, _, secret = base64.b64decode(encoded).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise ApiError("invalid_client_id") from None
    return client_id, secret


def _consent(state: State, params: Params) -> Consent:
    consent = state.grants.codes.get(params.text("code"))
    if consent is None:
        raise ApiError("invalid_code")
    if consent.used:
        raise ApiError("code_already_used")
    if params.text("redirect_uri") not in ("", consent.redirect_url):
        raise ApiError("bad_redirect_uri")
    return consent
