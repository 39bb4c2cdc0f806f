"""The Makefile: each target says what it is for, and `make test` leaves nothing out."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from tests.house.sources import ROOT, make_targets, text


def make(*arguments: str) -> str:
    """What make prints. The variables of a make that runs the suite are not ours."""
    inherited = {n: v for n, v in os.environ.items() if not n.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(
        ["make", *arguments], cwd=ROOT, capture_output=True, check=True, text=True, env=inherited
    )
    return done.stdout


def test_every_target_has_a_line_of_help() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.*)$", text(Path("Makefile")), flags=re.MULTILINE)
    assert set(phony.split()) == make_targets()
    listed = re.findall(r"^  make ([a-z-]+) ", make("help"), flags=re.MULTILINE)
    assert set(listed) == make_targets()


def test_the_suite_checks_style_types_contracts_and_tests() -> None:
    planned = make("-n", "test")
    for command in ("ruff check", "ruff format --check", "mypy", "lint-imports", "pytest"):
        assert command in planned


def test_continuous_integration_runs_the_suite() -> None:
    assert re.search(r"^(exec )?make test\b", text(Path(".ci/run")), flags=re.MULTILINE)
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_run_migrates_before_it_serves() -> None:
    planned = make("-n", "run")
    assert planned.index("family-scheduler migrate") < planned.index(
        "family-scheduler serve --console"
    )
