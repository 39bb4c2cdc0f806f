"""deploy/cloudbuild.yaml: valid, in the right order, and run here with programs that write down
what they are asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import cloudbuild
from tests.deploy.reading import DEPLOY, documents
from tests.house.sources import ROOT, make_targets

(BUILD,) = documents("cloudbuild.yaml")
IMAGE = "gcr.io/demo-project/family-scheduler"
RECORD = '#!/bin/sh\necho "$(basename "$0") $*" >> "$CALLS"\n'


@pytest.mark.parametrize("name", ["cloudbuild.yaml", "gcloud/build.yaml"])
def test_it_is_a_build_file(name: str) -> None:
    checker = Path(sys.executable).parent / "check-jsonschema"
    command = [checker, "--builtin-schema", "vendor.cloudbuild", DEPLOY / name]
    subprocess.run(command, check=True, capture_output=True)


def test_nothing_is_deployed_that_was_not_tested_and_migrated() -> None:
    order = [step["id"] for step in BUILD["steps"]]
    assert order == ["test", "build", "push", "migrate", "deploy"]


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the PATH, with stand-ins for what the steps' containers bring."""
    for name in ("make", "docker", "gcloud"):
        (tmp_path / name).write_text(RECORD)
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    monkeypatch.setenv("PROJECT_ID", "demo-project")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return tmp_path


def asked(programs: Path) -> list[list[str]]:
    lines = (programs / "calls").read_text().splitlines()
    return [line.split() for line in lines if line != "docker info"]


def test_its_steps_run_as_cloud_build_runs_them(programs: Path) -> None:
    assert cloudbuild.run(for_real=True) == 0
    calls = asked(programs)
    assert [" ".join(words[:4]) for words in calls] == [
        "make test",
        f"docker build --tag {IMAGE}:{_commit()}",
        f"docker push --all-tags {IMAGE}",
        "gcloud run jobs deploy",
        "gcloud run deploy api-service",
        "gcloud run deploy agent-workers",
        "gcloud run services add-iam-policy-binding",
    ]
    assert calls[0][1] in make_targets()
    assert calls[1][-1] == "."
    assert all(f"--image={IMAGE}:{_commit()}" in words for words in calls[3:-1])


def test_here_nothing_leaves_the_machine(programs: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cloudbuild.run() == 0
    assert [words[:2] for words in asked(programs)] == [["make", "test"], ["docker", "build"]]
    told = capfd.readouterr().out
    for command in ("docker push", "gcloud run jobs deploy", "gcloud run deploy api-service"):
        assert command in told


def test_a_step_that_fails_is_the_last(programs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (programs / "make").write_text("#!/bin/sh\nexit 3\n")
    assert cloudbuild.run(for_real=True) == 3
    assert "test failed (3)" in capsys.readouterr().out
    assert not (programs / "calls").exists()


def test_without_an_engine_no_image_is_built(
    programs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (programs / "docker").write_text("#!/bin/sh\nexit 1\n")
    assert cloudbuild.run() == 0
    assert "build: left out, there is no docker that works here" in capsys.readouterr().out


def _commit() -> str:
    command = ["git", "rev-parse", "HEAD"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()
