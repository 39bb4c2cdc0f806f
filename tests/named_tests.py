"""Tests that a document names: whether each of them exists.

A document names a test as `tests/path/test_x.py::test_y` (parameters, in brackets, are left alone)
and a conversation script as `tests/scenarios/01-book.yaml`, both in backticks.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

_NAMED = re.compile(r"`(tests/[^`\s]+)`")


def named(document: Path) -> list[str]:
    """Everything below tests/ that it names, in its order."""
    return _NAMED.findall(document.read_text("utf-8"))


def missing(document: Path) -> list[str]:
    """What it names and does not exist; empty when all is well."""
    return [name for name in dict.fromkeys(named(document)) if not exists(name)]


def exists(name: str) -> bool:
    """Whether there is such a file, and in it such a test."""
    path, *inside = name.partition("[")[0].split("::")
    if not (ROOT / path).exists():
        return False
    return not inside or "::".join(inside) in _tests_of(path)


@cache
def _tests_of(path: str) -> Collection[str]:
    """`test_y`, and `TestX::test_y` for those in a class."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(_functions(tree.body)) | {
        f"{node.name}::{name}"
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        for name in _functions(node.body)
    }


def _functions(body: list[ast.stmt]) -> list[str]:
    return [
        node.name
        for node in body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test")
    ]
