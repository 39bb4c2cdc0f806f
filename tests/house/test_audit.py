"""`make audit`: what pip-audit says, and the licences of what the product is installed with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from email.message import Message
from importlib import metadata
from typing import Any

import pytest

from scripts import licences
from scripts.audit import REQUIREMENTS, Advice, advice, main, pip_audit
from scripts.licences import check, licence_of, objections, permitted

ALLOWED = ("MIT", "Apache-2.0", "MPL-2.0")


@pytest.mark.parametrize(
    ("expression", "fine"),
    [
        ("MIT", True),
        ("AGPL-3.0-only", False),
        ("MIT OR AGPL-3.0-only", True),
        ("MIT AND AGPL-3.0-only", False),
        ("MPL-2.0 AND (AGPL-3.0-only OR MIT)", True),
        ("(MIT OR Apache-2.0) AND (AGPL-3.0-only OR GPL-2.0-only)", False),
        ("GPL-2.0-only WITH Classpath-exception-2.0", False),
        ("(MIT", False),
        ("MIT MIT", False),
        ("", False),
    ],
)
def test_an_expression(expression: str, fine: bool) -> None:
    assert permitted(expression, ALLOWED) == fine


def says(**fields: Any) -> Any:
    """A package's metadata."""
    found = Message()
    for name, value in fields.items():
        for each in value if isinstance(value, list) else [value]:
            found[name.replace("_", "-")] = each
    return found


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (says(License_Expression="mit or apache-2.0"), "MIT OR Apache-2.0"),
        (says(Classifier=["License :: OSI Approved :: MIT License"], License="x"), "MIT"),
        (
            says(
                Classifier=[
                    "License :: OSI Approved :: MIT License",
                    "License :: OSI Approved :: Apache Software License",
                ]
            ),
            "MIT AND Apache-2.0",
        ),
        (
            says(
                Classifier=["License :: Something Else", "License :: OSI Approved :: MIT License"]
            ),
            None,
        ),
        (says(License="Apache-2.0"), "Apache-2.0"),
        (says(License="do as you please"), None),
        (says(), None),
    ],
)
def test_what_a_package_says(said: Any, read: str | None) -> None:
    assert licence_of(said) == read


def test_objections() -> None:
    known = {
        "fine": says(License="MIT"),
        "agpl": says(License_Expression="AGPL-3.0-or-later"),
        "silent": says(License="see the text"),
        "by-hand": says(),
    }

    def read(name: str) -> Any:
        if name not in known:
            raise metadata.PackageNotFoundError(name)
        return known[name]

    found = list(objections([*known, "gone"], ALLOWED, {"by-hand": "MIT", "agpl": "MIT"}, read))
    assert [line.split()[0] for line in found] == ["agpl", "silent", "gone"]


def test_every_licence_of_the_locked_set_is_allowed() -> None:
    assert check() == []


def report(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": list(packages), "fixes": []})


CLEAN = {"name": "aiohttp", "version": "1", "vulns": []}
HOLED = {"name": "h11", "version": "2", "vulns": [{"id": "CVE-1", "fix_versions": ["2.1"]}]}
UNKNOWN = {"name": "aiohttp", "skip_reason": "Dependency not found"}


class Asked:
    """Prints one thing after another."""

    def __init__(self, *printed: str) -> None:
        self._printed: Iterator[str] = iter(printed)
        self.requirements: list[str] = []

    def __call__(self, requirements: str) -> str:
        self.requirements.append(requirements)
        return next(self._printed)


@pytest.mark.parametrize("printed", ["", "no JSON", report(UNKNOWN), "{}"])
def test_a_service_that_does_not_answer_is_asked_once_and_is_no_finding(
    printed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = Asked(printed)
    assert main(asked) == 0
    assert len(asked.requirements) == 1
    assert asked.requirements[0].count("==") == 1
    assert "were not looked up" in capsys.readouterr().out


def test_a_vulnerability_is_told_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    asked = Asked(report(CLEAN), report(CLEAN, HOLED))
    assert main(asked) == 1
    assert asked.requirements[1] == REQUIREMENTS.read_text("utf-8")
    told = capsys.readouterr().out
    assert "1 known vulnerabilities in 2 packages" in told
    assert "h11 2: CVE-1, mended in 2.1" in told


def test_none_is_fine(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(Asked(report(CLEAN), report(CLEAN))) == 0
    assert "Every licence is an allowed one." in capsys.readouterr().out


def test_a_licence_that_is_not_allowed_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences, "check", lambda: ["x is under AGPL"])
    assert main(Asked(report(CLEAN), report(CLEAN))) == 1


def test_no_known_vulnerability() -> None:
    found = advice(pip_audit, REQUIREMENTS.read_text("utf-8"))
    if found == Advice(0):
        pytest.skip("the advisory service does not answer here")
    assert found.found == ()
