"""docs/decisions: numbered in a row, each with its four parts, every dependency accounted for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.house.sources import ROOT, files, text

RECORDS = [path for path in files() if path.parent == Path("docs/decisions")]
PARTS = ["Context", "Decision", "Consequences", "Alternatives"]


def test_they_are_numbered_in_a_row() -> None:
    numbers = [int(path.name.split("-")[0]) for path in RECORDS]
    assert numbers == list(range(1, len(RECORDS) + 1))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_has_its_parts_on_one_page(path: Path) -> None:
    assert re.findall(r"^## (\w+)$", text(path), flags=re.MULTILINE) == PARTS
    assert len(text(path).splitlines()) <= 80


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    names = [Requirement(line).name for line in project["project"]["dependencies"]]
    (record,) = [path for path in RECORDS if "dependencies" in path.name]
    assert [name for name in names if f"`{name}`" not in text(record)] == []
