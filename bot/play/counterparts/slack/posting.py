"""What it takes to show, change and take away a message: shared by the Web API, response URLs and
acknowledgements."""

from __future__ import annotations

from typing import Any

from bot.play.counterparts.slack import blocks as block_kit
from bot.play.counterparts.slack import events, written
from bot.play.counterparts.slack.activity import Via
from bot.play.counterparts.slack.errors import ApiError, invalid_blocks
from bot.play.counterparts.slack.model import Block, Channel, File, Message, User
from bot.play.counterparts.slack.state import State
from bot.play.counterparts.slack.wire import Params

_TEXT_LIMIT = 40_000


def words(state: State, params: Params, *, limited: bool = True) -> tuple[str, list[Block]]:
    """Text and blocks as sent, checked. limited: the text in blocks counts. Raises ApiError."""
    text = params.text("text")
    blocks = read_blocks(state, params)
    if not text.strip() and not blocks:
        raise ApiError("no_text")
    check_text(text, blocks if limited else [])
    return text, blocks


def check_text(text: str, blocks: list[Block]) -> None:
    if len(text) > _TEXT_LIMIT:
        raise ApiError("msg_too_long")
    if block_kit.text_length(blocks) > block_kit.TEXT_IN_BLOCKS:
        raise ApiError("msg_blocks_too_long")


def read_blocks(state: State, params: Params) -> list[Block]:
    found = params.structure("blocks", "invalid_blocks_format")
    if found is None:
        return []
    if not isinstance(found, list):
        raise ApiError("invalid_blocks_format")
    complaints = block_kit.message_complaints(found)
    if complaints:
        raise invalid_blocks(complaints)
    return block_kit.with_ids(found, lambda: state.new_id("b"))


def post(
    state: State,
    channel: Channel,
    text: str,
    blocks: list[Block],
    *,
    thread_ts: str = "",
    metadata: dict[str, Any] | None = None,
    files: list[File] | None = None,
    via: Via = "api",
) -> Message:
    """The bot says something to everybody in a channel."""
    message = state.put(
        channel,
        channel.team.bot,
        text=text,
        blocks=blocks,
        thread_ts=thread_ts,
        metadata=metadata,
        files=files or [],
        subtype="file_share" if files else "",
    )
    events.posted(state, message)
    state.activity.message("file" if files else "new", message, via)
    return message


def whisper(
    state: State,
    channel: Channel,
    user: User,
    text: str,
    blocks: list[Block],
    *,
    thread_ts: str = "",
    via: Via = "api",
) -> Message:
    """The bot says something to one person only."""
    message = state.put(
        channel,
        channel.team.bot,
        text=text,
        blocks=blocks,
        thread_ts=thread_ts,
        only_for=user,
    )
    state.activity.message("ephemeral", message, via)
    return message


def change(
    state: State, message: Message, text: str, blocks: list[Block], via: Via = "api"
) -> None:
    before = written.message(message, state.settings.app_id)
    message.change(text, blocks)
    message.edited = {"user": message.sender.id, "ts": state.stamp()}
    events.changed(state, message, before)
    state.activity.message("edit", message, via)


def remove(state: State, message: Message, via: Via = "api") -> None:
    forget(state, message)
    state.activity.message("delete", message, via)


def forget(state: State, message: Message) -> None:
    """A message is gone, and who is in the channel hears of it."""
    before = written.message(message, state.settings.app_id)
    channel = message.channel
    channel.messages.pop(message.ts, None)
    channel.private_notes.pop(message.ts, None)
    message.deleted = True
    events.deleted(state, message, before)
