"""What a person sees of blocks: words, and what can be tapped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.play.counterparts.slack import mrkdwn
from bot.play.counterparts.slack.blocks import elements
from bot.play.counterparts.slack.model import Block, Button, Message, View

Names = Mapping[str, str]


def message_text(message: Message) -> str:
    """Blocks where there are any: then `text` is only for notifications."""
    names = message.channel.team.names()
    if message.blocks:
        return blocks_text(message.blocks, names)
    return mrkdwn.shown(message.text, names)


def view_text(view: View) -> str:
    """Title, then blocks, labels of inputs included."""
    title = view.content["title"]["text"] if not view.is_home else ""
    return "\n".join(part for part in (title, blocks_text(view.blocks, view.team.names())) if part)


def pinged(text: str, blocks: Iterable[Block]) -> tuple[str, ...]:
    """Everyone a message makes a sound for, each once."""
    texts = [text, *(one["text"] for block in blocks for one in _marked(block))]
    return tuple(dict.fromkeys(who for one in texts for who in mrkdwn.pings(one)))


def blocks_text(blocks: Iterable[Block], names: Names) -> str:
    lines = [line for block in blocks for line in _lines(block, names)]
    return "\n".join(line for line in lines if line)


def buttons(blocks: Iterable[Block]) -> tuple[Button, ...]:
    """Everything that acts at one tap, in reading order: buttons, and options of menus."""
    return tuple(
        button
        for block in blocks
        if block["type"] in ("actions", "section")
        for element in elements(block)
        for button in _buttons(block, element)
    )


def _buttons(block: Block, element: dict[str, Any]) -> list[Button]:
    at = (element.get("action_id", ""), block["block_id"])
    if element["type"] == "button":
        label = mrkdwn.unescape(element["text"]["text"])
        return [Button(label, *at, element.get("value", ""), element.get("url", ""))]
    if element["type"] in ("static_select", "overflow", "radio_buttons"):
        return [
            Button(mrkdwn.unescape(one["text"]["text"]), *at, one["value"])
            for one in options(element)
        ]
    return []


def options(element: dict[str, Any]) -> list[dict[str, Any]]:
    """What a menu offers, its groups one after another."""
    grouped = [one for group in element.get("option_groups") or [] for one in group["options"]]
    return [*(element.get("options") or []), *grouped]


def _lines(block: Block, names: Names) -> list[str]:
    kind = block["type"]
    if kind == "section":
        return [_text(one, names) for one in (block.get("text"), *(block.get("fields") or []))]
    if kind == "header":
        return [_text(block["text"], names)]
    if kind == "context":
        return [" ".join(_text(one, names) for one in block["elements"])]
    if kind == "input":
        return [_text(block["label"], names), _text(block.get("hint"), names)]
    if kind == "markdown":
        return [str(block["text"])]
    return [block["alt_text"]] if kind == "image" else _rich(block, names)


def _text(found: dict[str, Any] | None, names: Names) -> str:
    if not found:
        return ""
    if found["type"] == "image":
        return str(found["alt_text"])
    if found["type"] == "mrkdwn":
        return mrkdwn.shown(found["text"], names)
    return mrkdwn.unescape(found["text"])


def _marked(block: Block) -> list[dict[str, Any]]:
    """The text objects in which mentions work."""
    found = [block.get("text"), *(block.get("fields") or []), *(block.get("elements") or [])]
    return [one for one in found if isinstance(one, dict) and one.get("type") == "mrkdwn"]


def _rich(block: Block, names: Names) -> list[str]:
    if block["type"] != "rich_text":
        return []
    return ["".join(_rich_word(one, names) for one in _leaves(block["elements"]))]


def _leaves(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    leaves: list[dict[str, Any]] = []
    for one in found:
        leaves += _leaves(one["elements"]) if "elements" in one else [one]
    return leaves


def _rich_word(leaf: dict[str, Any], names: Names) -> str:
    if leaf["type"] == "user":
        return f"@{names.get(leaf['user_id'], leaf['user_id'])}"
    return str(leaf.get("text") or leaf.get("fallback") or leaf.get("url") or "")
