"""Speech to text through OpenAI's audio endpoint, or any server that speaks it (whisper.cpp,
faster-whisper). Imported only where voice messages are switched on.

Source: "Create transcription" of OpenAI's API reference.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from openai import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AsyncOpenAI,
    AuthenticationError,
    BadRequestError,
    PermissionDeniedError,
    RateLimitError,
)
from pydantic import SecretStr

from agents.models.port import ModelFailed, Read, Shown, Trouble

MOST_NAMES = 40
"""Of a prompt, which the endpoint cuts at 224 tokens."""

_TROUBLES: tuple[tuple[type[Exception], Trouble], ...] = (
    (TimeoutError, "timeout"),
    (APITimeoutError, "timeout"),
    (RateLimitError, "rate_limited"),
    (AuthenticationError, "unauthorised"),
    (PermissionDeniedError, "unauthorised"),
    (BadRequestError, "malformed"),
    (APIConnectionError, "unavailable"),
    (APIStatusError, "unavailable"),
)


class OpenAITranscriber:
    """`Transcriber`. One try: whoever spoke can say it again sooner than a queue comes round."""

    def __init__(self, name: str, key: SecretStr, base_url: str, seconds: float) -> None:
        self.name = name
        self._seconds = seconds
        self._client = AsyncOpenAI(
            api_key=key.get_secret_value(), base_url=base_url, timeout=seconds, max_retries=0
        )

    async def transcribe(self, spoken: Shown, names: Sequence[str]) -> Read:
        try:
            async with asyncio.timeout(self._seconds):
                said = await self._client.audio.transcriptions.create(
                    model=self.name,
                    file=(spoken.name, spoken.content, spoken.media_type),
                    prompt=", ".join(names[:MOST_NAMES]),
                )
        except Exception as error:  # Any: whatever the vendor's client raises, the family goes on.
            raise ModelFailed(_trouble(error)) from None
        if not isinstance(said.text, str):
            raise ModelFailed("malformed")
        tokens_in, tokens_out = _spent(said)
        return Read((), tokens_in, tokens_out, said.text.strip())

    async def close(self) -> None:
        await self._client.close()


def _spent(said: Any) -> tuple[int, int]:
    """Tokens, or seconds where the model counts those; a server of one's own counts nothing."""
    usage = getattr(said, "usage", None)
    if usage is None:
        return 0, 0
    if usage.type == "duration":
        return round(usage.seconds), 0
    return usage.input_tokens, usage.output_tokens


def _trouble(error: Exception) -> Trouble:
    return next((name for kind, name in _TROUBLES if isinstance(error, kind)), "unavailable")
