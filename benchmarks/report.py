"""The table that `make bench` prints."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.measure import Figure, Unit


def shown(amount: float | None, unit: Unit) -> str:
    """An amount as people read it: microseconds to seconds, megabytes, counts."""
    if amount is None:
        return ""
    if unit != "s":
        return f"{amount:,.0f} {unit}"
    scaled, name = (amount * 1e6, "µs") if amount < 1e-3 else (amount * 1e3, "ms")
    return f"{scaled:,.1f} {name}" if scaled < 1_000 else f"{amount:,.2f} s"


def table(figures: Sequence[Figure]) -> Table:
    drawn = Table(title="Family Scheduler: ratios to floors", title_justify="left")
    for name in ("operation", "where", "floor"):
        drawn.add_column(name)
    for name in ("takes", "measured", "ratio", "at most"):
        drawn.add_column(name, justify="right")
    drawn.add_column("holds")
    for figure in figures:
        ratio = figure.ratio
        drawn.add_row(
            figure.operation,
            figure.where,
            figure.floor_name,
            shown(figure.floor, figure.unit),
            shown(figure.measured, figure.unit),
            "" if ratio is None else f"{ratio:.2f} ×",
            shown(figure.bar, figure.unit) if ratio is None else f"{figure.bar:g} ×",
            "[green]yes[/]" if figure.holds else "[bold red]NO[/]",
        )
    return drawn


def print_table(figures: Sequence[Figure]) -> None:
    console = Console()
    if not console.is_terminal:
        # Into a file or a log: as wide as the table is, not as eighty columns.
        console = Console(width=180)
    console.print(table(figures))
