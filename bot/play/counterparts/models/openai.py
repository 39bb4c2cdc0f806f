"""OpenAI's chat completions: answers and errors."""

from __future__ import annotations

from typing import Any

from bot.play.counterparts.models.replies import Fault, Reply

ERRORS: dict[Fault | None, tuple[int, str, str | None, str]] = {
    "unauthorised": (
        401,
        "invalid_request_error",
        "invalid_api_key",
        "Incorrect API key provided.",
    ),
    "rate_limited": (429, "requests", "rate_limit_exceeded", "Rate limit reached for requests."),
    "unavailable": (500, "server_error", None, "The server had an error."),
    "too_long": (
        400,
        "invalid_request_error",
        "context_length_exceeded",
        "This model's maximum context length is 128000 tokens.",
    ),
}
"""status, type, code, message."""


def error(fault: Fault | None) -> tuple[int, dict[str, Any], dict[str, str]]:
    status, kind, code, words = ERRORS[fault]
    body = {"error": {"message": words, "type": kind, "param": None, "code": code}}
    return status, body, {"retry-after": "20"} if status == 429 else {}


def invalid(words: str) -> tuple[int, dict[str, Any], dict[str, str]]:
    told = {"message": words, "type": "invalid_request_error", "param": None, "code": None}
    return 400, {"error": told}, {}


def strange_part(content: Any) -> str | None:
    """The type of a part of a message that the endpoint does not take."""
    for part in content if isinstance(content, list) else ():
        match part:
            case {"type": "text", "text": str()}:
                pass
            case {"type": "image_url", "image_url": {"url": str(url)}} if url.startswith("data:"):
                pass
            case {"type": "file", "file": {"file_data": str(), "filename": str()}}:
                pass
            case _:
                return str(part.get("type"))
    return None


def completion(asked: dict[str, Any], reply: Reply, fault: Fault | None) -> dict[str, Any]:
    content: str | None = reply.content
    refusal = None
    if fault == "refused":
        content, refusal = None, "I can't help with that."
    elif fault == "malformed":
        content = '{"items": [{"kind": "create", "title": '
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1772636400,
        "model": asked["model"],
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content, "refusal": refusal},
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 400, "completion_tokens": 100, "total_tokens": 500},
    }
