"""docs/security.md: no line without a test, and no test that is not there."""

from __future__ import annotations

import re

from tests.house.sources import ROOT
from tests.named_tests import missing

PAGE = ROOT / "docs" / "security.md"
LINES = re.findall(r"^\| (.+?) \| (.+?) \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
THREATS = [line for line in LINES if line[0] not in ("could", "---")]
ACTORS = ("An outsider", "A child", "Another family", "A flyer", "A stolen token", "A leaked")


def test_every_line_has_a_test() -> None:
    assert len(THREATS) >= 35
    assert [could for could, _, shown in THREATS if not re.match(r"`tests/\S+`", shown)] == []


def test_every_test_that_it_names_exists() -> None:
    assert missing(PAGE) == []


def test_everyone_who_could_do_harm_is_there() -> None:
    headings = re.findall(r"^## (.+)$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert [a for a in ACTORS if not any(h.startswith(a) for h in headings)] == []
