"""One question for many windows at once: what a whole series would run into.

The windows must be the outer loop. A plain join leaves the order to the planner, which on a
small family reads every occurrence once for each window.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.selectable import TextualSelect

from scheduling.events import Status
from scheduling.span import Span
from storage.tables import occurrences
from storage.tables.calendar import LONG
from storage.types import Id, UtcDateTime

_COLUMNS = ", ".join(f"o.{column.name}" for column in occurrences.columns)
_OVERLAP = f"""o.household_id = :household AND o.status <> '{Status.CANCELLED}'
    AND o.start_at < w.window_end AND o.end_at > w.window_start"""
_SHORT = f"NOT o.long AND o.start_at > w.earliest AND {_OVERLAP}"
_LONG = f"o.long AND {_OVERLAP}"

# SQLite never reorders a CROSS JOIN.
_SQLITE_WINDOWS = """(SELECT value ->> 0 AS window_start, value ->> 1 AS window_end,
    value ->> 2 AS earliest FROM json_each(:windows)) AS w CROSS JOIN occurrences AS o"""
_SQLITE = f"""
    SELECT {_COLUMNS} FROM {_SQLITE_WINDOWS} WHERE {_SHORT}
    UNION ALL
    SELECT {_COLUMNS} FROM {_SQLITE_WINDOWS} WHERE {_LONG}
"""  # noqa: S608 — only names of our own columns

# OFFSET 0 keeps PostgreSQL from pulling the lateral query up into a plain join.
_POSTGRESQL = f"""
    SELECT {_COLUMNS}
    FROM unnest(:starts, :ends, :earliest) AS w (window_start, window_end, earliest)
    CROSS JOIN LATERAL (
        SELECT o.* FROM occurrences AS o WHERE {_SHORT}
        UNION ALL
        SELECT o.* FROM occurrences AS o WHERE {_LONG}
        OFFSET 0
    ) AS o
"""  # noqa: S608


@cache
def windows_query(dialect: str) -> TextualSelect:
    statement = _sqlite() if dialect == "sqlite" else _postgresql()
    return statement.bindparams(bindparam("household", type_=Id)).columns(*occurrences.columns)


def _sqlite() -> TextClause:
    return text(_SQLITE)


def _postgresql() -> TextClause:
    moments = ARRAY(UtcDateTime)
    names = ("starts", "ends", "earliest")
    return text(_POSTGRESQL).bindparams(*(bindparam(name, type_=moments) for name in names))


def windows_values(dialect: str, household_id: UUID, windows: Sequence[Span]) -> dict[str, Any]:
    bounds = [(window.start, window.end, window.start - LONG) for window in windows]
    if dialect == "sqlite":
        listed = [[_sqlite_moment(moment) for moment in bound] for bound in bounds]
        return {"household": household_id, "windows": json.dumps(listed)}
    starts, ends, earliest = (list(moments) for moments in zip(*bounds, strict=True))
    return {"household": household_id, "starts": starts, "ends": ends, "earliest": earliest}


def _sqlite_moment(moment: datetime) -> str:
    """As SQLAlchemy writes a DateTime on SQLite."""
    return moment.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


def merged(windows: Sequence[Span]) -> list[Span]:
    """The same stretch of time in as few windows as it takes, in order, none touching another."""
    apart: list[Span] = []
    for window in sorted(windows):
        if apart and window.start <= apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, window.end))
        else:
            apart.append(window)
    return apart
