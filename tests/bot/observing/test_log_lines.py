"""What stands in the log about a request: enough to follow it, and nothing that was said."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest

from bot.observing.start import observe
from bot.settings import Settings
from tests.bot.observing.conftest import HARD
from tests.bot.talk import Talk


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, talk: Talk) -> Iterator[StringIO]:
    """Everything this process logs at DEBUG, as JSON lines."""
    written = StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    settings = Settings(
        _env_file=None, log_format="json", log_level="DEBUG", google_cloud_project="family"
    )
    observing = observe(settings, "test")
    yield written
    observing.close()


def lines(log: StringIO, message: str = "") -> list[dict[str, Any]]:
    found = [json.loads(line) for line in log.getvalue().splitlines()]
    return [line for line in found if message in ("", line["message"])]


async def test_a_request_s_lines_share_its_id_from_the_chat_to_the_answer(
    talk: Talk, log: StringIO
) -> None:
    await talk.say(HARD)
    (received,) = lines(log, "Request received")
    trace = received["trace"]
    for message in (
        *("Agent workflow started", "Model call ended", "Agent ended"),
        *("Agent workflow ended", "Delivery ended"),
    ):
        found = lines(log, message)
        assert found, message
        assert {line["trace"] for line in found} == {trace}
    assert received["logging.googleapis.com/trace"] == f"projects/family/traces/{trace}"


async def test_a_turn_says_who_asked_and_which_agent_is_at_it(talk: Talk, log: StringIO) -> None:
    await talk.say("dentist Friday 4pm, Mia")
    (started,) = lines(log, "Agent workflow started")
    assert started["severity"] == "INFO"
    assert started["agent"] == "orchestrator"
    assert {"task_id", "user_id", "household"} <= set(started)
    (ended,) = lines(log, "Agent workflow ended")
    assert ended["outcome"] == "done"
    agents = {line["agent"] for line in lines(log, "Agent ended")}
    assert {"nl_parser", "scheduling", "conflict_detection", "commit"} <= agents


async def test_what_was_said_and_who_is_called_what_is_in_no_line(
    talk: Talk, log: StringIO
) -> None:
    await talk.say("hushdentist Friday 4pm, Mia")
    async with talk.broken():
        await talk.say("hushpiano Friday 5pm, Mia")
    assert lines(log, "Agent workflow ended")[-1]["outcome"] == "done"
    failed = [line for line in lines(log) if line.get("outcome") == "failed"]
    assert failed
    for word in ("hush", "Mia", "Anna"):
        assert word not in log.getvalue()
