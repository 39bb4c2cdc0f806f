"""SIGKILL at every step from inbox to settled message, hundreds of times.

A script is played once undisturbed, and then again and again with the service killed at its
first, second, third … crash point, until a play comes to its end alive. However it dies, what
the family sees and what stands on the calendar at the end is what it was undisturbed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.play.reading import read_script
from bot.play.report import Result
from bot.play.script import Script
from bot.play.stage import CrashPlan, Stage
from scheduling.messages import Outgoing
from storage.engine import Database
from storage.tables import outbox

SCENARIOS = Path(__file__).parents[2] / "scenarios"
ON_THE_CONSOLE = (
    ("01-book", 1),
    ("53-snoozed", 1),
    ("36-the-other-moves", 1),
    ("17-move-and-undo", 3),
)
ON_TELEGRAM = (("01-book", 5), ("36-the-other-moves", 6), ("53-snoozed", 5))
"""Scripts, and at every which of their points they are killed."""

AT_ONCE = 3
"""Plays side by side on the console: they mostly wait for the dead one's leases to run out."""

STEPS = {
    f"{when} {what}"
    for when in ("before", "after")
    for what in ("commit", "send", "checkpoint aput", "checkpoint aput_writes")
}


@pytest.fixture
def console() -> Iterator[Stage]:
    stage = Stage("console")
    yield stage
    asyncio.run(stage.close())


@pytest.fixture
def telegram(postgresql_server: str) -> Iterator[Stage]:
    stage = Stage("telegram", postgresql_server)
    yield stage
    asyncio.run(stage.close())


def final_view(result: Result) -> list[tuple[str, str, tuple[str, ...]]]:
    """What stands in the chats at the end, in order."""
    return [
        (message.place.name, message.text, tuple(button.label for button in message.live))
        for message in result.messages
    ]


class Watched(CrashPlan):
    """under_way: the messages that were being sent at the kill: claimed, and not settled."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.under_way: set[str] = set()

    async def died(self, point: str | None, database: Database) -> None:
        await super().died(point, database)
        claimed = (outbox.c.state == "waiting", outbox.c.lease_owner.is_not(None))
        async with database.reading.connect() as connection:
            rows = await connection.execute(select(outbox.c.outgoing).where(*claimed))
            self.under_way |= {_words(row.outgoing) for row in rows}


class Killing:
    """Plays one script with a kill at each of many points; says where it was killed."""

    def __init__(self, stage: Stage, script: Script, at_once: int) -> None:
        self._stage = stage
        self._script = script
        self._at_once = at_once
        self.points: list[str] = []

    async def everywhere(self, stride: int) -> None:
        undisturbed = await self._stage.play(self._script)
        assert undisturbed.ok, self._told(undisturbed, 0)
        wanted = final_view(undisturbed)
        step = stride * self._at_once
        for start in count(1, step):
            batch = range(start, start + step, stride)
            if not all(await asyncio.gather(*(self._killed_at(n, wanted) for n in batch))):
                return

    async def _killed_at(self, number: int, wanted: list[tuple[str, str, tuple[str, ...]]]) -> bool:
        """False where the play has no such point any more."""
        plan = Watched(number)
        result = await self._stage.play(self._script, plan)
        assert result.ok, self._told(result, number)
        seen = final_view(result)
        seen = _without_the_repeated(seen, wanted, plan.under_way)
        assert seen == wanted, self._told(result, number)
        self.points += [point for point in plan.points if point]
        return bool(plan.points)

    def _told(self, result: Result, number: int) -> str:
        return f"\nkilled at point {number}\n" + "\n".join(result.as_text())


def _words(outgoing: Outgoing) -> str:
    return "\n".join(words for words in (outgoing.heading, outgoing.text) if words)


def _without_the_repeated(
    seen: list[tuple[str, str, tuple[str, ...]]],
    wanted: list[tuple[str, str, tuple[str, ...]]],
    under_way: set[str],
) -> list[tuple[str, str, tuple[str, ...]]]:
    """A platform takes no key with a message, so the one that was being sent when the service
    died may stand there twice; that one, and once."""
    if len(seen) != len(wanted) + 1:
        return seen
    pairs = enumerate(zip(seen, wanted, strict=False))
    twice = next((n for n, (a, b) in pairs if a != b), len(wanted))
    if seen[twice][1] not in under_way:
        return seen
    return seen[:twice] + seen[twice + 1 :]


async def killed(stage: Stage, plan: Sequence[tuple[str, int]], at_once: int) -> list[str]:
    points: list[str] = []
    for name, stride in plan:
        killing = Killing(stage, read_script(SCENARIOS / f"{name}.yaml"), at_once)
        await killing.everywhere(stride)
        points += killing.points
    return points


async def test_on_the_console(console: Stage) -> None:
    points = await killed(console, ON_THE_CONSOLE, AT_ONCE)
    assert len(points) >= 200
    assert set(points) >= STEPS


async def test_on_telegram_and_postgresql(telegram: Stage) -> None:
    assert len(await killed(telegram, ON_TELEGRAM, 1)) >= 30
