"""The container image: what the Dockerfile copies exists, and the wheel holds what runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.house.sources import PACKAGES, ROOT, files, text

DOCKERFILE = text(Path("Dockerfile")).replace("\\\n", " ")
STAGES = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]


def copied() -> list[str]:
    """Sources of COPY that come from the project."""
    lines = re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, flags=re.MULTILINE)
    return [source for line in lines for source in line.split()[:-1]]


def in_context(path: Path) -> bool:
    """Does .dockerignore let the path through? The last rule that matches decides."""
    kept = True
    for rule in text(Path(".dockerignore")).splitlines():
        pattern = rule.lstrip("!").rstrip("/")
        if not rule or rule.startswith("#"):
            continue
        names = [path.as_posix(), *(parent.as_posix() for parent in path.parents)]
        if any(fnmatch(name, pattern) for name in names if name != "."):
            kept = rule.startswith("!")
    return kept


@pytest.mark.parametrize("source", copied())
def test_what_is_copied_exists_and_is_in_the_context(source: str) -> None:
    assert (ROOT / source).exists()
    assert in_context(Path(source))


@pytest.mark.parametrize(
    "path", [".env", "data/family.db", ".git/config", "tests/house/test_image.py", ".venv/bin/pip"]
)
def test_what_is_private_or_not_needed_stays_outside(path: str) -> None:
    assert not in_context(Path(path))


def test_every_package_is_copied() -> None:
    assert {f"{name}/" for name in PACKAGES} <= set(copied())


def test_requirements_are_a_layer_of_their_own_before_the_sources() -> None:
    order = [source for source in copied() if source in ("requirements.txt", "scheduling/")]
    assert order == ["requirements.txt", "scheduling/"]
    assert "--require-hashes" in STAGES[0]


def test_the_image_that_runs() -> None:
    final = STAGES[-1]
    assert re.search(r"^USER (?!root|0)\w+", final, flags=re.MULTILINE)
    assert "HEALTHCHECK" in final
    assert "/health" in final
    assert "family-scheduler migrate && exec family-scheduler serve" in final
    assert "compileall" in STAGES[0]


def test_no_secret_is_baked_in() -> None:
    assert re.findall(r"^(?:ENV|ARG).*(?:TOKEN|SECRET|PASSWORD|_KEY).*$", DOCKERFILE, re.M) == []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel built from a copy of the project's files."""
    source = tmp_path_factory.mktemp("source")
    for path in files():
        if path.parts[0] in (*PACKAGES, "pyproject.toml", "README.md", "LICENSE"):
            (source / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, source / path)
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel"],
        cwd=source,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    (archive,) = (source / "dist").glob("*.whl")
    return set(zipfile.ZipFile(archive).namelist())


def test_the_wheel_holds_every_file_of_every_package(wheel: set[str]) -> None:
    wanted = {path.as_posix() for path in files() if path.parts[0] in PACKAGES}
    assert wanted - wheel == set()
    assert any(name.startswith("storage/migrations/versions/") for name in wheel)


def test_the_wheel_holds_nothing_else(wheel: set[str]) -> None:
    assert {name.split("/")[0] for name in wheel if ".dist-info" not in name} == set(PACKAGES)


def test_the_wheel_brings_the_command(wheel: set[str]) -> None:
    assert any(name.endswith(".dist-info/entry_points.txt") for name in wheel)
