"""Counters and histograms of this process, in the words of Prometheus.

What is the same for all processes (what waits, what is late, what a day has brought) is read from
the database when it is asked for, see `bot.observing.figures`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

from agents.models.prices import MICRO
from scheduling.watching import DONE, FAILED, Kind, Stretch

PREFIX = "family_scheduler"
_TURN_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
_AGENT_SECONDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
_QUERY_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)


class Metrics:
    """Implements `scheduling.watching.Watcher`. A registry of its own: two of them in one process
    (tests) do not meet."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self._turns = _counter(self, "turns", "Turns by how they ended.", "outcome")
        self._turn_seconds = _histogram(self, "turn_seconds", "A turn.", (), _TURN_SECONDS)
        self._agent_seconds = _histogram(
            self, "agent_seconds", "An agent's part of a turn.", ("agent",), _AGENT_SECONDS
        )
        self._agent_failures = _counter(self, "agent_failures", "Agents that failed.", "agent")
        self._calls = _counter(self, "model_calls", "Calls of language models.", "agent", "outcome")
        self._tokens = _counter(self, "model_tokens", "Their tokens.", "agent", "direction")
        self._cost = _counter(self, "model_cost_dollars", "Their cost in US dollars.", "agent")
        self._received = _counter(self, "received", "What came in.", "platform")
        self._deliveries = _counter(
            self, "deliveries", "Messages sent to chats.", "platform", "outcome"
        )
        self._chores = _counter(self, "chores", "Backups and the like.", "chore", "outcome")
        self._requests = _histogram(
            self,
            "http_request_seconds",
            "An HTTP request until its answer begins.",
            ("method", "route", "status"),
            _TURN_SECONDS,
        )
        self._queries = _histogram(self, "query_seconds", "A statement.", (), _QUERY_SECONDS)
        self._connections = Gauge(
            "database_connections",
            "Connections of this process's pools.",
            ("state",),
            namespace=PREFIX,
            registry=self.registry,
        )

    @contextmanager
    def during(self, stretch: Stretch) -> Iterator[None]:
        began = monotonic()
        try:
            yield
        finally:
            self._ended(stretch, monotonic() - began)

    def _ended(self, stretch: Stretch, seconds: float) -> None:
        match stretch.kind:
            case Kind.RECEIVED:
                self._received.labels(stretch.name).inc()
            case Kind.TURN:
                self._turns.labels(stretch.outcome).inc()
                self._turn_seconds.observe(seconds)
            case Kind.AGENT:
                self._agent_seconds.labels(stretch.name).observe(seconds)
                # Also zero is told, so that "none failed" is not "nothing known".
                self._agent_failures.labels(stretch.name).inc(stretch.outcome == FAILED)
            case Kind.MODEL_CALL:
                self._called(stretch)
            case Kind.DELIVERY:
                outcome = "sent" if stretch.outcome == DONE else stretch.outcome
                self._deliveries.labels(stretch.name, outcome).inc()
            case Kind.CHORE:
                self._chores.labels(stretch.name, stretch.outcome).inc()

    def _called(self, stretch: Stretch) -> None:
        self._calls.labels(stretch.name, stretch.outcome).inc()
        for direction in ("in", "out"):
            self._tokens.labels(stretch.name, direction).inc(stretch.amounts.get(direction, 0))
        self._cost.labels(stretch.name).inc(stretch.amounts.get("cost", 0) / MICRO)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """An HTTP request. route: its template, so that ids make no series of their own."""
        self._requests.labels(method, route, str(status)).observe(seconds)

    def connected(self, in_use: int, idle: int) -> None:
        """Connections to the database, at this moment."""
        self._connections.labels("in_use").set(in_use)
        self._connections.labels("idle").set(idle)

    def queried(self, seconds: float) -> None:
        """A statement that was sent to the database."""
        self._queries.observe(seconds)


def _counter(metrics: Metrics, name: str, meaning: str, *labels: str) -> Counter:
    return Counter(name, meaning, labels, namespace=PREFIX, registry=metrics.registry)


def _histogram(
    metrics: Metrics, name: str, meaning: str, labels: tuple[str, ...], buckets: tuple[float, ...]
) -> Histogram:
    return Histogram(
        name, meaning, labels, namespace=PREFIX, registry=metrics.registry, buckets=buckets
    )
