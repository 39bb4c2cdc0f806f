"""`views.*`: modals and App Home."""

from __future__ import annotations

from typing import Any

from bot.play.counterparts.slack import blocks as block_kit
from bot.play.counterparts.slack import forms, written
from bot.play.counterparts.slack.activity import Via
from bot.play.counterparts.slack.errors import ApiError, invalid_arguments
from bot.play.counterparts.slack.model import Grant, User, View
from bot.play.counterparts.slack.state import State, Trigger
from bot.play.counterparts.slack.wire import Params

_STACK, _SIZE = 3, 250_000


async def open_(state: State, grant: Grant, params: Params) -> Any:
    trigger = _exchange(state, params)
    content = read_view(params.structure("view"), "modal")
    _unused(state, content)
    view = show(state, trigger.user, content)
    return {"view": written.view(view, state.settings.app_id)}


async def push(state: State, grant: Grant, params: Params) -> Any:
    trigger = _exchange(state, params)
    content = read_view(params.structure("view"), "modal")
    below = state.modals.get(trigger.user.id)
    if trigger.over is None or below is None:
        raise ApiError("invalid_trigger_id")
    view = push_on(state, below, content)
    return {"view": written.view(view, state.settings.app_id)}


async def update(state: State, grant: Grant, params: Params) -> Any:
    view = _named(state, params)
    if params.text("hash") not in ("", view.hash):
        raise ApiError("hash_conflict")
    content = read_view(params.structure("view"), "home" if view.is_home else "modal")
    replace(state, view, content)
    return {"view": written.view(view, state.settings.app_id)}


async def publish(state: State, grant: Grant, params: Params) -> Any:
    user = grant.team.users.get(params.text("user_id"))
    if user is None:
        raise invalid_arguments(["invalid `user_id`"])
    content = read_view(params.structure("view"), "home")
    home = state.homes.get(user.id)
    if home is None:
        home = state.homes[user.id] = _new(state, user, content)
        state.activity.view(home)
    elif params.text("hash") not in ("", home.hash):
        raise ApiError("hash_conflict")
    else:
        replace(state, home, content)
    return {"view": written.view(home, state.settings.app_id)}


def _unused(state: State, content: dict[str, Any]) -> None:
    """Two open views do not share an external id. Raises ApiError."""
    external = content.get("external_id")
    if external and any(
        one.open and one.content.get("external_id") == external for one in state.views.values()
    ):
        raise ApiError("duplicate_external_id")


def read_view(content: Any, kind: str) -> dict[str, Any]:
    """Checked. Raises ApiError."""
    if not isinstance(content, dict):
        raise invalid_arguments(["missing required field: view"])
    complaints = block_kit.view_complaints(content, kind)
    if complaints:
        raise invalid_arguments(complaints)
    if len(str(content)) > _SIZE:
        raise ApiError("view_too_large")
    return content


def show(state: State, user: User, content: dict[str, Any], via: Via = "api") -> View:
    """A modal opens; what was open is gone."""
    close_all(state, user)
    view = state.modals[user.id] = _new(state, user, content)
    state.activity.view(view, via)
    return view


def push_on(state: State, below: View, content: dict[str, Any], via: Via = "api") -> View:
    depth, view = 1, below
    while view.below:
        depth, view = depth + 1, view.below
    if depth >= _STACK:
        raise ApiError("push_limit_reached")
    pushed = state.modals[below.user.id] = _new(state, below.user, content, below)
    state.activity.view(pushed, via)
    return pushed


def replace(state: State, view: View, content: dict[str, Any], via: Via = "api") -> None:
    """What stands in inputs stays where block id and action id stay."""
    view.content = _with_ids(state, content)
    view.hash = _hash(state)
    first = forms.initial(view.blocks)
    view.filled = {place: view.filled.get(place, value) for place, value in first.items()}
    state.activity.view(view, via)


def close(state: State, view: View) -> None:
    """The one below shows again."""
    view.open = False
    if view.below:
        state.modals[view.user.id] = view.below
    else:
        state.modals.pop(view.user.id, None)


def close_all(state: State, user: User) -> None:
    while user.id in state.modals:
        close(state, state.modals[user.id])


def _new(state: State, user: User, content: dict[str, Any], below: View | None = None) -> View:
    content = _with_ids(state, content)
    view = View(state.new_id("V"), user.team, user, content, _hash(state), below)
    view.filled = forms.initial(view.blocks)
    state.views[view.id] = view
    return view


def _with_ids(state: State, content: dict[str, Any]) -> dict[str, Any]:
    blocks = block_kit.with_ids(content["blocks"], lambda: state.new_id("b"))
    return {**content, "blocks": blocks}


def _hash(state: State) -> str:
    return f"{state.date()}.{next(state.ids)}"


def _exchange(state: State, params: Params) -> Trigger:
    """A trigger opens one view, within 3 seconds. Raises ApiError."""
    trigger = state.triggers.get(params.text("trigger_id"))
    if trigger is None:
        raise ApiError("invalid_trigger_id")
    if trigger.used:
        raise ApiError("exchanged_trigger_id")
    if state.now() > trigger.expires:
        raise ApiError("expired_trigger_id")
    trigger.used = True
    return trigger


def _named(state: State, params: Params) -> View:
    view = state.views.get(params.text("view_id"))
    external = params.text("external_id")
    if view is None and external:
        named = [one for one in state.views.values() if one.content.get("external_id") == external]
        view = named[-1] if named else None
    if view is None or not view.open:
        raise ApiError("not_found")
    return view
