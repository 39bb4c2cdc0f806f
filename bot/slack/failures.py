"""Slack's refusals, sorted into what the outbox can do about them."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from http import HTTPStatus

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from scheduling.ports import ChatGone, SendFailed, TryLater, Undeliverable

UNREACHABLE = (aiohttp.ClientError, asyncio.TimeoutError, OSError)
"""What the client raises where Slack cannot be reached at all."""

TROUBLE = (SlackClientError, *UNREACHABLE)
"""Everything a call can raise for reasons that are not ours."""

NOT_HERE = ("not_in_channel", "channel_not_found", "user_not_in_channel")
"""We are not in that conversation: a response_url may still reach the one who asked."""

NO_SUCH_MESSAGE = ("message_not_found", "cant_update_message", "edit_window_closed")

WRONG_TOKEN = ("invalid_auth", "not_authed", "account_inactive", "token_revoked")
"""What Slack says where it does not know, or no longer knows, our token."""

_GONE = (
    *("channel_not_found", "is_archived", "not_in_channel", "account_inactive", "token_revoked"),
    *("token_expired", "user_disabled", "cannot_dm_bot", "team_access_not_granted"),
)
_PASSING = (
    *("internal_error", "fatal_error", "service_unavailable", "request_timeout"),
    *("team_added_to_org", "accesslimited"),
)
_HICCUP = timedelta(seconds=5)
_BAD_TOKEN = timedelta(minutes=5)
_A_WHILE = timedelta(seconds=30)


class NotInstalled(Exception):
    """There is no token for that workspace: the app was never installed there, or removed."""


def code(error: Exception) -> str:
    """Slack's word for what went wrong, "" where it said none."""
    if isinstance(error, SlackApiError):
        data = error.response.data if hasattr(error.response, "data") else error.response
        return str(data.get("error") or "") if isinstance(data, dict) else ""
    return ""


def sorted_out(error: Exception) -> SendFailed:
    """The port's error for one of the library's."""
    if isinstance(error, NotInstalled):
        return ChatGone("not installed there")
    if not isinstance(error, SlackApiError):
        return TryLater(_HICCUP)
    # The library hands over its HTTP client's own answer where that is no JSON at all.
    word, status = code(error), getattr(error.response, "status_code", 0)
    if status == HTTPStatus.TOO_MANY_REQUESTS or word in ("ratelimited", "rate_limited"):
        return TryLater(_retry_after(error))
    if word in _GONE:
        return ChatGone(word)
    if word == "invalid_auth" or word == "not_authed":
        return TryLater(_BAD_TOKEN)
    if not word or status >= HTTPStatus.INTERNAL_SERVER_ERROR or word in _PASSING:
        return TryLater(_HICCUP)
    return Undeliverable(word)


def _retry_after(error: SlackApiError) -> timedelta:
    headers = {name.lower(): value for name, value in error.response.headers.items()}
    told = headers.get("retry-after", "")
    return timedelta(seconds=int(told)) if str(told).isdigit() else _A_WHILE
