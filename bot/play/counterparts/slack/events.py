"""The Events API: what happened, for an app that subscribed to it."""

from __future__ import annotations

from typing import Any

from bot.play.counterparts.slack import written
from bot.play.counterparts.slack.deliveries import Delivery
from bot.play.counterparts.slack.model import Channel, Message, Team, User
from bot.play.counterparts.slack.state import State

Event = dict[str, Any]

_SAID = ("", "file_share")
_FAREWELLS = ("tokens_revoked", "app_uninstalled")


def emit(state: State, team: Team, event: Event, name: str = "") -> Delivery | None:
    """Send an event. name: what it is called among subscriptions, where that is not its type."""
    if not state.grants.live(team) and event["type"] not in _FAREWELLS:
        return None
    wanted = state.settings.subscriptions
    if wanted is not None and (name or event["type"]) not in wanted:
        return None
    payload = {
        "token": "counterpart",
        "team_id": team.id,
        "context_team_id": team.id,
        "context_enterprise_id": None,
        "api_app_id": state.settings.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": state.new_id("Ev"),
        "event_time": state.date(),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team.id,
                "user_id": team.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{state.new_id('')}",
    }
    return state.deliveries.add(Delivery("events_api", payload))


def posted(state: State, message: Message) -> list[Delivery]:
    """A new message; `app_mention` beside it where it names the bot and is no direct message."""
    channel = message.channel
    if not _heard(state, channel) or message.only_for:
        return []
    event = written.message(message, state.settings.app_id)
    event |= {"channel": channel.id, "event_ts": message.ts}
    found = [_message(state, channel, event)]
    mentioned = f"<@{channel.team.bot.id}>" in message.text
    if mentioned and channel.kind != "im" and not message.by_bot and message.subtype in _SAID:
        found.append(emit(state, channel.team, event | {"type": "app_mention"}))
    return [one for one in found if one is not None]


def changed(state: State, message: Message, before: Event) -> Delivery | None:
    """before: the message as it was written until now."""
    after = written.message(message, state.settings.app_id)
    more = {"subtype": "message_changed", "message": after, "previous_message": before}
    return _about(state, message, more)


def deleted(state: State, message: Message, before: Event) -> Delivery | None:
    more = {"subtype": "message_deleted", "deleted_ts": message.ts, "previous_message": before}
    return _about(state, message, more)


def joined(state: State, channel: Channel, user: User, by: User) -> Delivery | None:
    return emit(
        state,
        channel.team,
        {
            "type": "member_joined_channel",
            "user": user.id,
            "channel": channel.id,
            "channel_type": _letter(channel),
            "team": channel.team.id,
            "inviter": by.id,
            "event_ts": state.stamp(),
        },
    )


def left(state: State, channel: Channel, user: User) -> Delivery | None:
    return emit(
        state,
        channel.team,
        {
            "type": "member_left_channel",
            "user": user.id,
            "channel": channel.id,
            "channel_type": _letter(channel),
            "team": channel.team.id,
            "event_ts": state.stamp(),
        },
    )


def channel_event(state: State, channel: Channel, what: str, **more: Any) -> Delivery | None:
    """`channel_archive` and so on; `group_archive` where the channel is private."""
    prefix = "channel" if channel.kind == "public" else "group"
    event = {"type": f"{prefix}_{what}", "channel": channel.id, "event_ts": state.stamp()}
    return emit(state, channel.team, event | more)


def _letter(channel: Channel) -> str:
    return "C" if channel.kind == "public" else "G"


def _heard(state: State, channel: Channel) -> bool:
    return channel.has_bot


def _about(state: State, message: Message, more: Event) -> Delivery | None:
    """An event about a message that was there before."""
    channel = message.channel
    if not _heard(state, channel) or message.only_for:
        return None
    stamp = state.next_ts(channel)
    event = {
        "type": "message",
        "hidden": True,
        "channel": channel.id,
        "ts": stamp,
        "event_ts": stamp,
        **more,
    }
    return _message(state, channel, event)


def _message(state: State, channel: Channel, event: Event) -> Delivery | None:
    name = {"public": "message.channels", "private": "message.groups", "im": "message.im"}
    event = event | {"channel_type": channel.event_kind}
    return emit(state, channel.team, event, name[channel.kind])
