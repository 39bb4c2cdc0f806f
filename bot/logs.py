"""Logging: one line an event on standard error; never a message's text, never a secret."""

from __future__ import annotations

import logging

LOUD = (
    *("httpx", "httpcore", "aiohttp", "urllib3"),
    *("telegram", "slack_bolt", "slack_sdk"),
    *("aiosqlite", "sqlalchemy", "asyncpg", "psycopg"),
    *("langgraph", "langchain_core", "langsmith"),
    *("apscheduler", "uvicorn.access"),
)
"""Libraries that log addresses with tokens in them, what people wrote (as a statement's
parameters, as a payload), or a line for every poll. Our own level never loosens theirs."""


def configure(level: str) -> None:
    """Set up logging for this process, once."""
    logging.basicConfig(
        level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
