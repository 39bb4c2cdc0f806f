"""Answers to an interaction that need no token: response URLs, and what comes with the
acknowledgement of a command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.play.counterparts.slack import posting
from bot.play.counterparts.slack.activity import Via
from bot.play.counterparts.slack.errors import ApiError
from bot.play.counterparts.slack.model import Channel, Message, User
from bot.play.counterparts.slack.state import ResponseUrl, State
from bot.play.counterparts.slack.wire import Params

MOST_USES = 5


def use(state: State, name: str, values: Mapping[str, Any]) -> None:
    """A POST to a response URL. Raises ApiError."""
    state.calls.append(("response_url", dict(values)))
    faults = state.faults.get("response_url")
    fault = faults.pop(0) if faults else None
    if fault is not None:
        raise fault
    found = state.response_urls.get(name)
    if found is None:
        raise ApiError("invalid_url", status=404)
    if state.now() > found.expires:
        raise ApiError("expired_url", status=404)
    if found.uses >= MOST_USES:
        raise ApiError("used_url", status=404)
    try:
        _respond(state, found, Params(values))
    except ApiError as refusal:
        refusal.status = 400 if refusal.status == 200 else refusal.status
        raise
    found.uses += 1


def acknowledged(state: State, channel: Channel, user: User, answer: Any) -> None:
    """What an app says to a command in acknowledging it; what is no message says nothing."""
    if not isinstance(answer, dict) or not (answer.get("text") or answer.get("blocks")):
        return
    try:
        _say(state, channel, user, Params(answer), "acknowledgement")
    except ApiError as refusal:
        state.activity.failed(user, refusal.error, channel)


def _respond(state: State, found: ResponseUrl, params: Params) -> None:
    message = found.message
    if params.flag("delete_original"):
        if message is not None and not message.deleted:
            posting.remove(state, message, "response_url")
    elif params.flag("replace_original") and message is not None:
        text, blocks = posting.words(state, params, limited=False)
        posting.change(state, message, text, blocks, "response_url")
    else:
        said = _say(state, found.channel, found.user, params, "response_url")
        found.message = message or said


def _say(state: State, channel: Channel, user: User, params: Params, via: Via) -> Message:
    text, blocks = posting.words(state, params, limited=False)
    thread_ts = params.text("thread_ts")
    if params.text("response_type") == "in_channel":
        return posting.post(state, channel, text, blocks, thread_ts=thread_ts, via=via)
    return posting.whisper(state, channel, user, text, blocks, thread_ts=thread_ts, via=via)
