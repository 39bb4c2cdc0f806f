"""`make storm`, short: whatever is killed, each request has its effect once, in order."""

from __future__ import annotations

from rich.console import Console

from scripts import storm


async def test_a_short_storm() -> None:
    report = await storm.run(60, 6, 7, console=Console(quiet=True))
    assert (report.requests, report.chats) == (60, 6)
    assert sum(report.kills.values()) > 0
    assert report.harm.none, report
