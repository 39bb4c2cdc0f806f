"""Block Kit's blocks and views: what Slack accepts, and the ids it fills in."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from bot.play.counterparts.slack.elements import (
    ACCESSORY,
    ACTIONS,
    IMAGE,
    INPUTS,
    TYPE,
    plain,
    text,
)
from bot.play.counterparts.slack.model import Block
from bot.play.counterparts.slack.shapes import (
    Rule,
    anything,
    both,
    by_type,
    chars,
    complaint,
    flag,
    items,
    shape,
)

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
TEXT_IN_BLOCKS = 12_000
"""Characters of text in one message's blocks. Slack refuses more with msg_blocks_too_long, and
does not document the number; this is the one its maintainers give."""

_ID = {"block_id": chars(255)}


def _says_something(value: Any, at: str) -> Iterator[str]:
    if not value.get("text") and not value.get("fields"):
        yield complaint("missing required field: text", at)


_CONTEXT_IMAGE = by_type({"image": IMAGE})


def _context_element(value: Any, at: str) -> Iterator[str]:
    is_image = isinstance(value, dict) and value.get("type") == "image"
    yield from (_CONTEXT_IMAGE if is_image else text(3000))(value, at)


_SECTION = shape(
    TYPE,
    {
        **_ID,
        "text": text(3000),
        "fields": items(text(2000), 10),
        "accessory": ACCESSORY,
        "expand": flag,
    },
)
_INPUT = shape(
    {**TYPE, "label": plain(2000), "element": INPUTS},
    {**_ID, "hint": plain(2000), "optional": flag, "dispatch_action": flag},
)
_IMAGE = shape(
    {**TYPE, "alt_text": chars(2000)},
    {**_ID, "image_url": chars(3000), "slack_file": anything, "title": plain(2000)},
)
_EVERYWHERE: dict[str, Rule] = {
    "section": both(_SECTION, _says_something),
    "header": shape({**TYPE, "text": plain(150)}, _ID),
    "divider": shape(TYPE, _ID),
    "context": shape({**TYPE, "elements": items(_context_element, 10)}, _ID),
    "actions": shape({**TYPE, "elements": items(ACTIONS, 25)}, _ID),
    "input": _INPUT,
    "image": _IMAGE,
    "rich_text": shape({**TYPE, "elements": anything}, _ID),
}
_IN_MESSAGES: dict[str, Rule] = {
    **_EVERYWHERE,
    "markdown": shape({**TYPE, "text": chars(12_000)}, _ID),
}


def _different_ids(value: Any, at: str) -> Iterator[str]:
    """block_id once among the blocks, action_id once within a block."""
    seen: set[str] = set()
    for number, block in enumerate(_objects(value)):
        block_id = block.get("block_id")
        if block_id and block_id in seen:
            yield complaint(f'block_id "{block_id}" already exists', f"{at}/{number}/block_id")
        seen.add(block_id or "")
        ids = [one["action_id"] for one in elements(block) if one.get("action_id")]
        for double in sorted({one for one in ids if ids.count(one) > 1}):
            yield complaint(f'action_id "{double}" already exists', f"{at}/{number}")


_MESSAGE = both(items(by_type(_IN_MESSAGES), MESSAGE_BLOCKS, 0), _different_ids)
_BLOCKS = both(items(by_type(_EVERYWHERE), VIEW_BLOCKS, 0), _different_ids)
_VIEW_FIELDS: dict[str, Rule] = {
    "private_metadata": chars(3000, 0),
    "callback_id": chars(255, 0),
    "external_id": chars(255, 0),
}
_MODAL = shape(
    {**TYPE, "title": plain(24), "blocks": _BLOCKS},
    {
        **_VIEW_FIELDS,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": flag,
        "notify_on_close": flag,
        "submit_disabled": flag,
    },
)
_HOME = shape({**TYPE, "blocks": _BLOCKS}, _VIEW_FIELDS)
_VIEWS = {"modal": by_type({"modal": _MODAL}), "home": by_type({"home": _HOME})}


def message_complaints(blocks: Any) -> list[str]:
    """What is wrong with a message's blocks."""
    return list(_MESSAGE(blocks, "/blocks"))


def view_complaints(view: Any, kind: str) -> list[str]:
    """What is wrong with a view. kind: "modal" or "home"."""
    found = list(_VIEWS[kind](view, "/view"))
    if not found and kind == "modal" and _wants_submit(view):
        found.append(complaint("missing required field: submit", "/view"))
    return found


def _wants_submit(view: dict[str, Any]) -> bool:
    return not view.get("submit") and any(one["type"] == "input" for one in view["blocks"])


def elements(block: Block) -> list[dict[str, Any]]:
    """What can be tapped, chosen or filled in there."""
    if block.get("type") == "input":
        return _objects([block.get("element")])
    if block.get("type") == "section":
        return _objects([block.get("accessory")])
    return _objects(block.get("elements")) if block.get("type") == "actions" else []


def text_length(blocks: list[Block]) -> int:
    return sum(len(one) for one in _texts(blocks))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name == "text" and isinstance(one, str):
                yield one
            else:
                yield from _texts(one)


def with_ids(blocks: list[Block], new_id: Callable[[], str]) -> list[Block]:
    """As Slack keeps them: every block and element with an id."""
    kept = copy.deepcopy(blocks)
    for block in kept:
        block.setdefault("block_id", new_id())
        for element in elements(block):
            if element.get("type") != "image":
                element.setdefault("action_id", new_id())
    return kept


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
