"""The language models of the settings, put together when the first one is needed.

Nothing of a vendor is imported before, so that a process that reads no message, or a family
without a model, pays nothing for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from agents.metering import Meter, Models
from agents.models.port import LanguageModel, Transcriber
from agents.models.prices import MICRO, USUAL
from agents.senses import Senses
from agents.state import Request, Tools
from agents.understanding import understand
from bot.settings import Settings
from scheduling.language.worded import Worded

Words = Callable[[Request, Tools], Awaitable[Sequence[Worded]]]

CHEAP = {"openai": "gpt-5-mini", "anthropic": "claude-haiku-4-5"}
"""Reading words is easy work for a model."""


class Opening:
    """One client a process for each model that is named, made when the first one is needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._models: Models | None = None
        self._opening = asyncio.Lock()

    async def __call__(self) -> Models:
        async with self._opening:
            # Importing a vendor's client takes seconds; other families go on meanwhile.
            if self._models is None:
                self._models = await asyncio.to_thread(open_models, self._settings)
            return self._models

    async def close(self) -> None:
        if self._models is not None and self._models.transcriber is not None:
            await self._models.transcriber.close()


def words_of(settings: Settings, meter: Meter) -> Words | None:
    """`Tools.words`; None where no model is configured."""
    if settings.llm_provider == "none":
        return None

    async def words(request: Request, tools: Tools) -> Sequence[Worded]:
        return await understand(request, tools, meter)

    return words


def senses_of(settings: Settings, meter: Meter) -> Senses:
    return Senses(
        meter,
        hears=settings.voice_api_key is not None,
        sees=settings.llm_provider != "none",
    )


def open_models(settings: Settings) -> Models:
    """Raises ValueError where a key is missing."""
    reading = settings.llm_provider != "none"
    named = {"": CHEAP[settings.llm_provider], **settings.llm_models} if reading else {}
    clients = {name: _client(name, settings) for name in set(named.values())}
    return Models(
        {agent: clients[name] for agent, name in named.items()},
        {**USUAL, **settings.llm_prices},
        round(settings.llm_daily_budget_usd * MICRO),
        _transcriber(settings),
    )


def _transcriber(settings: Settings) -> Transcriber | None:
    if settings.voice_api_key is None:
        return None
    from agents.models.transcriber import OpenAITranscriber

    return OpenAITranscriber(
        settings.voice_model,
        settings.voice_api_key,
        settings.voice_base_url,
        settings.voice_timeout_seconds,
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
