"""Bookings in the many ways one family words them; every slot that is read is listed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.scheduling.language.rivera import check

LINES = Path(__file__).with_name("bookings.jsonl").read_text("utf-8").splitlines()
CASES = [json.loads(line) for line in LINES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_booking_is_read_whole(case: dict[str, Any]) -> None:
    check(case["text"], case["items"])
