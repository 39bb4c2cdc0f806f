"""What a call costs, by a table of prices."""

from __future__ import annotations

from collections.abc import Mapping

MICRO = 1_000_000
"""Money is counted in millionths of a US dollar: sums of tiny prices stay whole numbers."""

Prices = Mapping[str, tuple[float, float]]
"""US dollars for a million tokens, in and out, by the vendor's name of a model. For one that
counts no tokens but seconds of speech (whisper-1), for a million of those."""

USUAL: Prices = {
    "gpt-5-mini": (0.25, 2.00),
    "gpt-5-nano": (0.05, 0.40),
    "gpt-4o-mini": (0.15, 0.60),
    "claude-haiku-4-5": (1.00, 5.00),
    "gpt-4o-mini-transcribe": (3.00, 5.00),
    "whisper-1": (100.00, 0.00),
}
"""As published by the vendors in 2025; `LLM_PRICES` puts others in their place."""


def cost(prices: Prices, model: str, tokens_in: int, tokens_out: int) -> int:
    """Millionths of a dollar, rounded up; 0 for a model without a price (one of one's own)."""
    dear_in, dear_out = prices.get(model, (0.0, 0.0))
    # Dollars for a million tokens are millionths of a dollar for one.
    exact = tokens_in * dear_in + tokens_out * dear_out
    return int(exact) + (exact > int(exact))
