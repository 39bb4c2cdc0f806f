"""A process that only receives must start fast: it loads neither LangGraph nor its friends."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module",
    ["bot.http.app", "bot.telegram.codec", "bot.telegram.app", "bot.commands", "bot.ics"],
)
def test_importing_does_not_load_langgraph(module: str) -> None:
    check = (
        f"import sys, {module}; "
        "print([m for m in ('langgraph', 'langchain_core', 'sqlalchemy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


LATER = "langgraph langchain_core openai anthropic"


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("bot.receiving", LATER),
        ("bot.serving", f"{LATER} celery redis"),
        ("bot.http.serving", f"{LATER} celery redis"),
        ("bot.wiring", "celery redis openai anthropic"),
    ],
)
def test_each_half_loads_only_what_it_needs(module: str, absent: str) -> None:
    check = f"import sys, {module}; print([m for m in {absent.split()!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
