"""What people do in a workspace, and what of it the app gets to see."""

from __future__ import annotations

from typing import Any

from bot.play.counterparts.slack import (
    events,
    files,
    forms,
    interactions,
    looks,
    mrkdwn,
    posting,
    written,
)
from bot.play.counterparts.slack.deliveries import Delivery
from bot.play.counterparts.slack.model import Block, Button, Channel, Message, User, View
from bot.play.counterparts.slack.state import State


def speak(
    state: State,
    channel: Channel,
    user: User,
    text: str,
    *,
    thread: Message | None = None,
    file: tuple[str, bytes] | None = None,
) -> tuple[Message, list[Delivery]]:
    """Somebody writes; the message, and what the app is told of it."""
    sent = mrkdwn.typed(text)
    extra = {} if user.is_bot else {"client_msg_id": state.new_id("msg-")}
    attached = [files.keep(state, state.new_id("F"), file[0], *file, user)] if file else []
    message = state.put(
        channel,
        user,
        files=attached,
        text=sent,
        blocks=[mrkdwn.rich_text(sent, state.new_id("b"))] if sent else [],
        thread_ts=(thread.thread_ts or thread.ts) if thread else "",
        subtype="file_share" if file else "bot_message" if user.is_bot else "",
        extra=extra,
    )
    return message, events.posted(state, message)


def rewrite(state: State, message: Message, text: str) -> Delivery | None:
    sent = mrkdwn.typed(text)
    before = written.message(message, state.settings.app_id)
    message.change(sent, [mrkdwn.rich_text(sent, state.new_id("b"))])
    message.edited = {"user": message.sender.id, "ts": state.stamp()}
    return events.changed(state, message, before)


def note(state: State, channel: Channel, user: User, subtype: str, text: str, **extra: Any) -> None:
    """A line Slack writes into a channel about somebody."""
    message = state.put(channel, user, text=text, subtype=subtype, extra=extra)
    events.posted(state, message)


def invite(state: State, channel: Channel, user: User, by: User) -> None:
    if user in channel.members:
        return
    channel.members.append(user)
    words = f"<@{user.id}> has joined the channel"
    kind = "channel_join" if channel.kind == "public" else "group_join"
    note(state, channel, user, kind, words, inviter=by.id)
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
        note(state, channel, user, kind, f"<@{user.id}> has left the channel")


def archive(state: State, channel: Channel, by: User, *, archived: bool) -> None:
    channel.archived = archived
    what = "archive" if archived else "unarchive"
    if channel.has_bot:
        events.channel_event(state, channel, what, user=by.id)


def delete_channel(state: State, channel: Channel, by: User) -> None:
    channel.deleted = True
    if channel.has_bot:
        events.channel_event(state, channel, "deleted", actor_id=by.id)


def open_home(state: State, user: User, tab: str) -> Delivery | None:
    event: dict[str, Any] = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": state.direct(user).id,
        "tab": tab,
        "event_ts": state.stamp(),
    }
    home = state.homes.get(user.id)
    if home is not None and tab == "home":
        event["view"] = written.view(home, state.settings.app_id)
    return events.emit(state, user.team, event)


def tap(state: State, user: User, target: Message | View, button: Button) -> Delivery:
    """Whether or not the button is still there: somebody's screen may lag behind."""
    place = _element(target.blocks, button)
    if place is None or place["type"] == "button":
        action = _pressed(button, place)
    else:
        action = {**forms.fill(place, button.value), **_names(button)}
        _remember(user, target, place, button)
    if isinstance(target, View):
        return interactions.act_in_view(state, user, target, action)
    return interactions.act_in_message(state, user, target, action)


def live(target: Message | View, label: str, value: str | None) -> Button:
    """By label or action id; a menu's option, a date or a time by value. Raises LookupError."""
    found = looks.buttons(target.blocks)
    for button in found:
        if label in (button.label, button.action_id) and value in (None, button.value):
            return button
    if value is not None:
        block, element = forms.find(target.blocks, label)
        return Button(value, element["action_id"], block["block_id"], value)
    raise LookupError(f"no live button {label!r} among {[button.label for button in found]}")


def delete_message(state: State, message: Message) -> None:
    posting.forget(state, message)


def _element(blocks: list[Block], button: Button) -> dict[str, Any] | None:
    for block in blocks:
        places = block.get("elements") or [block.get("accessory") or block.get("element") or {}]
        for element in places:
            if (block["block_id"], element.get("action_id")) == (button.block_id, button.action_id):
                return dict(element)
    return None


def _pressed(button: Button, element: dict[str, Any] | None) -> dict[str, Any]:
    label = {"type": "plain_text", "text": button.label, "emoji": True}
    action = {**_names(button), "type": "button", "text": element["text"] if element else label}
    if button.value:
        action["value"] = button.value
    if element and element.get("style"):
        action["style"] = element["style"]
    return action


def _names(button: Button) -> dict[str, str]:
    return {"action_id": button.action_id, "block_id": button.block_id}


def _remember(user: User, target: Message | View, element: dict[str, Any], button: Button) -> None:
    """What somebody chose stands in `state.values` from then on."""
    if element["type"] == "overflow":
        return
    if isinstance(target, View):
        filled = target.filled
    else:
        filled = target.filled.setdefault(user.id, forms.initial(target.blocks))
    filled[button.block_id, button.action_id] = forms.fill(element, button.value)
