"""deploy/compose.yaml: valid, complete, and about roles and settings that there are."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.budget import connections
from tests.deploy.reading import DEPLOY, documents, is_a_role, setting_names
from tests.house.sources import ROOT, files, text

(COMPOSE,) = documents("compose.yaml")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {n: s for n, s in SERVICES.items() if s["image"].startswith("family-scheduler")}
EXAMPLE = (DEPLOY / "compose.env.example").read_text("utf-8")
CHOSEN = dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE, flags=re.MULTILINE))
POSTGRESQL_DEFAULT = 100


def test_it_is_a_compose_file() -> None:
    checker = Path(sys.executable).parent / "check-jsonschema"
    subprocess.run(
        [checker, "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose.yaml"],
        check=True,
        capture_output=True,
    )


def test_everything_is_there() -> None:
    assert set(SERVICES) == {"postgres", "redis", "migrate", "api", "worker", "reminders"}
    assert SERVICES["worker"]["deploy"]["replicas"] == 2
    assert {v.split(":")[0] for s in SERVICES.values() for v in s.get("volumes", [])} == set(
        COMPOSE["volumes"]
    )


@pytest.mark.parametrize("name", OURS)
def test_a_service_of_ours_is_a_role_of_the_image(name: str) -> None:
    service = OURS[name]
    assert is_a_role(service["command"])
    assert set(service["environment"]) <= setting_names()
    assert service["env_file"] == ["compose.env"]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    if name != "migrate":
        assert service["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert service["stop_grace_period"] == "15s"


def test_what_others_wait_for_has_a_check() -> None:
    for service in SERVICES.values():
        for name, needs in service.get("depends_on", {}).items():
            if needs["condition"] == "service_healthy":
                assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


def test_nothing_is_open_to_everyone() -> None:
    opened = [port for s in SERVICES.values() for port in s.get("ports", [])]
    assert opened == ["127.0.0.1:8080:8080"]


def test_secrets_are_in_a_file_that_git_does_not_have() -> None:
    assert "/deploy/compose.env" in text(Path(".gitignore")).splitlines()
    assert Path("deploy/compose.env") not in files()
    assert set(CHOSEN) <= setting_names() | {"POSTGRES_PASSWORD"}
    assert {n for n, v in CHOSEN.items() if v} == {"DATABASE_POOL_SIZE", "CHECKPOINT_POOL_SIZE"}
    written = (DEPLOY / "compose.yaml").read_text("utf-8")
    assert re.findall(r"(?:PASSWORD|TOKEN|SECRET|KEY): (?!\$\{)\S+", written) == []


def test_the_connections_fit() -> None:
    rows, threads = int(CHOSEN["DATABASE_POOL_SIZE"]), int(CHOSEN["CHECKPOINT_POOL_SIZE"])
    sum_of_all = connections(receivers=1, workers=2, reminders=1, rows=rows, threads=threads)
    assert sum_of_all < POSTGRESQL_DEFAULT
    assert f"{sum_of_all} in all" in EXAMPLE


def test_the_image_is_built_from_the_project() -> None:
    assert (DEPLOY / OURS["migrate"]["build"]).resolve() == ROOT
    assert [n for n, s in OURS.items() if "build" in s] == ["migrate"]
