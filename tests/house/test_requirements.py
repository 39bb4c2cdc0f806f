"""requirements*.txt: pinned, hashed, without addresses, in step with pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.sources import ROOT, text

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUNTIME, DEVELOPMENT = Path("requirements.txt"), Path("requirements-dev.txt")


def entries(path: Path) -> list[str]:
    """One string a requirement, its hashes included."""
    return [line for line in text(path).replace("\\\n", " ").splitlines() if line.strip()]


def pins(path: Path) -> dict[str, str]:
    """Name → version of what is installed on this interpreter and platform."""
    required = [Requirement(entry.split("--hash")[0].strip()) for entry in entries(path)]
    return {
        canonicalize_name(r.name): str(r.specifier).removeprefix("==")
        for r in required
        if r.marker is None or r.marker.evaluate()
    }


@pytest.mark.parametrize("path", [RUNTIME, DEVELOPMENT], ids=str)
def test_every_entry_is_pinned_and_hashed(path: Path) -> None:
    shape = re.compile(r"[a-z0-9._-]+==[^\s;]+( ;[^\\]+?)?(\s+--hash=sha256:[0-9a-f]{64})+")
    assert [entry for entry in entries(path) if not shape.fullmatch(entry.strip())] == []


@pytest.mark.parametrize("path", [RUNTIME, DEVELOPMENT], ids=str)
def test_no_address_is_in_it(path: Path) -> None:
    assert re.findall(r"\S+://\S+|--index\S*|--find-links\S*|--extra\S*", text(path)) == []


@pytest.mark.parametrize(
    ("path", "required"),
    [
        (RUNTIME, PROJECT["project"]["dependencies"]),
        (DEVELOPMENT, PROJECT["dependency-groups"]["dev"]),
    ],
    ids=["runtime", "development"],
)
def test_what_pyproject_asks_for_is_pinned_within_its_bounds(
    path: Path, required: list[str]
) -> None:
    pinned = pins(path)
    wrong = [
        line
        for line in required
        if (version := pinned.get(canonicalize_name(Requirement(line).name))) is None
        or not Requirement(line).specifier.contains(version)
    ]
    assert wrong == [], "run `make lock`"


def test_people_run_what_the_tests_ran_on() -> None:
    development = pins(DEVELOPMENT)
    assert {n: v for n, v in pins(RUNTIME).items() if development.get(n) != v} == {}


def test_this_environment_is_the_pinned_one() -> None:
    installed: dict[str, str] = {
        canonicalize_name(d.metadata["Name"]): d.version for d in metadata.distributions()
    }
    assert {n: v for n, v in pins(DEVELOPMENT).items() if installed.get(n) != v} == {}


def test_nothing_for_development_is_installed_for_people() -> None:
    development_only = {
        canonicalize_name(Requirement(line).name) for line in PROJECT["dependency-groups"]["dev"]
    }
    assert development_only & set(pins(RUNTIME)) == set()
