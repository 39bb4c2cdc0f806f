"""The bot token stands in every request's address, which httpx and python-telegram-bot log."""

from __future__ import annotations

import logging

_LOUD = ("httpx", "httpcore.http11", "httpcore.connection", "telegram.Bot", "telegram.HTTPXRequest")


class _Redact(logging.Filter):
    def __init__(self, secret: str) -> None:
        super().__init__()
        self._secret = secret

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if self._secret in message:
            record.msg, record.args = message.replace(self._secret, "<token>"), None
        return True


def redact(secret: str) -> None:
    """Keep `secret` out of what the libraries below us log, at any level."""
    for name in _LOUD:
        logger = logging.getLogger(name)
        if not any(isinstance(f, _Redact) and f._secret == secret for f in logger.filters):
            logger.addFilter(_Redact(secret))
