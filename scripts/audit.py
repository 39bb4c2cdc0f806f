"""`make audit`: known vulnerabilities of what is installed (pip-audit), and its licences.

Returns 1 for a vulnerability or for a licence that is not allowed. Where the advisory service does
not answer, that half is left out with a sentence: no network is no finding.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts import licences

REQUIREMENTS = licences.ROOT / "requirements.txt"
SECONDS = 300

Ask = Callable[[str], str]
"""The text of a requirements file to what pip-audit prints about it."""


@dataclass(frozen=True, slots=True)
class Advice:
    """asked: how many packages the service knows. found: a line for each vulnerability."""

    asked: int
    found: tuple[str, ...] = ()


def advice(ask: Ask, requirements: str) -> Advice:
    """One package is asked about first: a service that does not know it, or does not answer, is
    asked about no other."""
    first, *_ = requirements.replace("\\\n", "").splitlines()
    return told(ask(requirements)) if told(ask(first)).asked else Advice(0)


def told(printed: str) -> Advice:
    """printed: pip-audit's JSON, or nothing where it could not reach the service."""
    try:
        packages: list[dict[str, Any]] = json.loads(printed)["dependencies"]
    except (ValueError, KeyError):
        return Advice(0)
    known = [each for each in packages if "vulns" in each]
    return Advice(
        len(known),
        tuple(
            f"{each['name']} {each['version']}: {vulnerability['id']}, {_mended(vulnerability)}"
            for each in known
            for vulnerability in each["vulns"]
        ),
    )


def _mended(vulnerability: dict[str, Any]) -> str:
    versions = ", ".join(vulnerability.get("fix_versions") or ())
    return f"mended in {versions}" if versions else "not mended yet"


def pip_audit(requirements: str) -> str:
    """Its JSON; empty where it fails. It looks at pins alone and installs nothing."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requirements.txt"
        file.write_text(requirements, "utf-8")
        command = [
            sys.executable,
            "-m",
            "pip_audit",
            "--requirement",
            str(file),
            "--format",
            "json",
        ]
        quiet = ["--no-deps", "--disable-pip", "--progress-spinner", "off"]
        try:
            done = subprocess.run(  # noqa: S603 - our own words
                [*command, *quiet], capture_output=True, text=True, timeout=SECONDS
            )
        except subprocess.TimeoutExpired:
            return ""
    return done.stdout


def main(ask: Ask = pip_audit) -> int:
    """Say what was found. Returns the exit code."""
    found = advice(ask, REQUIREMENTS.read_text("utf-8"))
    if not found.asked:
        print("Vulnerabilities were not looked up: the advisory service does not answer here.")
    else:
        print(f"{len(found.found)} known vulnerabilities in {found.asked} packages.")
    wrong = licences.check()
    print(*found.found, *wrong, sep="\n", end="\n" if found.found or wrong else "")
    if not wrong:
        print("Every licence is an allowed one.")
    return 1 if found.found or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
