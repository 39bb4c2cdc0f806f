"""`make drill`, short: the database lost, and a wrong statement (rows 136, 138 and 160)."""

from __future__ import annotations

from rich.console import Console

from scripts import drill


async def test_what_is_lost_is_what_the_runbook_says() -> None:
    drills = (drill.database_lost, drill.destroyed)
    outcomes = await drill.run(drills, Console(quiet=True))
    for each in outcomes:
        assert each.holds, each
        # All of the window, since what is there is the backup, and not what was lost.
        assert (each.window, each.exposed) == (drill.EXPOSED, drill.EXPOSED), each
        assert each.seconds > 0
    shown = Console(width=120, record=True, quiet=True)
    shown.print(drill.table(outcomes))
    assert [each.name for each in outcomes] == ["database lost", "wrong statement"]
