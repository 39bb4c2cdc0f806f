"""`conversations.*` and `users.*`: channels and people."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from bot.play.counterparts.slack import membership, written
from bot.play.counterparts.slack.errors import ApiError, invalid_arguments
from bot.play.counterparts.slack.model import Channel, Grant, Message
from bot.play.counterparts.slack.state import State
from bot.play.counterparts.slack.wire import Params

T = TypeVar("T")


async def open_(state: State, grant: Grant, params: Params) -> Any:
    if params.text("channel"):
        channel = state.channel(grant, params.text("channel"))
        return {"no_op": True, "already_open": True, "channel": {"id": channel.id}}
    names = [name for name in params.text("users").split(",") if name]
    if not names:
        raise ApiError("users_list_not_supplied")
    if len(names) > 1:
        raise invalid_arguments(["only direct messages with one person exist here"])
    user = state.user(grant, names[0])
    if user.deleted:
        raise ApiError("user_disabled")
    channel = state.direct(user)
    if params.flag("return_im"):
        return {"channel": written.channel(channel)}
    return {"channel": {"id": channel.id}}


async def info(state: State, grant: Grant, params: Params) -> Any:
    return {"channel": written.channel(state.channel(grant, params.text("channel")))}


async def list_(state: State, grant: Grant, params: Params) -> Any:
    """Those the bot may know of, of the kinds asked for."""
    asked = (params.text("types") or "public_channel").split(",")
    kinds = {"public_channel": "public", "private_channel": "private", "im": "im"}
    wanted = {kinds[one] for one in asked if one in kinds}
    found = [
        channel
        for channel in grant.team.channels.values()
        if channel.kind in wanted and not channel.deleted
        if channel.kind == "public" or channel.has_bot
        if not (channel.archived and params.flag("exclude_archived"))
    ]
    page, more = _page(found, params, 100)
    return {"channels": [written.channel(one) for one in page], **more}


async def members(state: State, grant: Grant, params: Params) -> Any:
    channel = state.channel(grant, params.text("channel"))
    page, more = _page(channel.members, params, 100)
    return {"members": [user.id for user in page], **more}


async def join(state: State, grant: Grant, params: Params) -> Any:
    channel = state.channel(grant, params.text("channel"))
    if channel.kind != "public":
        raise ApiError("method_not_supported_for_channel_type")
    if channel.archived:
        raise ApiError("is_archived")
    membership.invite(state, channel, grant.team.bot, grant.team.bot)
    return {"channel": written.channel(channel)}


async def leave(state: State, grant: Grant, params: Params) -> Any:
    channel = state.channel(grant, params.text("channel"))
    if not channel.has_bot:
        return {"not_in_channel": True}
    membership.put_out(state, channel, grant.team.bot, grant.team.bot)
    return {}


async def history(state: State, grant: Grant, params: Params) -> Any:
    """Newest first, without replies in threads."""
    channel = state.own_channel(grant, params.text("channel"))
    found = [one for one in _between(channel, params) if not one.is_reply]
    return _messages(state, found[::-1], params)


async def replies(state: State, grant: Grant, params: Params) -> Any:
    """A thread, its first message first."""
    channel = state.own_channel(grant, params.text("channel"))
    asked = channel.messages.get(params.text("ts"))
    if asked is None:
        raise ApiError("thread_not_found")
    first = asked.thread_ts or asked.ts
    found = [one for one in _between(channel, params) if first in (one.ts, one.thread_ts)]
    return _messages(state, found, params)


async def user_info(state: State, grant: Grant, params: Params) -> Any:
    user = state.user(grant, params.text("user"))
    return {"user": written.user(user, locale=params.flag("include_locale"))}


async def users_list(state: State, grant: Grant, params: Params) -> Any:
    page, more = _page(list(grant.team.users.values()), params, 1000)
    return {"members": [written.user(one) for one in page], "cache_ts": state.date(), **more}


async def user_by_email(state: State, grant: Grant, params: Params) -> Any:
    email = params.needed("email").casefold()
    for user in grant.team.users.values():
        if user.email.casefold() == email:
            return {"user": written.user(user)}
    raise ApiError("users_not_found")


def _between(channel: Channel, params: Params) -> list[Message]:
    oldest, latest = _moment(params, "oldest"), _moment(params, "latest")
    inclusive = params.flag("inclusive")

    def within(message: Message) -> bool:
        at = Decimal(message.ts)
        if inclusive and at in (oldest, latest):
            return True
        return (oldest is None or at > oldest) and (latest is None or at < latest)

    return [message for message in channel.messages.values() if within(message)]


def _moment(params: Params, name: str) -> Decimal | None:
    value = params.text(name)
    try:
        return Decimal(value) if value else None
    except InvalidOperation:
        raise ApiError(f"invalid_ts_{name}") from None


def _messages(state: State, found: Sequence[Message], params: Params) -> dict[str, Any]:
    page, more = _page(found, params, 100)
    app_id = state.settings.app_id
    has_more = bool(more["response_metadata"]["next_cursor"])
    messages = [written.message(one, app_id) for one in page]
    return {"messages": messages, "has_more": has_more, **more}


def _page(found: Sequence[T], params: Params, limit: int) -> tuple[Sequence[T], dict[str, Any]]:
    cursor = params.text("cursor")
    if cursor and not cursor.isdigit():
        raise ApiError("invalid_cursor")
    start = int(cursor or 0)
    end = start + min(max(params.number("limit", limit), 1), 1000)
    following = str(end) if end < len(found) else ""
    return found[start:end], {"response_metadata": {"next_cursor": following}}
