"""A modal's Submit button: what Slack checks itself, and what it does with the app's answer."""

from __future__ import annotations

from typing import Any

from bot.play.counterparts.slack import forms, interactions, views
from bot.play.counterparts.slack.errors import ApiError
from bot.play.counterparts.slack.model import View
from bot.play.counterparts.slack.state import State

REQUIRED = "Please complete this required field."
TROUBLE = "We had some trouble connecting. Try again?"

Errors = dict[str, str]


async def submit(state: State, view: View) -> Errors | None:
    """Waits for the app. The errors shown, by block id ("" for one that belongs to no field);
    None when there are none: the modal closed, or shows what the app put in its place."""
    missing = forms.missing(view.blocks, view.filled)
    if missing:
        return dict.fromkeys(missing, REQUIRED)
    found: list[Errors | None] = []

    def answered(answer: Any) -> None:
        found.append(_apply(state, view, answer))

    delivery = interactions.submission(state, view, answered)
    await state.deliveries.settled(delivery)
    return found[0] if found else {"": TROUBLE}


def _apply(state: State, view: View, answer: Any) -> Errors | None:
    action = answer.get("response_action") if isinstance(answer, dict) else None
    try:
        if action == "errors":
            return _errors(view, answer.get("errors") or {})
        if action == "update":
            content = views.read_view(answer.get("view"), "modal")
            views.replace(state, view, content, "acknowledgement")
        elif action == "push":
            content = views.read_view(answer.get("view"), "modal")
            views.push_on(state, view, content, "acknowledgement")
        elif action == "clear":
            views.close_all(state, view.user)
        else:
            views.close(state, view)
    except ApiError as refusal:
        state.activity.failed(view.user, refusal.error)
        return {"": TROUBLE}
    return None


def _errors(view: View, errors: Errors) -> Errors:
    """Only inputs can show one; anything else Slack takes for no answer."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not errors or not set(errors) <= inputs:
        return {"": TROUBLE}
    return errors
