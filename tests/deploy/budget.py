"""How many connections of PostgreSQL a deployment may come to (see docs/deployment.md)."""

from __future__ import annotations

CLOUD_SQL_KEEPS = 10
"""Of its connections for itself: 3 for superusers, some for its own agents; and two for
`family-scheduler migrate`, which runs while the older version still serves."""


def connections(*, receivers: int, workers: int, reminders: int, rows: int, threads: int) -> int:
    """rows, threads: DATABASE_POOL_SIZE and CHECKPOINT_POOL_SIZE, beyond which no process goes.
    A receiver has no use for the second."""
    return receivers * rows + (workers + reminders) * (rows + threads)
