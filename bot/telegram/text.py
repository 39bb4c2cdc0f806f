"""Text as Telegram counts it: UTF-16 code units, in both directions."""

from __future__ import annotations

from collections.abc import Iterator

LIMIT = 4096
"""Most UTF-16 units one message may have, after entities are parsed."""


def units(text: str) -> int:
    """Length in UTF-16 code units (an emoji is two)."""
    return len(text) + sum(character > "\uffff" for character in text)


def slice_units(text: str, offset: int, length: int) -> str:
    """The part of `text` an entity covers; tolerant of offsets that lie outside."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def without(text: str, offset: int, length: int) -> str:
    """`text` with an entity cut out."""
    raw = text.encode("utf-16-le", "surrogatepass")
    rest = raw[: 2 * offset] + raw[2 * (offset + length) :]
    return rest.decode("utf-16-le", "surrogatepass")


def clean(text: str) -> str:
    """Without what no database or JSON takes: NULs go, lone surrogates become "?"."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def parts(text: str, limit: int = LIMIT) -> list[str]:
    """Split at line ends, or at spaces, or anywhere as a last resort, each within `limit`."""
    found: list[str] = []
    current, size = "", 0
    for line in _lines(text, limit):
        length = units(line)
        if size + length > limit:
            found.append(current)
            current, size = "", 0
        current, size = current + line, size + length
    return [part for part in (p.strip("\n") for p in [*found, current]) if part.strip()]


def _lines(text: str, limit: int) -> Iterator[str]:
    """Lines with their ends, those that are too long cut into pieces."""
    for line in text.splitlines(keepends=True):
        rest = line
        while units(rest) > limit:
            piece = _fitting(rest, limit)
            yield piece
            rest = rest[len(piece) :]
        yield rest


def _fitting(text: str, limit: int) -> str:
    """The longest start of `text` within `limit`, up to a space if there is one."""
    end = limit
    while units(text[:end]) > limit:
        end -= max(1, (units(text[:end]) - limit) // 2)
    space = text.rfind(" ", 1, end)
    return text[: space + 1] if space > 0 else text[:end]
