"""`chat.*`: messages."""

from __future__ import annotations

import re
from typing import Any

from bot.play.counterparts.slack import posting, written
from bot.play.counterparts.slack.errors import ApiError
from bot.play.counterparts.slack.model import Block, Channel, Grant, Message
from bot.play.counterparts.slack.state import State
from bot.play.counterparts.slack.wire import Params

_NEW_TEXT_LIMIT = 4000
"""Bytes of text when a message is changed: far fewer than in a new one, and not documented."""

_TS = re.compile(r"\d+\.\d{6}")


async def post_message(state: State, grant: Grant, params: Params) -> Any:
    channel = _to(state, grant, params.text("channel"))
    text, blocks = posting.words(state, params)
    thread_ts = _thread(params)
    state.pace(channel)
    message = posting.post(
        state,
        channel,
        text,
        blocks,
        thread_ts=thread_ts,
        metadata=params.structure("metadata", "invalid_metadata_format"),
    )
    shown = written.message(message, state.settings.app_id)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


async def post_ephemeral(state: State, grant: Grant, params: Params) -> Any:
    channel = _to(state, grant, params.text("channel"))
    user = grant.team.users.get(params.text("user"))
    if user is None or user not in channel.members:
        raise ApiError("user_not_in_channel")
    text, blocks = posting.words(state, params)
    state.pace(channel)
    note = posting.whisper(state, channel, user, text, blocks, thread_ts=_thread(params))
    return {"message_ts": note.ts}


async def update(state: State, grant: Grant, params: Params) -> Any:
    message = _own(state, grant, params, "cant_update_message")
    text, blocks = _new_words(state, message, params)
    posting.change(state, message, text, blocks)
    shown = written.message(message, state.settings.app_id)
    return {"channel": message.channel.id, "ts": message.ts, "text": text, "message": shown}


async def delete(state: State, grant: Grant, params: Params) -> Any:
    message = _own(state, grant, params, "cant_delete_message")
    posting.remove(state, message)
    return {"channel": message.channel.id, "ts": message.ts}


async def get_permalink(state: State, grant: Grant, params: Params) -> Any:
    channel = state.channel(grant, params.text("channel"))
    message = channel.messages.get(params.text("message_ts"))
    if message is None:
        raise ApiError("message_not_found")
    link = f"{grant.team.url}archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _to(state: State, grant: Grant, name: str) -> Channel:
    """Where to post: a channel by id or #name, or a person, which is their direct messages."""
    if name in grant.team.users:
        return state.direct(grant.team.users[name])
    for channel in grant.team.channels.values():
        if channel.kind != "im" and channel.name == name.removeprefix("#"):
            name = channel.id
    channel = state.channel(grant, name)
    if channel.archived:
        raise ApiError("is_archived")
    if not (channel.has_bot or "chat:write.public" in grant.scopes):
        raise ApiError("not_in_channel")
    return channel


def _thread(params: Params) -> str:
    thread_ts = params.text("thread_ts")
    if thread_ts and not _TS.fullmatch(thread_ts):
        raise ApiError("invalid_thread_ts")
    return thread_ts


def _own(state: State, grant: Grant, params: Params, refusal: str) -> Message:
    """A message of the bot's that everybody sees. Raises ApiError."""
    channel = state.channel(grant, params.text("channel"))
    if channel.archived:
        raise ApiError("is_inactive")
    message = channel.messages.get(params.text("ts"))
    if message is None:
        raise ApiError("message_not_found")
    if message.sender is not grant.team.bot:
        raise ApiError(refusal)
    return message


def _new_words(state: State, message: Message, params: Params) -> tuple[str, list[Block]]:
    """Blocks that are not mentioned stay; an empty list takes them away."""
    text = params.text("text")
    blocks = posting.read_blocks(state, params)
    if not text and not params.has("blocks"):
        raise ApiError("no_text")
    if not params.has("blocks"):
        blocks = message.blocks
    posting.check_text(text, blocks)
    if len(text.encode()) > _NEW_TEXT_LIMIT:
        raise ApiError("msg_too_long")
    if not text and not blocks:
        raise ApiError("no_text")
    return text, blocks
