"""`family-scheduler usage`: what language models were asked, and what that cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from rich.console import Console
from rich.table import Table

from agents.models.prices import MICRO
from scheduling.usage import UsageLine
from storage.engine import open_database

MEANT = (
    "Costs by the prices in the settings (LLM_PRICES); a model without a price counts as free. "
    "Days are those of UTC."
)


async def run(database_url: str, days: int) -> int:
    """Print one line for each day, agent and model. Returns 0."""
    database = open_database(database_url)
    try:
        async with database.reader() as uow:
            lines = await uow.usage.by_day(datetime.now(UTC) - timedelta(days=days))
    finally:
        await database.close()
    console = Console()
    console.print(_table(lines) if lines else f"No model was asked in the last {days} days.")
    if lines:
        console.print(MEANT, style="dim")
    return 0


def _table(lines: Sequence[UsageLine]) -> Table:
    table = Table(title="Language models", show_footer=True)
    table.add_column("day", footer="in all")
    table.add_column("agent")
    table.add_column("model")
    for name in ("calls", "failed", "tokens_in", "tokens_out"):
        total = sum(getattr(line, name) for line in lines)
        table.add_column(name.replace("_", " "), footer=f"{total:,}", justify="right")
    table.add_column("US$", footer=_dollars(sum(line.cost for line in lines)), justify="right")
    for line in lines:
        table.add_row(
            line.day,
            line.agent,
            line.model,
            f"{line.calls:,}",
            f"{line.failed:,}",
            f"{line.tokens_in:,}",
            f"{line.tokens_out:,}",
            _dollars(line.cost),
        )
    return table


def _dollars(cost: int) -> str:
    return f"{cost / MICRO:.4f}"
