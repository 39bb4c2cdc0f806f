"""The Dockerfile: clean by hadolint, and step for step what deploy/build.sh does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.deploy.reading import DEPLOY, instructions
from tests.house.sources import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
SCRIPT = (DEPLOY / "build.sh").read_text("utf-8")
ONLY_IN_AN_IMAGE = (
    "groupadd",
    "useradd",
    "chown",
    "mkdir -p /app/data",
    "apt-get",
    "rm -rf /var/lib",
)


def steps_of_the_image() -> list[str]:
    """Its commands and its copies of the project's files, in order."""
    found = []
    for _, word, rest in instructions(DOCKERFILE):
        if word == "RUN":
            found += [c.strip() for c in rest.split("&&")]
        elif word == "COPY" and not rest.startswith("--from"):
            found.append(f"copy {rest}")
    return [step for step in found if not step.startswith(ONLY_IN_AN_IMAGE)]


def steps_of_the_script() -> list[str]:
    """The same, after the functions and checks at its head."""
    body = SCRIPT.split("app/data\n", 1)[1]
    plain = body.replace('"$root"', "").replace('"$python"', "python")
    lines = [line.strip() for line in plain.splitlines()]
    return [line for line in lines if line and not line.startswith(("#", "cd "))]


def test_the_script_does_what_the_image_s_build_does() -> None:
    assert steps_of_the_image()
    assert steps_of_the_script() == steps_of_the_image()


def test_the_script_works_where_the_image_does() -> None:
    workdirs = [rest for _, word, rest in instructions(DOCKERFILE) if word == "WORKDIR"]
    assert re.findall(r'^cd "\$root"(\S+)', SCRIPT, re.MULTILINE) == workdirs


def test_the_installer_is_the_makefile_s() -> None:
    (used,) = re.findall(r"^UV := (\S+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert f"pip install {used}" in DOCKERFILE


def test_it_begins_as_the_deployment_document_has_it() -> None:
    told = instructions(DOCKERFILE)
    assert ("ARG", "PYTHON_VERSION=3.11") in [(word, rest) for _, word, rest in told]
    assert {r.split()[0] for _, w, r in told if w == "FROM"} == {"python:${PYTHON_VERSION}-slim"}
    assert "PIP_NO_CACHE_DIR=1" in DOCKERFILE
    assert [r for s, w, r in told if s == 1 and w == "WORKDIR"] == ["/app"]


def test_hadolint_finds_nothing() -> None:
    hadolint = Path(sys.executable).parent / "hadolint"
    done = subprocess.run(
        [hadolint, "--failure-threshold", "style", ROOT / "Dockerfile"],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_script_says_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "something").write_text("")
    for arguments, words in (([], "where"), ([str(tmp_path)], "not empty")):
        done = subprocess.run(
            [DEPLOY / "build.sh", *arguments], capture_output=True, text=True, check=False
        )
        assert done.returncode == 2
        assert words in done.stderr
