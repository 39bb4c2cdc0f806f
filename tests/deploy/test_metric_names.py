"""Whatever a file of the deployment calls a metric of ours is one."""

from __future__ import annotations

import re

from tests.house.sources import files, text

METRICS_OF_THE_PRODUCT = frozenset(
    f"family_scheduler_{name}"
    for name in (
        "turns_total", "turn_seconds", "agent_seconds", "model_calls_total", "model_tokens_total",
        "model_cost_dollars_total", "deliveries_total", "http_request_seconds", "query_seconds",
        "database_connections", "inbox_depth", "outbox_depth", "queue_depth",
        "oldest_due_seconds", "reminders_late", "checkpoint_bytes", "model_cost_today_dollars",
        "events_created_day", "conflicts_found_day", "conflicts_resolved_day", "votes",
    )
)  # fmt: skip
SUFFIXES = ("_bucket", "_sum", "_count")


def test_the_deployment_names_no_metric_that_is_not_told() -> None:
    """The queue is called family_scheduler, and is none."""
    named = {
        (str(path), name)
        for path in files()
        if path.parts[0] == "deploy" and path.suffix in (".yaml", ".yml", ".json", ".tf")
        for name in re.findall(r"\bfamily_scheduler_\w+", text(path))
    }
    known = METRICS_OF_THE_PRODUCT | {m + s for m in METRICS_OF_THE_PRODUCT for s in SUFFIXES}
    assert [one for one in named if one[1] not in known] == []
