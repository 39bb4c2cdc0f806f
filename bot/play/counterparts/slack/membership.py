"""Who is in a channel, and what becomes of it."""

from __future__ import annotations

from typing import Any

from bot.play.counterparts.slack import events
from bot.play.counterparts.slack.model import Channel, User
from bot.play.counterparts.slack.state import State


def invite(state: State, channel: Channel, user: User, by: User) -> None:
    if user in channel.members:
        return
    channel.members.append(user)
    words = f"<@{user.id}> has joined the channel"
    kind = "channel_join" if channel.kind == "public" else "group_join"
    _note(state, channel, user, kind, words, inviter=by.id)
    events.joined(state, channel, user, by)


def put_out(state: State, channel: Channel, user: User, by: User) -> None:
    """The app hears of its own going, though it is in the channel no more."""
    if user not in channel.members:
        return
    channel.members.remove(user)
    events.left(state, channel, user)
    if user is channel.team.bot:
        events.channel_event(state, channel, "left", actor_id=by.id)
    else:
        kind = "channel_leave" if channel.kind == "public" else "group_leave"
        _note(state, channel, user, kind, f"<@{user.id}> has left the channel")


def archive(state: State, channel: Channel, by: User, *, archived: bool) -> None:
    channel.archived = archived
    what = "archive" if archived else "unarchive"
    if channel.has_bot:
        events.channel_event(state, channel, what, user=by.id)


def delete_channel(state: State, channel: Channel, by: User) -> None:
    channel.deleted = True
    if channel.has_bot:
        events.channel_event(state, channel, "deleted", actor_id=by.id)


def _note(state: State, channel: Channel, user: User, kind: str, text: str, **extra: Any) -> None:
    """A line Slack writes into a channel about somebody."""
    message = state.put(channel, user, text=text, subtype=kind, extra=extra)
    events.posted(state, message)
