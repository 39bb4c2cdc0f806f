"""What the house tests look at: the files of the project, as git sees them."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("scheduling", "agents", "storage", "reminders", "bot")


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or is about to be, in the repository; paths from its root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    return tuple(Path(name) for name in sorted(set(listed)) if name and (ROOT / name).is_file())


def python_files(*folders: str) -> list[Path]:
    """The Python files below the folders; all of them when none is named."""
    return [
        path
        for path in files()
        if path.suffix == ".py" and (not folders or path.parts[0] in folders)
    ]


@cache
def text(path: Path) -> str:
    """The text of a file; nothing for a file that is not text."""
    try:
        return (ROOT / path).read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def lines_matching(pattern: str, paths: list[Path] | tuple[Path, ...]) -> list[str]:
    """`path:number: line` for each line in which the pattern is found."""
    wanted = re.compile(pattern)
    return [
        f"{path}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(text(path).splitlines(), 1)
        if wanted.search(line)
    ]


def shell_blocks(path: Path) -> list[str]:
    """The commands shown in a document's ```sh blocks, continuations joined, comments dropped."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text(path), flags=re.MULTILINE | re.DOTALL)
    joined = "\n".join(blocks).replace("\\\n", " ")
    stripped = (re.sub(r"\s#.*$|^#.*$", "", line).strip() for line in joined.splitlines())
    return [line for line in stripped if line]


def make_targets() -> set[str]:
    """Targets of the Makefile that have a help line."""
    return set(re.findall(r"^([a-z-]+):.*## ", text(Path("Makefile")), flags=re.MULTILINE))
