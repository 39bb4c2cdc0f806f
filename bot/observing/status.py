"""`family-scheduler status`: what an operator looks at, on one screen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from agents.models.prices import MICRO
from bot.observing.limits import LIMITS
from bot.queue import depth
from bot.settings import Settings
from scheduling.load import Backlog, Figures
from storage.engine import open_database


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. name: as in metrics, without the prefix. over: past the limit at which an alert
    is raised."""

    name: str
    meaning: str
    value: float | None
    unit: str = ""

    @property
    def over(self) -> bool:
        limit = LIMITS.get(self.name)
        return limit is not None and self.value is not None and self.value > limit


async def run(settings: Settings, *, as_json: bool) -> int:
    """Print it. Returns 1 where a figure is past its limit, else 0."""
    database = open_database(settings.database_url)
    try:
        async with database.reader() as uow:
            backlog = await uow.backlogs.now()
            figures = await uow.backlogs.figures(datetime.now(UTC))
    finally:
        await database.close()
    lines = lines_of(backlog, figures, await depth(settings.celery_broker_url))
    if as_json:
        print(json.dumps({line.name: line.value for line in lines}))
    else:
        Console().print(_table(lines))
    return int(any(line.over for line in lines))


def lines_of(backlog: Backlog, found: Figures, queue_depth: int | None) -> list[Line]:
    """In the order in which one would ask."""
    thumbs = sum(found.thumbs.values())
    return [
        Line("inbox_depth", "messages not answered yet", found.inbox),
        Line("chats_waiting", "chats with work that nobody is at", backlog.waiting),
        Line("chats_running", "chats that somebody is at", backlog.running),
        Line("turn_latency_seconds", "from message to answer (p95)", _seconds(backlog), "s"),
        Line("queue_depth", "messages at the broker", queue_depth),
        Line("outbox_depth", "messages still to be sent", found.outbox),
        *(
            Line(f"oldest_{what}_seconds", f"oldest due row: {what}", age.total_seconds(), "s")
            for what, age in found.oldest.items()
        ),
        Line("reminders_late", "reminders due for more than a minute", found.late),
        Line("turns_failed_day", "messages given up, 24 hours", found.turns_failed),
        Line("events_created_day", "events created, 24 hours", found.events_created),
        Line("conflicts_found_day", "conflicts found, 24 hours", found.conflicts_found),
        Line("conflicts_resolved_day", "conflicts resolved, 24 hours", found.conflicts_resolved),
        Line("satisfaction_ratio", "thumbs up, 24 hours", _ratio(found.thumbs["up"], thumbs)),
        Line("model_cost_today_dollars", "models today (UTC)", found.cost_today / MICRO, "US$"),
        Line("checkpoint_bytes", "checkpoints", found.checkpoint_bytes, "bytes"),
    ]


def _seconds(backlog: Backlog) -> float:
    return backlog.latency.total_seconds()


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _table(lines: Sequence[Line]) -> Table:
    table = Table(title="Family Scheduler", show_header=False, title_justify="left")
    table.add_column("what")
    table.add_column("value", justify="right")
    table.add_column("unit")
    for line in lines:
        style = "bold red" if line.over else "dim" if line.value in (None, 0) else ""
        table.add_row(line.meaning, _told(line.value), line.unit, style=style)
    return table


def _told(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
