"""docs/checklist.md has every row, and what a row names exists."""

from __future__ import annotations

import re

from tests.house.sources import ROOT, make_targets
from tests.named_tests import missing

PAGE = ROOT / "docs" / "checklist.md"
ROWS = re.findall(r"^\| (\d+) \| (.+?) \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)


def test_it_has_every_row_once() -> None:
    assert [int(number) for number, _, _ in ROWS] == list(range(1, 161))


def test_every_test_that_it_names_exists() -> None:
    assert missing(PAGE) == []


def test_every_page_and_target_that_it_names_exists() -> None:
    text = PAGE.read_text("utf-8")
    assert [p for p in re.findall(r"`(docs/[^`]+)`", text) if not (ROOT / p).exists()] == []
    assert set(re.findall(r"`make ([a-z-]+)`", text)) <= make_targets()


def test_each_row_says_how_or_why_not() -> None:
    proof = re.compile(r"`[^`]+`|rows? \d|not (applicable|built|planned|measured)")
    assert [number for number, _, shown in ROWS if not proof.search(shown)] == []
