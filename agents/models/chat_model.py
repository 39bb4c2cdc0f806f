"""OpenAI and Anthropic through LangChain. Imported only where a model is configured."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import Any

from langchain_anthropic import ChatAnthropic
from langchain_core.exceptions import (
    ContextOverflowError,
    ModelAuthenticationError,
    ModelPermissionDeniedError,
    ModelRateLimitError,
    ModelRefusalError,
    ModelTimeoutError,
    OutputParserException,
)
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from pydantic import SecretStr, ValidationError

from agents.models.port import ModelFailed, Read, Shown, ToRead, Trouble
from agents.models.words_schema import INSTRUCTIONS, SHOWN, Items

MOST_TOKENS = 1500
"""Of an answer: a message with a dozen plans fits."""
MOST_ITEMS = 12

_TROUBLES: tuple[tuple[type[Exception], Trouble], ...] = (
    (ModelRefusalError, "refused"),
    (ContextOverflowError, "too_long"),
    (ModelTimeoutError, "timeout"),
    (TimeoutError, "timeout"),
    (ModelRateLimitError, "rate_limited"),
    (ModelAuthenticationError, "unauthorised"),
    (ModelPermissionDeniedError, "unauthorised"),
    (ValidationError, "malformed"),
    (OutputParserException, "malformed"),
)


def openai_model(name: str, key: SecretStr, base_url: str, seconds: float) -> BaseChatModel:
    """Any server that speaks OpenAI's chat completions. seconds: for a whole answer."""
    return ChatOpenAI(
        model=name,
        api_key=key,
        base_url=base_url,
        timeout=seconds,
        max_retries=0,
        max_completion_tokens=MOST_TOKENS,
        use_responses_api=False,
    )


def anthropic_model(name: str, key: SecretStr, base_url: str, seconds: float) -> BaseChatModel:
    return ChatAnthropic(  # type: ignore[call-arg]  # its fields go by their aliases
        model_name=name,
        api_key=key,
        base_url=base_url,
        timeout=seconds,
        max_retries=0,
        max_tokens_to_sample=MOST_TOKENS,
    )


class ChatModel:
    """`LanguageModel`. One try and no more: the grammar stands by, and somebody is waiting."""

    def __init__(self, name: str, model: BaseChatModel, seconds: float) -> None:
        self.name = name
        self._structured = model.with_structured_output(
            Items, method="json_schema", include_raw=True
        )
        self._seconds = seconds

    async def read(self, asked: ToRead) -> Read:
        messages = [SystemMessage(_instructions(asked)), _question(asked)]
        try:
            async with asyncio.timeout(self._seconds):
                answer: Any = await self._structured.ainvoke(messages)
        except Exception as error:  # Any: whatever the vendor's client raises, the family goes on.
            raise ModelFailed(_trouble(error)) from None
        return _read(answer)


def _instructions(asked: ToRead) -> str:
    return f"{INSTRUCTIONS}\n{SHOWN}" if asked.shown else INSTRUCTIONS


def _question(asked: ToRead) -> HumanMessage:
    if asked.shown is None:
        return HumanMessage(as_told(asked))
    told = {"type": "text", "text": as_told(asked)}
    return HumanMessage(content=[_block(asked.shown), told])


def _block(shown: Shown) -> dict[str, str]:
    """LangChain's own words for a file, which it puts into each vendor's."""
    block = {
        "type": "image" if shown.media_type.startswith("image/") else "file",
        "base64": base64.b64encode(shown.content).decode(),
        "mime_type": shown.media_type,
    }
    return block if block["type"] == "image" else {**block, "filename": shown.name}


def as_told(asked: ToRead) -> str:
    """What the model is given, as one JSON object: nothing in it can end it early."""
    told = {
        "family": list(asked.people),
        "writer": asked.sender,
        "things": list(asked.resources),
        "events": list(asked.titles),
        "earlier": list(asked.before),
        "message": asked.text,
    }
    return json.dumps(told, ensure_ascii=False)


def _read(answer: Any) -> Read:
    raw, parsed = answer["raw"], answer["parsed"]
    tokens = _tokens(raw)
    if isinstance(raw, AIMessage) and _refused(raw):
        raise ModelFailed("refused", *tokens)
    if not isinstance(parsed, Items) or len(parsed.items) > MOST_ITEMS:
        raise ModelFailed("malformed", *tokens)
    return Read(tuple(item.worded() for item in parsed.items), *tokens)


def _refused(raw: AIMessage) -> bool:
    """OpenAI says why in a field of its own, Anthropic how it stopped."""
    stopped = raw.response_metadata.get("stop_reason") == "refusal"
    return stopped or bool(raw.additional_kwargs.get("refusal"))


def _tokens(raw: Any) -> tuple[int, int]:
    usage = raw.usage_metadata if isinstance(raw, AIMessage) else None
    return (usage["input_tokens"], usage["output_tokens"]) if usage else (0, 0)


def _trouble(error: Exception) -> Trouble:
    # OpenAI's code says it where the words of the error do not.
    if getattr(error, "code", None) == "context_length_exceeded":
        return "too_long"
    return next((name for kind, name in _TROUBLES if isinstance(error, kind)), "unavailable")
