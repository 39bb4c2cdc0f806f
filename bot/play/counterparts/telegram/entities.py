"""Formatted text as Telegram reads it: HTML to plain text and entities, and the entities it finds
by itself in what people type. Offsets are UTF-16 code units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from bot.play.counterparts.telegram.errors import ApiError, bad_request

Entity = dict[str, Any]

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "span": "spoiler",
}
_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
_TOKEN = re.compile(r"<(/?)([^\s<>/]*)([^<>]*)>|<|[^<]+", re.DOTALL)
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_FOUND = re.compile(
    r"(?P<mention>(?<![\w@])@\w{3,32})|(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w+)?)",
    re.ASCII,
)


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def typed(text: str) -> list[Entity]:
    """Mentions and commands in text a person typed."""
    return [
        {
            "type": str(found.lastgroup),
            "offset": units(text[: found.start()]),
            "length": units(found[0]),
        }
        for found in _FOUND.finditer(text)
    ]


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    url: str | None


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text, trimmed at its end, and entities. Raises ApiError as Telegram words it."""
    text = ""
    stack: list[_Open] = []
    entities: list[Entity] = []
    for token in _TOKEN.finditer(source):
        at = len(source[: token.start()].encode())
        if not token[0].startswith("<"):
            text += _REFERENCE.sub(lambda r: unescape(r[0]), token[0])
        elif token[2] is None:
            raise _unparsable(f"Unclosed start tag at byte offset {at}")
        elif token[1]:
            entities += _close(stack, token[2].lower(), units(text), at)
        else:
            stack.append(_open(token[2].lower(), token[3], units(text), at))
    if stack:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{stack[-1].tag}"')
    return text, sorted(entities, key=lambda e: (e["offset"], -e["length"]))


def _open(tag: str, attributes: str, offset: int, at: int) -> _Open:
    if tag not in _TAGS or (tag == "span" and "tg-spoiler" not in attributes):
        raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {at}')
    link = _HREF.search(attributes)
    return _Open(tag, offset, unescape(link[1] or link[2] or "") if link else None)


def _close(stack: list[_Open], tag: str, end: int, at: int) -> list[Entity]:
    if not stack:
        raise _unparsable(f"Unexpected end tag at byte offset {at}")
    opened = stack.pop()
    if tag not in ("", opened.tag):
        raise _unparsable(
            f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{tag}>"'
        )
    if end == opened.offset or (opened.tag == "a" and not opened.url):
        return []
    entity = {"type": _TAGS[opened.tag], "offset": opened.offset, "length": end - opened.offset}
    return [entity | ({"url": opened.url} if opened.url else {})]


def _unparsable(text: str) -> ApiError:
    return bad_request(f"can't parse entities: {text}")


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without the white space around it, which Telegram takes off; entities follow."""
    lead = units(text) - units(text.lstrip())
    shown = text.strip()
    size = units(shown)
    kept: list[Entity] = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        end = min(size, entity["offset"] - lead + entity["length"])
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return shown, kept
