"""How many connections of PostgreSQL a deployment may come to (see docs/deployment.md)."""

from __future__ import annotations

MIGRATING = 2
"""What `family-scheduler migrate` holds: its lock, and its work."""


def connections(*, receivers: int, workers: int, reminders: int, rows: int, threads: int) -> int:
    """rows, threads: DATABASE_POOL_SIZE and CHECKPOINT_POOL_SIZE, beyond which no process goes.
    A receiver has no use for the second. Migrating is not counted: nothing else needs to run
    meanwhile."""
    return receivers * rows + (workers + reminders) * (rows + threads)
