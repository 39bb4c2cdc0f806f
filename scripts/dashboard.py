"""Writes the Grafana dashboard, `deploy/observability/dashboard.json` (`make dashboard`).

Queries are here; everything that is the same for each panel is written once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

P = "family_scheduler_"
WIDE, HIGH, COLUMNS = 12, 8, 24


@dataclass(frozen=True, slots=True)
class Panel:
    """queries: PromQL by legend. unit: Grafana's name of it."""

    title: str
    unit: str
    queries: dict[str, str]


def _p95(name: str, by: str = "") -> str:
    labels = f"le, {by}" if by else "le"
    return f"histogram_quantile(0.95, sum by ({labels}) (rate({P}{name}_bucket[5m])))"


def _rate(name: str, by: str) -> str:
    return f"sum by ({by}) (rate({P}{name}[5m]))"


PANELS = (
    Panel(
        "Requests",
        "reqps",
        {"{{route}} {{status}}": _rate("http_request_seconds_count", "route, status")},
    ),
    Panel("Latency of requests (p95)", "s", {"{{route}}": _p95("http_request_seconds", "route")}),
    Panel(
        "Turns: how long",
        "s",
        {
            "p95": _p95("turn_seconds"),
            "mean": f"sum(rate({P}turn_seconds_sum[5m])) / sum(rate({P}turn_seconds_count[5m]))",
        },
    ),
    Panel(
        "Turns: how they end",
        "ops",
        {"{{outcome}}": _rate("turns_total", "outcome")},
    ),
    Panel(
        "What waits",
        "short",
        {
            "inbox": f"max({P}inbox_depth)",
            "outbox": f"max({P}outbox_depth)",
            "broker": f"max({P}queue_depth)",
        },
    ),
    Panel(
        "Processes",
        "short",
        {
            "how many": "count(process_start_time_seconds)",
            "CPU": "sum(rate(process_cpu_seconds_total[5m]))",
        },
    ),
    Panel("Memory of processes", "bytes", {"the largest": "max(process_resident_memory_bytes)"}),
    Panel(
        "The database's pool",
        "short",
        {"{{state}}": f"sum by (state) ({P}database_connections)"},
    ),
    Panel("Statements (p95)", "s", {"p95": _p95("query_seconds")}),
    Panel("Agents (p95)", "s", {"{{agent}}": _p95("agent_seconds", "agent")}),
    Panel(
        "Errors by agent",
        "ops",
        {"{{agent}}": _rate("agent_failures_total", "agent")},
    ),
    Panel(
        "Calls of models",
        "ops",
        {"{{agent}} {{outcome}}": _rate("model_calls_total", "agent, outcome")},
    ),
    Panel(
        "Tokens",
        "short",
        {"{{direction}}": _rate("model_tokens_total", "direction")},
    ),
    Panel(
        "Cost",
        "currencyUSD",
        {
            "today": f"max({P}model_cost_today_dollars)",
            "{{agent}}, an hour": f"sum by (agent) (increase({P}model_cost_dollars_total[1h]))",
        },
    ),
    Panel(
        "Deliveries",
        "ops",
        {"{{platform}} {{outcome}}": (_rate("deliveries_total", "platform, outcome"))},
    ),
    Panel(
        "Late",
        "s",
        {"{{what}}": f"max by (what) ({P}oldest_due_seconds)"},
    ),
    Panel(
        "A day",
        "short",
        {
            "events created": f"max({P}events_created_day)",
            "conflicts found": f"max({P}conflicts_found_day)",
            "conflicts resolved": f"max({P}conflicts_resolved_day)",
            "messages given up": f"max({P}turns_failed_day)",
            "reminders late": f"max({P}reminders_late)",
        },
    ),
    Panel("Thumbs", "short", {"{{vote}}": f"max by (vote) ({P}votes)"}),
    Panel("Checkpoints", "bytes", {"size": f"max({P}checkpoint_bytes)"}),
)


def _panel(number: int, panel: Panel) -> dict[str, Any]:
    across = COLUMNS // WIDE
    place = {"x": number % across * WIDE, "y": number // across * HIGH, "w": WIDE, "h": HIGH}
    targets = [
        {"refId": chr(ord("A") + i), "expr": query, "legendFormat": legend}
        for i, (legend, query) in enumerate(panel.queries.items())
    ]
    return {
        "id": number + 1,
        "type": "timeseries",
        "title": panel.title,
        "datasource": {"type": "prometheus", "uid": "${source}"},
        "gridPos": place,
        "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0}, "overrides": []},
        "targets": targets,
    }


def dashboard() -> dict[str, Any]:
    """As Grafana imports it."""
    source = {"name": "source", "type": "datasource", "query": "prometheus", "label": "Prometheus"}
    return {
        "uid": "family-scheduler",
        "title": "Family Scheduler",
        "schemaVersion": 39,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "templating": {"list": [source]},
        "panels": [_panel(number, panel) for number, panel in enumerate(PANELS)],
    }


if __name__ == "__main__":
    print(json.dumps(dashboard(), indent=2, ensure_ascii=False))
