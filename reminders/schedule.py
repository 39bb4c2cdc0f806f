"""When the loops wake: APScheduler without stored jobs. The rows are the schedule.

A job at the next due time, one at a short interval in any case, and the daily sweep.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Job = Callable[[], Awaitable[object]]

SWEEP_HOUR = 3


class Schedule:
    """Wakes `look` and runs `sweep`; holds no state worth keeping."""

    def __init__(self, look: Job, sweep: Job, every: float) -> None:
        self._look = look
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(look, "interval", seconds=every, max_instances=1, coalesce=True)
        self._scheduler.add_job(sweep, "cron", hour=SWEEP_HOUR, max_instances=1, coalesce=True)

    def also(self, job: Job, minute: int, hour: int | None) -> None:
        """As a task of its own at that time (UTC); hour None: every hour."""
        at = {"minute": minute, "hour": "*" if hour is None else hour}
        self._scheduler.add_job(
            job, "cron", max_instances=1, coalesce=True, misfire_grace_time=None, **at
        )

    def start(self) -> None:
        self._scheduler.start()

    def wake_at(self, due: datetime | None) -> None:
        """Look again at `due`, in place of any earlier such wish."""
        if due is not None:
            self._scheduler.add_job(
                self._look, "date", run_date=due, id="next-due", replace_existing=True,
                misfire_grace_time=None,
            )  # fmt: skip

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)
