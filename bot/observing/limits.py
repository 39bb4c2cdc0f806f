"""The limits of the deployment document's alerts; the rules in `deploy/observability` have the same
(tested)."""

from __future__ import annotations

ERROR_RATIO = 0.05
"""Of turns within ten minutes."""
QUEUE_DEPTH = 50
DATABASE_CPU = 0.8
API_LATENCY_SECONDS = 2.0
DAILY_COST_DOLLARS = 5.0
OLDEST_REMINDER_SECONDS = 60.0

LIMITS = {
    "queue_depth": float(QUEUE_DEPTH),
    "inbox_depth": float(QUEUE_DEPTH),
    "turn_latency_seconds": API_LATENCY_SECONDS,
    "model_cost_today_dollars": DAILY_COST_DOLLARS,
    "oldest_reminder_seconds": OLDEST_REMINDER_SECONDS,
}
"""Of what `family-scheduler status` shows."""
