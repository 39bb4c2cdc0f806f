"""The Celery worker: `family-scheduler worker`, or `celery -A bot.worker worker`."""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

from celery import signals

from bot.configured import settings_or_exit, unfit
from bot.health import HealthPort
from bot.observing.start import Observing, observe
from bot.patience import database_problems
from bot.queue import celery_app, listen

log = logging.getLogger(__name__)


_chosen = settings_or_exit()
app = celery_app(_chosen.celery_broker_url)


class _Worker:
    """The one of this process, from Celery's signals on."""

    working: Any = None
    health: HealthPort | None = None
    observing: Observing | None = None


listen(app, lambda chat_id: _Worker.working.carry(chat_id))


@signals.worker_init.connect(weak=False)
def _begin(sender: Any = None, **_: object) -> None:
    """Before the first task. Ends the process, in words, where it could not work."""
    problems = _unfit(sender) + [f"{one.what} {one.mend}" for one in unfit(_chosen)]
    problems = problems or database_problems(_chosen.database_url)
    if problems:
        sys.exit("\n".join(problems))
    observing = observe(_chosen, "worker")
    # All of the product: only once nothing stands against it.
    from bot.serving import sending_platforms
    from bot.working import Working

    working = Working(_chosen, lambda: sending_platforms(_chosen, lambda: working.reader))
    working.start()
    _Worker.working, _Worker.observing = working, observing
    if _chosen.port is not None:
        _Worker.health = HealthPort(_chosen.port, working.answers, working.page_of(observing))
        _Worker.health.start()
    log.info("working")


def _unfit(sender: Any) -> list[str]:
    if not _chosen.celery_broker_url:
        return ["A worker needs CELERY_BROKER_URL; without a broker `serve` does everything."]
    pool = getattr(getattr(sender, "pool_cls", None), "__module__", "celery.concurrency.thread")
    if not str(pool).endswith("thread"):
        return ["A worker is one process with threads: leave out --pool."]
    return []


@signals.worker_shutting_down.connect(weak=False)
def _finish(**_: object) -> None:
    """SIGTERM: what has begun is finished, and nothing more is begun. In a thread of its own,
    since a signal's handler must not wait."""
    if _Worker.working is not None:
        _Worker.working.finish_soon()


@signals.worker_shutdown.connect(weak=False)
def _end(**_: object) -> None:
    if _Worker.health is not None:
        _Worker.health.stop()
    if _Worker.working is not None:
        _Worker.working.stop()
    if _Worker.observing is not None:
        _Worker.observing.close()


def main(concurrency: int | None = None) -> None:
    """Work until a signal comes."""
    more = [f"--concurrency={concurrency}"] if concurrency else []
    # A name of its own, so that several may run on one machine.
    named = f"--hostname=worker-{os.getpid()}@%h"
    quiet = ("--without-gossip", "--without-mingle")
    app.worker_main(["worker", f"--loglevel={_chosen.log_level}", named, *quiet, *more])
