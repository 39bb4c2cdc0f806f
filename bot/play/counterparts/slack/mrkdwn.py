"""Slack's text markup: how it is written, what a person sees of it, and whom it pings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_TOKEN = re.compile(r"<([^<>]*)>")
_TYPED = re.compile(r"<(?:@[UW]\w+|#C\w+(?:\|[^<>]*)?|![a-z]+[^<>]*|https?://[^<>\s]+)>", re.ASCII)
_URL = re.compile(r"https?://[^\s<>|]+")
_STYLES = [
    re.compile(rf"(?<![\w{mark}]){mark}(?=\S)([^{mark}\n]*?\S){mark}(?![\w{mark}])")
    for mark in (r"\*", "_", "~", "`")
]
_PINGS = re.compile(r"<(@[UW]\w+|!here|!channel|!everyone|!subteam\^\w+)(?:\|[^<>]*)?>", re.ASCII)


def escape(text: str) -> str:
    """The three characters that mean something, as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def typed(text: str) -> str:
    """What becomes of a person's words: escaped, addresses made links. Mentions written as Slack
    writes them (`<@U…>`) stay, since that is what picking a name from its list gives."""
    written = ""
    at = 0
    for token in _TYPED.finditer(text):
        written += _plain(text[at : token.start()]) + token[0]
        at = token.end()
    return written + _plain(text[at:])


def _plain(text: str) -> str:
    return _URL.sub(lambda url: f"<{url[0]}>", escape(text))


def pings(text: str) -> list[str]:
    """Who hears a sound: `U…` of people, and `here`, `channel`, `everyone`, `subteam^S…`."""
    return [found[1].lstrip("@!") for found in _PINGS.finditer(text)]


def shown(text: str, names: Mapping[str, str]) -> str:
    """mrkdwn as a person sees it: without marks, entities decoded, dates as their fallback, links
    as their labels. names: what is shown for the ids of people and channels."""
    for style in _STYLES:
        text = style.sub(r"\1", text)
    return unescape(_TOKEN.sub(lambda token: _label(token[1], names), text))


def _label(inside: str, names: Mapping[str, str]) -> str:
    target, _, label = inside.partition("|")
    if target.startswith("!date^"):
        return label
    if label:
        return label
    if target.startswith("!"):
        return f"@{target[1:]}"
    if target[:1] in ("@", "#"):
        return f"{target[0]}{names.get(target[1:], target[1:])}"
    return target.removeprefix("mailto:")


def rich_text(text: str, block_id: str) -> dict[str, Any]:
    """The block Slack makes of what a person writes."""
    elements: list[dict[str, Any]] = []
    at = 0
    for token in _TOKEN.finditer(text):
        if token.start() > at:
            elements.append({"type": "text", "text": unescape(text[at : token.start()])})
        elements.append(_rich(token[1]))
        at = token.end()
    if text[at:]:
        elements.append({"type": "text", "text": unescape(text[at:])})
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": block_id, "elements": [section]}


def _rich(inside: str) -> dict[str, Any]:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return {"type": "user", "user_id": target[1:]}
    if target.startswith("#"):
        return {"type": "channel", "channel_id": target[1:]}
    if target.startswith("!"):
        return {"type": "broadcast", "range": target[1:]}
    return {"type": "link", "url": target} | ({"text": unescape(label)} if label else {})
