"""The language models of the settings, put together when the first one is needed.

Nothing of a vendor is imported before, so that a process that reads no message, or a family
without a model, pays nothing for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from agents.models.port import LanguageModel
from agents.models.prices import MICRO, USUAL
from agents.state import Request, Tools
from agents.understanding import Models, understand
from bot.settings import Settings
from scheduling.language.worded import Worded

CHEAP = {"openai": "gpt-5-mini", "anthropic": "claude-haiku-4-5"}
"""Reading words is easy work for a model."""


class Understanding:
    """`Tools.words`. One client a process for each model that is named."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._models: Models | None = None
        self._opening = asyncio.Lock()

    async def __call__(self, request: Request, tools: Tools) -> Sequence[Worded]:
        return await understand(request, tools, self._open)

    async def _open(self) -> Models:
        async with self._opening:
            # Importing a vendor's client takes seconds; other families go on meanwhile.
            if self._models is None:
                self._models = await asyncio.to_thread(open_models, self._settings)
            return self._models


def understanding(settings: Settings) -> Understanding | None:
    """None where no model is configured."""
    return None if settings.llm_provider == "none" else Understanding(settings)


def open_models(settings: Settings) -> Models:
    """Raises ValueError where a key is missing."""
    named = {"": CHEAP[settings.llm_provider], **settings.llm_models}
    clients = {name: _client(name, settings) for name in set(named.values())}
    return Models(
        {agent: clients[name] for agent, name in named.items()},
        {**USUAL, **settings.llm_prices},
        round(settings.llm_daily_budget_usd * MICRO),
    )


def _client(name: str, settings: Settings) -> LanguageModel:
    from agents.models.chat_model import ChatModel, anthropic_model, openai_model

    seconds = settings.llm_timeout_seconds
    if settings.llm_provider == "openai":
        key, make, base = settings.openai_api_key, openai_model, settings.openai_base_url
    else:
        key, make, base = settings.anthropic_api_key, anthropic_model, settings.anthropic_base_url
    if key is None:
        raise ValueError(f"LLM_PROVIDER={settings.llm_provider} needs its API key")
    return ChatModel(name, make(name, key, base, seconds), seconds)
