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
