"""Our names for Telegram's messages: its ids hold within one chat only.

A group that becomes a supergroup counts anew from 1, so a name says which chat it was given in:
what was said in the old group is never taken for something said in the new one. Pure.
"""

from __future__ import annotations


def message_ref(chat: int | str, message: int) -> str:
    """The name of a message; `chat` is the id of its chat."""
    return f"{chat}:{message}"


def message_in(chat: int | str, ref: str | None) -> int | None:
    """Which message of that chat is named; None where it was one of another chat."""
    where, _, number = (ref or "").rpartition(":")
    return int(number) if where == str(chat) else None
