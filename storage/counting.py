"""Telling whether two databases hold the same: rows read at one moment, counted and hashed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Executable, create_engine

from storage import sqlite
from storage.urls import engine_url

BATCH = 500


@dataclass(frozen=True, slots=True)
class Counted:
    """The rows of one table. digest: of them, in whatever order."""

    table: str
    rows: int
    digest: str


def count(connection: Connection, table: str, rows: Executable) -> Counted:
    """Sums of the rows' hashes: the same in any order."""
    total = number = 0
    for batch in batches(connection, rows):
        for row in batch:
            words = repr(sorted(row.items())).encode()
            total += int.from_bytes(hashlib.sha256(words).digest())
            number += 1
    return Counted(table, number, f"{total % 2**256:064x}"[:16])


def batches(connection: Connection, rows: Executable) -> Iterator[list[dict[str, Any]]]:
    result = connection.execute(rows, execution_options={"yield_per": BATCH})
    for batch in result.mappings().partitions(BATCH):
        yield [dict(row) for row in batch]


@contextmanager
def reading(url: str, **pragmas: str) -> Iterator[Connection]:
    """Everything as it is at one moment. pragmas: for SQLite, beside those all have."""
    engine = create_engine(engine_url(url, "sync"), hide_parameters=True)
    if engine.dialect.name == "sqlite":
        sqlite.prepare(engine, begin="BEGIN", **pragmas, query_only="ON")
    else:
        engine = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
