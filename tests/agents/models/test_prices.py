"""What a call costs."""

from __future__ import annotations

import pytest

from agents.models.prices import USUAL, cost


@pytest.mark.parametrize(
    ("model", "tokens", "micro_dollars"),
    [
        pytest.param("gpt-5-mini", (400, 100), 300, id="in and out"),
        pytest.param("gpt-5-mini", (1, 0), 1, id="rounded up"),
        pytest.param("gpt-5-mini", (0, 0), 0, id="nothing"),
        pytest.param("llama at home", (400, 100), 0, id="without a price"),
    ],
)
def test_cost(model: str, tokens: tuple[int, int], micro_dollars: int) -> None:
    assert cost(USUAL, model, *tokens) == micro_dollars
