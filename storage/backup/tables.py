"""Which tables are saved, and what they hold: the proof that a restored database is the same."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, inspect, text

from storage.backup.trouble import Unlike
from storage.checkpoint_tables import CHECKPOINT_TABLES
from storage.counting import Counted, count
from storage.tables import metadata

REVISION_TABLE = "alembic_version"
OURS = frozenset(metadata.tables) | CHECKPOINT_TABLES | {REVISION_TABLE}
"""Whatever else may be in the database is somebody else's, and neither saved nor touched."""


def present(connection: Connection) -> list[str]:
    """Our tables that are there, by name."""
    return sorted(OURS & set(inspect(connection).get_table_names()))


def counted(connection: Connection) -> list[Counted]:
    """Every column of every row, as the driver gives it: both ends are of one engine."""
    if connection.dialect.name == "postgresql":
        # Hours are told in the session's zone, and that is a setting of each server.
        connection.execute(text("SET TIME ZONE 'UTC'"))
    # The names are our own.
    return [
        count(connection, name, text(f'SELECT * FROM "{name}"'))  # noqa: S608
        for name in present(connection)
    ]


def compare(saved: Sequence[Counted], found: Sequence[Counted]) -> None:
    """Raises Unlike, naming the tables."""
    before, after = ({each.table: each for each in side} for side in (saved, found))
    differing = [n for n in sorted({*before, *after}) if before.get(n) != after.get(n)]
    if differing:
        raise Unlike(f"What is there is not what was saved: {', '.join(differing)}.")
