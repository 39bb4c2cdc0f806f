"""Setting up what is seen of a process: by its settings, before anything else of it runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from bot.logs import configure
from bot.observing.log_lines import LogLines
from bot.settings import Settings
from scheduling.ports import Clock
from scheduling.watching import Stretch, Watcher, use_watcher

if TYPE_CHECKING:
    from bot.observing.metrics import Metrics
    from bot.observing.page import MetricsPage
    from bot.observing.traces import Traces
    from storage.engine import Database


class Everyone:
    """Several watchers as one."""

    def __init__(self, watchers: Sequence[Watcher]) -> None:
        self._watchers = watchers

    @contextmanager
    def during(self, stretch: Stretch) -> Iterator[None]:
        with ExitStack() as stack:
            for watcher in self._watchers:
                stack.enter_context(watcher.during(stretch))
            yield


class Observing:
    """metrics: None where nobody may ask for them. traces: None where nobody collects them."""

    def __init__(self, metrics: Metrics | None, traces: Traces | None) -> None:
        self.metrics = metrics
        self.traces = traces
        others = [w for w in (traces, metrics) if w is not None]
        self._before = use_watcher(Everyone([LogLines(), *others]))

    def page(self, settings: Settings, database: Database, clock: Clock) -> MetricsPage | None:
        """What Prometheus reads of this process; None where it may not."""
        if self.metrics is None or settings.metrics_token is None:
            return None
        from bot.observing.page import MetricsPage
        from bot.queue import depth

        token = settings.metrics_token.get_secret_value()
        queue = partial(depth, settings.celery_broker_url)
        return MetricsPage(self.metrics, token, database, clock, queue)

    def close(self) -> None:
        """Watch no more; what is collected elsewhere is sent off first."""
        use_watcher(self._before)
        if self.traces is not None:
            self.traces.close()


def observe(settings: Settings, role: str, level: str | None = None) -> Observing:
    """role: what the process is in traces. level: of logging, where it is not the setting's.
    Loads only what is set up."""
    configure(level or settings.log_level, settings.log_format, settings.google_cloud_project)
    metrics, traces = None, None
    if settings.metrics_token is not None:
        from bot.observing.metrics import Metrics

        metrics = Metrics()
    if settings.otlp_endpoint:
        from bot.observing.traces import traces_to

        traces = traces_to(settings.otlp_endpoint, role)
    return Observing(metrics, traces)
