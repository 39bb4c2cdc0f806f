"""The licence of every package that the product is installed with, held against what is allowed.

`[tool.licences]` in pyproject.toml lists the allowed ones by their SPDX names. A licence is read
from what a package says of itself: its SPDX expression, else its classifiers, else its short
licence line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from importlib import metadata
from pathlib import Path

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]

CLASSIFIED = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""Classifiers that mean one SPDX licence, or (BSD) one of some that are as free."""


def runtime_packages(requirements: str) -> list[str]:
    """Names in a pinned requirements file, those for other platforms left out."""
    lines = [line.split(" --hash")[0] for line in requirements.replace("\\\n", " ").splitlines()]
    found = [Requirement(line.strip()) for line in lines if line.strip()]
    return [r.name for r in found if r.marker is None or r.marker.evaluate()]


def licence_of(package: metadata.PackageMetadata) -> str | None:
    """As an SPDX expression; None where it says none that we can read. Of several classifiers all
    count: which of them may be chosen they do not say."""
    if "License-Expression" in package:
        return _spdx(package["License-Expression"])
    classifiers = [c for c in package.get_all("Classifier") or [] if c.startswith("License ::")]
    names = [CLASSIFIED.get(each.rpartition(" :: ")[2]) for each in classifiers]
    if names:
        return " AND ".join(name for name in names if name) if all(names) else None
    return _spdx(package["License"]) if "License" in package else None


def _spdx(said: str) -> str | None:
    try:
        return str(canonicalize_license_expression(said))
    except InvalidLicenseExpression:
        return None


def permitted(expression: str, allowed: Collection[str]) -> bool:
    """Whether an SPDX expression can be fulfilled: of OR one side, of AND both. "X WITH Y" is one
    licence of its own."""
    words = re.findall(r"[()]|[^\s()]+(?: WITH [^\s()]+)?", expression)
    value, rest = _either(words, allowed)
    return value and not rest


def _either(words: list[str], allowed: Collection[str]) -> tuple[bool, list[str]]:
    value, rest = _both(words, allowed)
    while rest and rest[0] == "OR":
        other, rest = _both(rest[1:], allowed)
        value = value or other
    return value, rest


def _both(words: list[str], allowed: Collection[str]) -> tuple[bool, list[str]]:
    value, rest = _one(words, allowed)
    while rest and rest[0] == "AND":
        other, rest = _one(rest[1:], allowed)
        value = value and other
    return value, rest


def _one(words: list[str], allowed: Collection[str]) -> tuple[bool, list[str]]:
    if not words:
        return False, []
    if words[0] == "(":
        value, rest = _either(words[1:], allowed)
        return value and rest[:1] == [")"], rest[1:]
    return words[0] in allowed, words[1:]


def objections(
    packages: Collection[str],
    allowed: Collection[str],
    by_hand: Mapping[str, str],
    read: Callable[[str], metadata.PackageMetadata] = metadata.metadata,
) -> Iterator[str]:
    """What is wrong, a sentence a package. by_hand: licences of packages that say theirs only in
    their text; whoever states it in a form that can be read is believed instead."""
    for name in packages:
        try:
            said = licence_of(read(name)) or by_hand.get(name)
        except metadata.PackageNotFoundError:
            yield f"{name} is not installed, so its licence cannot be read."
            continue
        if said is None:
            yield f"{name} states no licence that can be read; look it up, then name it by hand."
        elif not permitted(said, allowed):
            yield f"{name} is under {said}, which is not allowed."


def check() -> list[str]:
    """What is wrong with the locked runtime set, as it is installed here."""
    chosen = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["licences"]
    packages = runtime_packages((ROOT / "requirements.txt").read_text("utf-8"))
    return list(objections(packages, chosen["allowed"], chosen["by-hand"]))
