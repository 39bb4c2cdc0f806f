"""The Web API's methods: what each needs, and calling one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.play.counterparts.slack import access, chat, conversations, files, views
from bot.play.counterparts.slack.errors import ApiError, missing_scope
from bot.play.counterparts.slack.model import Grant
from bot.play.counterparts.slack.state import State
from bot.play.counterparts.slack.wire import Params

Method = Callable[[State, Grant, Params], Awaitable[Any]]

READ = "channels:read|groups:read|im:read"
HISTORY = "channels:history|groups:history|im:history"
METHODS: dict[str, tuple[Method, str]] = {
    "auth.test": (access.auth_test, ""),
    "auth.revoke": (access.auth_revoke, ""),
    "apps.connections.open": (access.connections_open, "connections:write"),
    "apps.uninstall": (access.apps_uninstall, ""),
    "chat.postMessage": (chat.post_message, "chat:write"),
    "chat.postEphemeral": (chat.post_ephemeral, "chat:write"),
    "chat.update": (chat.update, "chat:write"),
    "chat.delete": (chat.delete, "chat:write"),
    "chat.getPermalink": (chat.get_permalink, ""),
    "conversations.open": (conversations.open_, "im:write"),
    "conversations.info": (conversations.info, READ),
    "conversations.list": (conversations.list_, READ),
    "conversations.members": (conversations.members, READ),
    "conversations.join": (conversations.join, "channels:join"),
    "conversations.leave": (conversations.leave, ""),
    "conversations.history": (conversations.history, HISTORY),
    "conversations.replies": (conversations.replies, HISTORY),
    "users.info": (conversations.user_info, "users:read"),
    "users.list": (conversations.users_list, "users:read"),
    "users.lookupByEmail": (conversations.user_by_email, "users:read.email"),
    "views.open": (views.open_, ""),
    "views.push": (views.push, ""),
    "views.update": (views.update, ""),
    "views.publish": (views.publish, ""),
    "files.info": (files.info, "files:read"),
    "files.getUploadURLExternal": (files.get_upload_url, "files:write"),
    "files.completeUploadExternal": (files.complete_upload, "files:write"),
}
"""Each with the scope it takes; where there are several, one is enough."""

_APP_LEVEL = ("apps.connections.open", "auth.test")


async def call(state: State, name: str, params: Params, authorization: str) -> dict[str, Any]:
    """Run one method, unless it was told to fail. Raises ApiError."""
    state.calls.append((name, dict(params.values)))
    faults = state.faults.get(name)
    fault = faults.pop(0) if faults else None
    if fault is not None:
        raise fault
    if name == "api.test":
        return dict(await access.api_test(state, params))
    if name == "oauth.v2.access":
        return dict(await access.oauth_access(state, params, authorization))
    if name not in METHODS:
        raise ApiError("unknown_method", req_method=name)
    method, scopes = METHODS[name]
    grant = _grant(state, name, params.token)
    if scopes and not set(scopes.split("|")) & set(grant.scopes):
        raise missing_scope(scopes.replace("|", ","), grant.scopes)
    return dict(await method(state, grant, params))


def _grant(state: State, name: str, token: str) -> Grant:
    if not token:
        raise ApiError("not_authed")
    grant = state.grants.tokens.get(token)
    if grant is None:
        raise ApiError("invalid_auth")
    if token in state.grants.ended:
        raise ApiError(state.grants.ended[token])
    fits = name in _APP_LEVEL if grant.kind == "app" else name != "apps.connections.open"
    if not fits:
        raise ApiError("not_allowed_token_type")
    return grant
