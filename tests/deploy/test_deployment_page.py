"""docs/deployment.md: its commands run, in their order, as they stand; what they ask of Docker, of
a cloud or of a cluster is written down by stand-ins. Its table of connections is added up."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings
from tests.deploy.budget import CLOUD_SQL_KEEPS, connections
from tests.deploy.cloud import FAKE
from tests.deploy.reading import DEPLOY, documents
from tests.house.sources import ROOT, files, text

PAGE = text(Path("docs/deployment.md"))
BLOCKS = re.findall(r"^```sh\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
RECORD = '#!/bin/sh\necho "$(basename "$0") $*" >> "$RECORDED"\n'
STANDING_IN = ("docker", "kubectl", "terraform", "curl")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """All the page's commands in one shell, in a copy of the project; what the stand-ins were
    asked, gcloud apart."""
    copy, programs = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("programs")
    for path in files():
        if path.parts[0] in ("deploy", "storage"):
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, copy / path)
    for name in STANDING_IN:
        (programs / name).write_text(RECORD)
    (programs / "gcloud").write_text(FAKE)
    # It has a test of its own, in which it is not stood in for.
    (copy / "deploy/build.sh").write_text(RECORD)
    for program in programs.iterdir():
        program.chmod(0o755)
    recorded = programs / "recorded"
    told = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "RECORDED": str(recorded),
        "CALLS": str(programs / "calls"),
        "GIT_DIR": _git_folder(),
        "TELEGRAM_BOT_TOKEN": "marker-of-telegram",
        "TELEGRAM_WEBHOOK_SECRET": "marker-of-webhook",
    }
    script = "set -euo pipefail\n" + "\n".join(BLOCKS)
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=copy,
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    _look_at(copy / "deploy/compose.env")
    calls = (programs / "calls").read_text()
    assert "marker-of" not in re.sub(r'"stdin": "[^"]*"', "", calls) + done.stdout + done.stderr
    assert calls.count('"run", "deploy", "agent-workers"') == 3, "release, deploy, rollback"
    return recorded.read_text().splitlines()


def _git_folder() -> str:
    command = ["git", "rev-parse", "--absolute-git-dir"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _look_at(secrets: Path) -> None:
    """What the page has one write is for oneself alone, and holds a password."""
    assert secrets.stat().st_mode & 0o077 == 0
    last = secrets.read_text().splitlines()[-1]
    assert re.fullmatch(r"POSTGRES_PASSWORD=[0-9a-f]{48}", last)


def test_its_commands_run(asked: list[str]) -> None:
    counted = Counter(line.split()[0] for line in asked)
    assert counted == {"build.sh": 1, "docker": 5, "curl": 1, "terraform": 4, "kubectl": 8}


def test_what_they_name_exists(asked: list[str]) -> None:
    named = {word for line in asked for word in line.split() if word.startswith("deploy/")}
    named |= {w.partition("=")[2] for line in asked for w in line.split() if w.startswith("-chdir")}
    assert named
    assert [
        name for name in named if not (ROOT / name).exists() and "compose.env" not in name
    ] == []
    terraform = "".join(p.read_text() for p in (DEPLOY / "terraform").glob("*.tf"))
    for line in asked:
        for kind, name in re.findall(r"-target=(\w+)\.(\w+)", line):
            assert f'resource "{kind}" "{name}"' in terraform
    secrets = {w[5] for w in map(str.split, asked) if w[:5][3:] == ["create", "secret"]}
    assert secrets <= {"generic"}
    variables = re.findall(r"TF_VAR_(\w+)", PAGE)
    assert all(f'variable "{name}"' in terraform for name in variables)


def test_the_roles_are_those_of_the_files() -> None:
    (compose,) = documents("compose.yaml")
    for service in compose["services"].values():
        command = service.get("command", [])
        if command[:1] == ["family-scheduler"]:
            assert f"`{' '.join(command)}`" in PAGE


def _pools(chosen: dict[str, Any]) -> tuple[int, int]:
    return int(chosen["DATABASE_POOL_SIZE"]), int(chosen["CHECKPOINT_POOL_SIZE"])


def test_the_connections_are_what_the_files_come_to() -> None:
    """Each row of the page's table: APIs, workers, reminders, pools, and their sum."""
    example = dict(
        re.findall(r"^(\w+)=(.+)$", (DEPLOY / "compose.env.example").read_text(), re.MULTILINE)
    )
    choices = dict(
        re.findall(r"^(\w+)=(\w+)$", (DEPLOY / "gcloud/choices.sh").read_text(), re.MULTILINE)
    )
    (cluster,) = documents("kubernetes/settings.yaml")
    keda = yaml.safe_load((DEPLOY / "kubernetes/scaling.yaml").read_text().split("---")[0])
    api, _ = documents("kubernetes/api.yaml")
    most = int(choices["MAXIMUM"])
    usual = {n.upper(): Settings.model_fields[n].default for n in Settings.model_fields}
    (compose,) = documents("compose.yaml")
    two = compose["services"]["worker"]["deploy"]["replicas"]
    kept = f"{choices['SQL_CONNECTIONS']}, of which {CLOUD_SQL_KEEPS} are kept"
    rows = [
        ("One machine", 1, two, 1, _pools(example), "100"),
        ("Google Cloud", most, most, 0, _pools(choices), kept),
        ("Kubernetes", api["spec"]["replicas"], keda["spec"]["maxReplicaCount"], 1,
         _pools(cluster["data"]), "yours"),
        ("The document, with our defaults", 1, 10, 0, _pools(usual), "25"),
    ]  # fmt: skip
    for where, apis, workers, reminders, (domain, threads), of in rows:
        needed = connections(
            receivers=apis, workers=workers, reminders=reminders, rows=domain, threads=threads
        )
        shown = f"{apis} | {workers} | {reminders} | {domain} + {threads} | {needed} | {of}"
        assert f"| {where} | {shown} |" in PAGE


def test_the_page_on_regions_names_settings_and_commands_that_exist() -> None:
    page = text(Path("docs/multi-region.md"))
    named = set(re.findall(r"`([A-Z][A-Z_]{4,})`", page))
    assert {name.lower() for name in named} <= set(Settings.model_fields)
    assert "deploy/gcloud.sh deploy" in page
