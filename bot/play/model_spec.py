"""The `model:` section of a script: what a scripted language model answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.play.counterparts.models import Models, Reply

PATIENT, THINKS_AT_MOST = 60.0, 5.0
"""Seconds a scripted model is waited for; the less where one never answers, which takes as long."""


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """provider: whose API it speaks. budget: US dollars for a family and its day."""

    provider: str
    replies: tuple[Reply, ...]
    budget: float | None = None

    @property
    def _never_answers(self) -> bool:
        return any(reply.fault == "timeout" for reply in self.replies)

    def settings(self, models: Models) -> dict[str, Any]:
        """What a service must be told to ask it."""
        found: dict[str, Any] = {
            "llm_provider": self.provider,
            "llm_timeout_seconds": THINKS_AT_MOST if self._never_answers else PATIENT,
            "openai_api_key": models.key,
            "openai_base_url": f"{models.base_url}/v1",
            "anthropic_api_key": models.key,
            "anthropic_base_url": models.base_url,
            "voice_api_key": models.key,
            "voice_base_url": f"{models.base_url}/v1",
            "voice_timeout_seconds": PATIENT,
        }
        return found if self.budget is None else {**found, "llm_daily_budget_usd": self.budget}
