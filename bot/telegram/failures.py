"""Telegram's refusals, sorted into what the outbox can do about them."""

from __future__ import annotations

from datetime import timedelta

from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from scheduling.ports import ChatGone, SendFailed, TryLater, Undeliverable

_GONE = ("chat not found", "user is deactivated", "bot was kicked", "group chat was deactivated")
_HICCUP = timedelta(seconds=5)
_BAD_TOKEN = timedelta(minutes=5)


def sorted_out(error: TelegramError) -> SendFailed:
    """The port's error for one of the library's. BadRequest is a NetworkError there, and is not
    passing trouble; everything else unforeseen is tried again."""
    if isinstance(error, RetryAfter):
        return TryLater(retry_after(error))
    if isinstance(error, Forbidden) or says(error, *_GONE):
        return ChatGone(error.message)
    if isinstance(error, BadRequest):
        return Undeliverable(error.message)
    return TryLater(_BAD_TOKEN if isinstance(error, InvalidToken) else _HICCUP)


def says(error: TelegramError, *phrases: str) -> bool:
    """Telegram has no codes finer than 400; its descriptions are all there is to go by."""
    return any(phrase in error.message.casefold() for phrase in phrases)


def retry_after(error: RetryAfter) -> timedelta:
    """How long Telegram asks us to wait, in whichever way the library tells it."""
    after = error.retry_after
    return after if isinstance(after, timedelta) else timedelta(seconds=after)
