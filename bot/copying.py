"""`family-scheduler copy`: a family, or all of them, into another database."""

from __future__ import annotations

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from storage.copying import CopyRefused, copy
from storage.counting import Counted
from storage.migrate import TROUBLE, in_words


def run(source: str, destination: str, household: str | None) -> int:
    """0 when everything is there and the same, else 1, and nothing was copied."""
    complaints = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
    columns = (TextColumn("{task.description}"), MofNCompleteColumn())
    with Progress(*columns, console=complaints, transient=True) as shown:
        bars: dict[str, int] = {}

        def told(table: str, rows: int) -> None:
            if table not in bars:
                bars[table] = int(shown.add_task(table, total=None))
            shown.advance(bars[table], rows)  # type: ignore[arg-type]

        try:
            copied = copy(source, destination, household, told)
        except CopyRefused as error:
            complaints.print(str(error))
            return 1
        except (*TROUBLE, ValueError) as error:
            complaints.print(in_words(error))
            return 1
    Console(highlight=False).print(_table(copied))
    return 0


def _table(copied: list[Counted]) -> Table:
    table = Table("table", "rows", "hash, the same at both ends")
    for each in copied:
        if each.rows:
            table.add_row(each.table, str(each.rows), each.digest)
    return table
