"""`python -m scripts.cloudbuild`: the steps of deploy/cloudbuild.yaml here, in their order.

Cloud Build runs each step in a container; here each is run by the program its container brings, or
is left out, and said to be, where there is no such program. What reaches out of this machine is
printed and not run, unless --for-real is given. Ends at the first step that fails.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
FILE = ROOT / "deploy/cloudbuild.yaml"
PROGRAMS = {"docker": "docker", "python": "bash", "cloud-sdk": "gcloud"}
"""What a step's image brings, by the last part of its name."""


def run(*, for_real: bool = False) -> int:
    """The exit code of the step that failed, or 0."""
    build = yaml.safe_load(FILE.read_text("utf-8"))
    chosen = _chosen(build["substitutions"])
    for step in build["steps"]:
        program = PROGRAMS[step["name"].rpartition("/")[2].partition(":")[0]]
        command = [step.get("entrypoint", program), *(_filled(w, chosen) for w in step["args"])]
        given = dict(_filled(pair, chosen).split("=", 1) for pair in step.get("env", ()))
        if not for_real and command[:2] == ["docker", "push"]:
            _say(f"{step['id']}: {shlex.join(command)}")
            continue
        if not for_real and program == "gcloud":
            command.insert(2, "--dry-run")
        elif not _works(program):
            _say(f"{step['id']}: left out, there is no {program} that works here")
            continue
        _say(f"{step['id']}:")
        if code := _step(command, given):
            _say(f"{step['id']} failed ({code})")
            return code
    return 0


def _chosen(substitutions: dict[str, str]) -> dict[str, str]:
    """Cloud Build's own, then the file's; one in the environment wins."""
    words = ["git", "rev-parse", "HEAD"]
    head = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603
    found = {"PROJECT_ID": os.environ.get("PROJECT_ID", "local"), "COMMIT_SHA": head.strip()}
    for name, value in substitutions.items():
        found[name] = os.environ.get(name, _filled(value, found))
    return found


def _filled(words: str, chosen: dict[str, str]) -> str:
    """Raises KeyError for a substitution that does not exist."""
    return re.sub(r"\$\{(\w+)\}", lambda match: chosen[match[1]], words)


def _works(program: str) -> bool:
    """Docker's client alone builds nothing: it needs its engine."""
    if shutil.which(program) is None:
        return False
    return program != "docker" or _step(["docker", "info"], {}, quiet=True) == 0


def _step(command: list[str], given: dict[str, str], *, quiet: bool = False) -> int:
    told = subprocess.DEVNULL if quiet else None
    return subprocess.run(  # noqa: S603 - the project's own file
        command, cwd=ROOT, env={**os.environ, **given}, check=False, stdout=told, stderr=told
    ).returncode


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    sys.exit(run(for_real=sys.argv[1:] == ["--for-real"]))
