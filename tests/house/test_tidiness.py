"""What review would keep catching, checked once for all files."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.sources import PACKAGES, files, lines_matching, python_files, text

# Spelled in pieces, so that this file does not contain what it looks for.
MACHINE_PATH = r"(?<![\w.])/(?:" + "|".join(["work", "farm", "root", "home"]) + r")/[a-z]"
REGISTRY = "|".join(
    ["pypi" + r"\.org", "python" + "hosted", "index" + "-url", "registry" + r"\.npm"]
)
UNFINISHED = "|".join([r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b", r"\bX" + r"XX\b"])
STUB = "raise NotImp" + "lemented"
MOCKS = "|".join(["unittest" + r"\.mock", "Magic" + "Mock", "Async" + "Mock", r"\bmock" + r"er\b"])

# Longer than 400 lines, with the reason it stays one file.
LONG = {
    "tests/bot/test_gateway.py": "whatever may come in by the one door",
    "storage/migrations/versions/0001_tables.py": "the first migration makes every table",
}


def test_no_path_of_one_machine() -> None:
    assert lines_matching(MACHINE_PATH, files()) == []


def test_no_address_of_a_package_registry() -> None:
    assert lines_matching(REGISTRY, files()) == []


def test_nothing_is_left_unfinished() -> None:
    assert lines_matching(UNFINISHED, python_files()) == []
    assert lines_matching(STUB, python_files(*PACKAGES)) == []


def test_no_mock_library() -> None:
    assert lines_matching(MOCKS, python_files("tests")) == []


def test_no_test_waits_for_time_to_pass() -> None:
    assert lines_matching(r"(?<!def )\bsleep\((?!0\))", python_files("tests")) == []


def test_nothing_below_the_edges_prints() -> None:
    assert lines_matching(r"(?<![\w.])print\(", python_files(*PACKAGES[:-1])) == []


def test_a_file_is_one_idea() -> None:
    lengths = {str(path): len(text(path).splitlines()) for path in python_files()}
    assert {path: n for path, n in lengths.items() if n > 400 and path not in LONG} == {}
    assert [path for path in LONG if lengths.get(path, 0) <= 400] == []


IMPURE = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "monotonic"), ("uuid", "uuid4"), ("os", "environ"),
}  # fmt: skip


@pytest.mark.parametrize("path", python_files("scheduling"), ids=str)
def test_the_core_reads_no_clock_no_chance_and_no_environment(path: Path) -> None:
    tree = ast.parse(text(path))
    reads = {
        (node.value.id, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    imported = {
        name.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (node.names if isinstance(node, ast.Import) else [ast.alias(node.module or "")])
    }
    assert reads & IMPURE == set()
    assert (
        imported & {"random", "secrets", "os", "socket", "subprocess", "logging", "asyncio"}
        == set()
    )


def test_a_broad_except_says_why() -> None:
    """A reason stands on the line, the line before or the line after."""
    broad = re.compile(r"except(?: (?:Exception|BaseException)\b[^:]*)?:")
    silent = []
    for path in python_files(*PACKAGES):
        lines = ["", *text(path).splitlines(), ""]
        for number, line in enumerate(lines):
            near = lines[number - 1 : number + 2]
            if broad.search(line) and not any("#" in each for each in near):
                silent.append(f"{path}:{number}")
    assert silent == []
