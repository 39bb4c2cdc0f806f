"""What somebody does with the app, as payloads: commands, taps, shortcuts, forms."""

from __future__ import annotations

from typing import Any

from bot.play.counterparts.slack import mrkdwn, responses, written
from bot.play.counterparts.slack.deliveries import Answered, Delivery
from bot.play.counterparts.slack.model import Channel, Message, User, View
from bot.play.counterparts.slack.state import State

Action = dict[str, Any]

NO_ANSWER = {
    "timeout": "operation_timeout",
    "connection_failed": "dispatch_failed",
    "http_error": "dispatch_failed",
}


def command(state: State, user: User, channel: Channel, name: str, text: str) -> Delivery:
    """A slash command; it works wherever its user is."""
    where = written.channel_in_brief(channel)
    payload = {
        "token": "counterpart",
        "team_id": user.team.id,
        "team_domain": user.team.domain,
        "channel_id": where["id"],
        "channel_name": where["name"],
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": mrkdwn.escape(text),
        "api_app_id": state.settings.app_id,
        "is_enterprise_install": "false",
        "response_url": state.response_url(channel, user),
        "trigger_id": state.trigger(user),
    }

    def answered(answer: Any) -> None:
        responses.acknowledged(state, channel, user, answer)

    def refused(reason: str) -> None:
        told = f"{name} failed with the error “{NO_ANSWER[reason]}”"
        state.activity.failed(user, told, channel)

    return state.deliveries.add(
        Delivery("slash_commands", payload, answered=answered, refused=refused)
    )


def act_in_message(state: State, user: User, message: Message, action: Action) -> Delivery:
    channel = message.channel
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.only_for is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = {
        "container": container,
        "channel": written.channel_in_brief(channel),
        "state": {"values": written.values(message.filled.get(user.id, {}))},
        "response_url": state.response_url(channel, user, message),
        "actions": [action | {"action_ts": state.stamp()}],
    }
    if message.only_for is None:
        payload["message"] = written.message(message, state.settings.app_id)
    return _send(state, user, "block_actions", payload, channel=channel)


def act_in_view(state: State, user: User, view: View, action: Action) -> Delivery:
    payload = {
        "container": {"type": "view", "view_id": view.id},
        "view": written.view(view, state.settings.app_id),
        "actions": [action | {"action_ts": state.stamp()}],
    }
    return _send(state, user, "block_actions", payload, over=None if view.is_home else view)


def message_shortcut(state: State, user: User, message: Message, callback_id: str) -> Delivery:
    payload = {
        "callback_id": callback_id,
        "channel": written.channel_in_brief(message.channel),
        "message": written.message(message, state.settings.app_id),
        "message_ts": message.ts,
        "action_ts": state.stamp(),
        "response_url": state.response_url(message.channel, user),
    }
    return _send(state, user, "message_action", payload, channel=message.channel)


def global_shortcut(state: State, user: User, callback_id: str) -> Delivery:
    return _send(state, user, "shortcut", {"callback_id": callback_id, "action_ts": state.stamp()})


def submission(state: State, view: View, answered: Answered) -> Delivery:
    payload = {"view": written.view(view, state.settings.app_id), "response_urls": []}
    return _send(state, view.user, "view_submission", payload, over=view, answered=answered)


def closing(state: State, view: View, *, cleared: bool) -> Delivery:
    shown = written.view(view, state.settings.app_id)
    payload = {"view": shown, "is_cleared": cleared}
    return _send(state, view.user, "view_closed", payload, trigger=False)


def _send(
    state: State,
    user: User,
    kind: str,
    payload: dict[str, Any],
    *,
    channel: Channel | None = None,
    over: View | None = None,
    answered: Answered | None = None,
    trigger: bool = True,
) -> Delivery:
    whole = {
        "type": kind,
        "user": written.user_in_brief(user),
        "api_app_id": state.settings.app_id,
        "token": "counterpart",
        "team": written.team_in_brief(user.team),
        "enterprise": None,
        "is_enterprise_install": False,
    }
    if trigger:
        whole["trigger_id"] = state.trigger(user, over)

    def refused(reason: str) -> None:
        state.activity.failed(user, NO_ANSWER[reason], channel)

    return state.deliveries.add(
        Delivery("interactive", whole | payload, answered=answered, refused=refused)
    )
