"""`family-scheduler cost`: the estimate as a table, and what this installation has used."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from agents.models.prices import MICRO
from bot.cost.estimate import Cost, Estimate, estimate
from bot.cost.own import WINDOW, Own, own_figures
from bot.cost.price_file import BadPriceFile, read_price_file
from bot.settings import Settings
from storage.engine import open_database
from storage.migrate import check

MEANT = "Estimated from a price file (docs/cost.md): assumptions, not a bill."


async def run(settings: Settings, prices: Path | None, *, as_json: bool) -> int:
    """Returns 0; 1 where the price file cannot be used, after saying why. Without a database the
    estimate stands alone."""
    named = prices or (Path(settings.cost_prices_file) if settings.cost_prices_file else None)
    try:
        month = estimate(read_price_file(named))
    except BadPriceFile as error:
        typer.echo(str(error), err=True)
        return 1
    problems = await asyncio.to_thread(check, settings.database_url)
    own = None if problems else await _own(settings.database_url)
    if as_json:
        print(json.dumps(_plain(month, own), indent=2))
    else:
        _show(month, own)
    for problem in problems:
        typer.echo(f"No figures of this installation: {problem}", err=True)
    return 0


async def _own(database_url: str) -> Own:
    now = datetime.now(UTC)
    # Whole days, today among them.
    since = datetime(now.year, now.month, now.day, tzinfo=UTC) - timedelta(days=WINDOW - 1)
    database = open_database(database_url)
    try:
        async with database.reader() as uow:
            lines = await uow.usage.by_day(since)
            return own_figures(lines, await uow.usage.requests(since), now.date())
    finally:
        await database.close()


def _show(month: Estimate, own: Own | None) -> None:
    console = Console()
    table = Table(title="A month in the cloud, estimated")
    for name, side in (("", "left"), ("quiet, US$", "right"), ("busy, US$", "right")):
        table.add_column(name, justify=side)  # type: ignore[arg-type]
    for line in month.lines:
        table.add_row(*_row(line))
    table.add_section()
    table.add_row(*_row(month.infrastructure), style="bold", end_section=True)
    for line in month.models:
        table.add_row(*_row(line))
    table.add_section()
    table.add_row(*_row(month.total), style="bold")
    console.print(table)
    console.print(MEANT, style="dim")
    for sentence in in_sentences(own) if own else ():
        console.print(sentence, highlight=False)


def in_sentences(own: Own) -> list[str]:
    """This installation, for people."""
    if not own.calls:
        return [f"Here no model was asked in the last {WINDOW} days: models cost nothing so far."]
    return [
        f"Here, in {own.days} of the last {WINDOW} days: {own.requests:,} requests asked a model, "
        f"{own.calls_each:.1f} times each, for ${own.spent / MICRO:.2f} "
        f"(today ${own.today / MICRO:.2f}).",
        f"At this pace models cost ${own.projected_month / MICRO:.2f} a month.",
    ]


def _row(cost: Cost) -> tuple[str, str, str]:
    return cost.name, f"{cost.low:,.2f}", f"{cost.high:,.2f}"


def _plain(month: Estimate, own: Own | None) -> dict[str, Any]:
    """Dollars as numbers, for programs."""

    def plain(cost: Cost) -> dict[str, Any]:
        return {"name": cost.name, "low": _number(cost.low), "high": _number(cost.high)}

    dollars = ("spent", "today", "projected_month")
    figures = own and {k: v / MICRO if k in dollars else v for k, v in asdict(own).items()}
    return {
        "currency": "USD",
        "month": {
            "infrastructure": [plain(line) for line in month.lines],
            "total_infrastructure": plain(month.infrastructure),
            "models": [plain(line) for line in month.models],
            "total": plain(month.total),
        },
        "here": figures,
    }


def _number(amount: Decimal) -> float:
    return round(float(amount), 2)
