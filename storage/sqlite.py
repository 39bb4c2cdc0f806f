"""What every connection to SQLite is told, and how its transactions begin."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event

BUSY_MS = 30_000
"""How long SQLite waits for another process's transaction before it gives up."""

PRAGMAS = {
    "busy_timeout": str(BUSY_MS),
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
}
"""Readers and the writer do not wait for each other; what was committed survives a power cut."""


def prepare(engine: Engine, *, begin: str, **pragmas: str) -> None:
    """begin: the statement that opens a transaction. pragmas: beside those all have, or instead."""

    def connected(connection: Any, _record: object) -> None:
        # sqlite3 is not to begin transactions by itself; `began` does, in its own words.
        connection.isolation_level = None
        cursor = connection.cursor()
        for name, value in {**PRAGMAS, **pragmas}.items():
            cursor.execute(f"PRAGMA {name} = {value}")
        cursor.close()

    def began(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", began)
