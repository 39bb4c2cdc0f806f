"""Logging: one line an event on standard error; never a message's text, never a secret.

For people, or as JSON in the fields that Cloud Logging knows. What a line is about (its request,
its household, its agent) is bound to it while that work is done, see `bot.observing.log_lines`.
"""

from __future__ import annotations

import logging
import sys
from typing import Literal

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

LogFormat = Literal["console", "json"]

LOUD = (
    *("httpx", "httpcore", "aiohttp", "urllib3"),
    *("telegram", "slack_bolt", "slack_sdk"),
    *("aiosqlite", "sqlalchemy", "asyncpg", "psycopg"),
    *("langgraph", "langchain_core", "langsmith"),
    *("apscheduler", "uvicorn.access", "google", "opentelemetry", "alembic"),
)
"""Libraries that log addresses with tokens in them, what people wrote (as a statement's
parameters, as a payload), or a line for every poll. Our own level never loosens theirs."""

MEASURED = ("outcome", "seconds", "tokens_in", "tokens_out", "attempt")
"""What a line may say beside its sentence; what a library adds of its own is left out."""

TRACE = "trace"
"""Bound to what is done for a request: its id as 32 hexadecimal digits, which is also the trace id
of its spans."""


def configure(level: str, form: LogFormat = "console", project: str = "") -> None:
    """Set up logging for this process, once. project: of Google Cloud, for links to traces."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(MEASURED),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *(_as_json(project) if form == "json" else _for_people()),
            ],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)


def _for_people() -> list[Processor]:
    return [
        structlog.processors.TimeStamper("%Y-%m-%d %H:%M:%S", utc=False),
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        ),
    ]


def _as_json(project: str) -> list[Processor]:
    """The names are those of Cloud Logging's structured logs."""

    def named(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
        line["severity"] = line.pop("level", "info").upper()
        line["message"] = line.pop("event", "")
        if project and TRACE in line:
            line["logging.googleapis.com/trace"] = f"projects/{project}/traces/{line[TRACE]}"
        return line

    return [
        structlog.processors.TimeStamper("iso", utc=True, key="time"),
        structlog.processors.format_exc_info,
        named,
        structlog.processors.JSONRenderer(sort_keys=True, ensure_ascii=False),
    ]
