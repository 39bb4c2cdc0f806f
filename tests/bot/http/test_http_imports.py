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
