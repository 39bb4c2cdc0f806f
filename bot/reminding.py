"""The reminders role: `family-scheduler reminders`.

A worker's loops without its queue: reminders, digests, follow-ups, sweeps, deliveries, and
messages that no worker has been told of. A burst of requests keeps workers busy; nobody is
reminded late for it.
"""

from __future__ import annotations

import logging
import signal
import threading
from types import FrameType

from bot.health import HealthPort
from bot.observing.start import Observing
from bot.serving import sending_platforms
from bot.settings import Settings
from bot.working import Working

log = logging.getLogger(__name__)


def run(settings: Settings, observing: Observing) -> int:
    """Until a signal comes; then what has begun is finished. Raises what keeps it from working."""
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, end)
    working = Working(settings, lambda: sending_platforms(settings, lambda: working.reader))
    working.start()
    health = None
    if settings.port is not None:
        health = HealthPort(settings.port, working.answers, working.page_of(observing))
        health.start()
    log.info("reminding")
    ended.wait()
    working.finish_soon()
    if health is not None:
        health.stop()
    working.stop()
    return 0
