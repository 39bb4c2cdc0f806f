"""Every command the documents show exists: make targets, subcommands and their options."""

from __future__ import annotations

import itertools
import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.house.sources import ROOT, files, make_targets, shell_blocks, text

DOCUMENTS = [Path("README.md"), *(p for p in files() if p.parts[0] == "docs" and p.suffix == ".md")]
SHOWN = [(path, command) for path in DOCUMENTS for command in shell_blocks(path)]

RUN = "from bot.cli import main; main()"

# What the documents may use besides our own commands: tools every reader has or is told to get.
COMMON = {
    "cd",
    "chmod",
    "cp",
    "curl",
    "export",
    "docker",
    "echo",
    "gcloud",
    "git",
    "grep",
    "kubectl",
    "openssl",
    "pip",
    "printf",
    "python3",
    "source",
    "sqlite3",
    "terraform",
}


def programs(command: str) -> list[list[str]]:
    """The commands of one line, their leading NAME=value assignments dropped."""
    parts = re.split(r"\s*(?:\||&&|;)\s*", command)
    words = [shlex.split(re.sub(r"\s*<\s*\S+|\s*\d?>+\s*\S+", "", part)) for part in parts]
    assigned = re.compile(r"[A-Z_]+=")
    return [[w for n, w in enumerate(ws) if n or not assigned.match(w)] for ws in words if ws]


@cache
def help_of(*words: str) -> str:
    """What `family-scheduler … --help` prints; fails for a subcommand that does not exist."""
    printed = subprocess.run(
        [sys.executable, "-c", RUN, *words, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"},
    )
    assert printed.returncode == 0, f"{words}: {printed.stderr}"
    return printed.stdout


def check_make(words: list[str]) -> None:
    asked = {word for word in words[1:] if "=" not in word and not word.startswith("-")}
    assert asked <= make_targets()


def subcommands(words: list[str]) -> list[str]:
    """The command's name, and a second word its help lists as a command: `archive list`."""
    named = list(itertools.takewhile(lambda word: not word.startswith("-"), words[:2]))
    if len(named) == 2 and not re.search(rf"│ {named[1]} ", help_of(named[0])):
        named.pop()
    return named


def check_product(words: list[str]) -> None:
    shown = help_of(*subcommands(words[1:]))
    unknown = [w for w in words[1:] if w.startswith("--") and w.split("=")[0] not in shown]
    assert unknown == []


@pytest.mark.parametrize(("path", "command"), SHOWN, ids=[f"{p}: {c}" for p, c in SHOWN])
def test_a_command_that_is_shown_exists(path: Path, command: str) -> None:
    for words in programs(command):
        name = Path(words[0]).name
        if name == "make":
            check_make(words)
        elif name == "family-scheduler":
            check_product(words)
        else:
            assert name in COMMON or (ROOT / words[0]).exists(), f"{path} shows {words[0]}"


def test_every_make_target_and_subcommand_is_documented() -> None:
    document = text(Path("docs/commands.md"))
    commands = set(re.findall(r"^[│|\s]*([a-z]+)\s{2,}", help_of(), flags=re.MULTILINE))
    assert commands >= {"serve", "chat", "play", "interpret", "migrate", "doctor"}
    missing = [f"make {t}" for t in make_targets() if f"make {t}" not in document]
    missing += [c for c in commands if f"family-scheduler {c}" not in document]
    assert missing == []


def test_help_reads_without_loading_langgraph() -> None:
    code = "import sys, bot.cli; sys.exit(any(m.split('.')[0] == 'langgraph' for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
