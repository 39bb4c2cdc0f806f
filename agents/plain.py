"""Names as data: whatever people type becomes one line that every platform can show."""

from __future__ import annotations


def one_line(text: str, longest: int) -> str:
    """The text without control, format and other unprintable characters, on one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:longest].rstrip()
