"""The API under what its description allows and forbids: `make fuzz`, with a few of each kind."""

from __future__ import annotations

from scripts import fuzz_api


def test_a_few_requests_of_each_kind_find_nothing() -> None:
    assert fuzz_api.run(examples=3) == 0
