"""Two chats are linked while the service dies: before, in the middle of, or after each step."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.play.reading import parse_script
from bot.play.stage import CrashPlan, Stage

SCRIPT = """
name: linked in spite of everything
clock: "2026-03-04 10:00"
timezone: America/New_York
other_platforms: [telegram]
family:
  name: Rivera
  members: [{name: Anna, role: parent}, {name: Ben, role: parent}]
steps:
  - command: {as: Anna, text: "/link"}
  - expect: {contains: ["(?P<code>[A-Z2-9]{4}-[A-Z2-9]{4})"]}
  # Each life of the service counts its points anew, so that this one is all about the joining.
  - restart: true
  - command: {as: Ben, text: "/link {code}", platform: telegram}
  - tap: {as: Ben, button: "^join$", platform: telegram}
  - expect: {contains: ["One family"], to: family}
  - expect: {contains: ["One family"], to: family, platform: telegram}
  - tap: {as: Anna, button: "they are Ben"}
  - say: {as: Ben, text: "yoga Friday 7pm", platform: telegram}
  - expect: {contains: ["yoga"], buttons: ["undo"], to: family}
  - expect: {contains: ["yoga"], buttons: ["undo"], to: family, platform: telegram}
  - command: {as: Ben, text: "/family", platform: telegram}
  - expect: {contains: ["Ben .parent"], not_contains: ["Ben 2"]}
  - expect_events: {between: ["2026-03-04", "2026-03-31"], are: [{title: yoga, people: [Ben]}]}
"""


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage("console")
    yield stage
    asyncio.run(stage.close())


async def test_it_is_joined_once_and_nothing_is_lost(stage: Stage) -> None:
    script = parse_script(SCRIPT, "linked", Path())
    died = []
    for point in range(5, 45, 4):
        plan = CrashPlan(point)
        result = await stage.play(script, plan)
        assert result.ok, f"\nkilled at point {point}\n" + "\n".join(result.as_text())
        died += plan.points
    assert len(died) >= 6
