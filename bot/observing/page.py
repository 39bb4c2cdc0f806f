"""What Prometheus reads of a process: its own counters, and what waits in the database."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from agents.models.prices import MICRO
from bot.observing.metrics import PREFIX, Metrics
from scheduling.load import Figures
from scheduling.ports import Clock
from storage.engine import Database

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BEARER = "Bearer "

Depth = Callable[[], Awaitable[int | None]]
"""How many messages wait at the broker; None where there is none, or where it is away."""


class MetricsPage:
    """For who knows the token; anybody else learns nothing."""

    def __init__(
        self, metrics: Metrics, token: str, database: Database, clock: Clock, depth: Depth
    ) -> None:
        self._metrics = metrics
        self._token = token
        self._database = database
        self._clock = clock
        self._depth = depth
        database.time_statements(metrics.queried)

    def allows(self, authorization: str) -> bool:
        """authorization: the header's value."""
        given = authorization.removeprefix(BEARER) if authorization.startswith(BEARER) else ""
        return hmac.compare_digest(given.encode(), self._token.encode())

    async def text(self) -> bytes:
        """In Prometheus' text format. Raises what the database does when it is away."""
        self._metrics.connected(*self._database.connections)
        async with self._database.reader() as uow:
            figures = await uow.backlogs.figures(self._clock.now())
        shared = CollectorRegistry()
        shared.register(_Gauges(figures, await self._depth()))
        return generate_latest(self._metrics.registry) + generate_latest(shared)


class _Gauges(Collector):
    def __init__(self, figures: Figures, queue_depth: int | None) -> None:
        self._figures = figures
        self._queue_depth = queue_depth

    def collect(self) -> Iterator[GaugeMetricFamily]:
        found = self._figures
        yield _gauge("inbox_depth", "Messages that nobody has answered yet.", found.inbox)
        yield _gauge("outbox_depth", "Messages that are still to be sent.", found.outbox)
        if self._queue_depth is not None:
            yield _gauge("queue_depth", "Messages that wait at the broker.", self._queue_depth)
        oldest = _family("oldest_due_seconds", "How long the oldest due row has waited.", "what")
        for what, waited in found.oldest.items():
            oldest.add_metric([what], waited.total_seconds())
        yield oldest
        yield _gauge("reminders_late", "Reminders due for more than a minute.", found.late)
        yield _gauge("checkpoint_bytes", "What the threads take.", found.checkpoint_bytes)
        yield _gauge(
            "model_cost_today_dollars", "Of models since midnight UTC.", found.cost_today / MICRO
        )
        day = "Within the last 24 hours."
        yield _gauge("turns_failed_day", day, found.turns_failed)
        yield _gauge("events_created_day", day, found.events_created)
        yield _gauge("conflicts_found_day", day, found.conflicts_found)
        yield _gauge("conflicts_resolved_day", day, found.conflicts_resolved)
        votes = _family("votes", "Thumbs within the last 24 hours.", "vote")
        for thumb, number in found.thumbs.items():
            votes.add_metric([thumb], number)
        yield votes


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{PREFIX}_{name}", meaning, value=value)


def _family(name: str, meaning: str, label: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{PREFIX}_{name}", meaning, labels=[label])
