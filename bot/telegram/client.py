"""The python-telegram-bot client, as this product uses it."""

from __future__ import annotations

import ssl
from functools import cache
from typing import Any

import httpx
import telegram
from telegram.request import HTTPXRequest

from bot.telegram.redact import redact


def open_bot(token: str, base_url: str) -> tuple[telegram.Bot, HTTPXRequest]:
    """A client that is not yet connected, and the connection polls are made on.

    base_url: without "/bot", e.g. of a local server. Polls have their own connection, or a held
    one would stand in the way of sending.
    """
    redact(token)
    base = base_url.rstrip("/")
    tls: dict[str, Any] = {"verify": _tls()}
    polls = HTTPXRequest(connection_pool_size=1, httpx_kwargs=tls)
    bot = telegram.Bot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=HTTPXRequest(connection_pool_size=32, pool_timeout=10, httpx_kwargs=tls),
        get_updates_request=polls,
    )
    return bot, polls


@cache
def _tls() -> ssl.SSLContext:
    """One for all clients: reading the certificates takes longer than everything else here."""
    return httpx.create_ssl_context()
