"""Logging: one line an event on standard error; never a message's text, never a secret."""

from __future__ import annotations

import logging

LOUD = ("httpx", "httpcore", "telegram", "apscheduler", "uvicorn.access", "slack_bolt", "slack_sdk")
"""Libraries that log addresses with tokens in them, what people wrote, or a line a poll."""


def configure(level: str) -> None:
    """Set up logging for this process, once."""
    logging.basicConfig(
        level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
