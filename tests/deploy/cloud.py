"""A `gcloud` on the PATH that writes down what deploy/gcloud.sh asks of it."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.deploy.reading import DEPLOY
from tests.house.sources import ROOT

PROJECT = "demo-project"
AUTH = "marker-of-redis"
REDIS_HOST = "10.0.0.3"

FAKE = f"""#!{sys.executable}
import json, os, pathlib, stat, sys
words = sys.argv[1:]
call = {{"words": words, "stdin": "", "file": "", "mode": 0}}
if "--data-file=-" in words:
    call["stdin"] = sys.stdin.read()
for word in words:
    if word.startswith("--flags-file="):
        path = pathlib.Path(word.partition("=")[2])
        call["file"], call["mode"] = path.read_text(), stat.S_IMODE(path.stat().st_mode)
with open(os.environ["CALLS"], "a") as calls:
    calls.write(json.dumps(call) + "\\n")
if words[:2] == ["secrets", "describe"]:
    sys.exit(1)
if words[:3] == ["redis", "instances", "describe"]:
    print("{REDIS_HOST}")
if words[:3] == ["redis", "instances", "get-auth-string"]:
    print("{AUTH}")
"""


@dataclass(frozen=True)
class Call:
    """words: as they follow `gcloud`. stdin: what a secret was given. file, mode: what a file of
    flags held, and who could read it."""

    words: list[str]
    stdin: str = ""
    file: str = ""
    mode: int = 0

    def flag(self, name: str) -> str:
        """The value of --name=value."""
        (value,) = [w.partition("=")[2] for w in self.words if w.partition("=")[0] == f"--{name}"]
        return value

    def begins(self, words: str) -> bool:
        return self.words[: len(words.split())] == words.split()


@dataclass(frozen=True)
class Told:
    """What the script came to."""

    code: int
    out: str
    err: str
    calls: list[Call]

    def call(self, words: str) -> Call:
        """The one that begins so."""
        (found,) = [call for call in self.calls if call.begins(words)]
        return found


def gcloud_sh(folder: Path, *words: str, stdin: str = "", **environment: str) -> Told:
    """Runs deploy/gcloud.sh with that gcloud, and no other."""
    program, calls = folder / "gcloud", folder / "calls"
    program.write_text(FAKE)
    program.chmod(0o755)
    calls.write_text("")
    chosen = {"PROJECT_ID": PROJECT, "CALLS": str(calls), "PATH": f"{folder}:{os.environ['PATH']}"}
    done = subprocess.run(
        [DEPLOY / "gcloud.sh", *words],
        cwd=ROOT,
        env={**os.environ, **chosen, **environment},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    found = [Call(**json.loads(line)) for line in calls.read_text().splitlines()]
    return Told(done.returncode, done.stdout, done.stderr, found)


def printed(told: Told) -> list[Call]:
    """The commands of a dry run."""
    lines = [shlex.split(line) for line in told.out.splitlines()]
    assert all(line[0] == "gcloud" for line in lines)
    return [Call(line[1:]) for line in lines]
