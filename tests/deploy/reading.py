"""How the deployment's files are read, and the roles that they may start."""

from __future__ import annotations

import re
from typing import Any

import typer
import yaml

from bot.cli import app
from bot.settings import Settings
from tests.house.sources import ROOT

DEPLOY = ROOT / "deploy"

FOREIGN_NAMES = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE"}
"""Environment of the parts beside ours."""


def setting_names() -> set[str]:
    """As they stand in an environment."""
    return {name.upper() for name in Settings.model_fields}


def subcommands() -> set[str]:
    group = typer.main.get_command(app)
    return set(getattr(group, "commands", {}))


def is_a_role(command: list[str]) -> bool:
    """Whether the image can be started with it: our own command with a subcommand that exists,
    the API behind uvicorn, or a worker by Celery's own command."""
    if command[:1] == ["family-scheduler"]:
        return len(command) > 1 and command[1] in subcommands()
    return command[:2] == ["uvicorn", "bot.http.app:app"] or command[:4] == [
        "celery",
        "-A",
        "bot.worker",
        "worker",
    ]


def documents(name: str) -> list[Any]:
    """Every document of a YAML file below deploy/."""
    return [d for d in yaml.safe_load_all((DEPLOY / name).read_text("utf-8")) if d is not None]


def instructions(dockerfile: str) -> list[tuple[int, str, str]]:
    """(number of the stage, instruction, the rest of its line), continuations joined."""
    lines = re.sub(r"^\s*#.*\n", "", dockerfile, flags=re.MULTILINE).replace("\\\n", " ")
    found: list[tuple[int, str, str]] = []
    stage = -1
    for line in filter(str.strip, lines.splitlines()):
        word, _, rest = line.partition(" ")
        stage += word == "FROM"
        found.append((stage, word, " ".join(rest.split())))
    return found
