"""Anthropic's messages: answers and errors."""

from __future__ import annotations

from typing import Any

from bot.play.counterparts.models.replies import Fault, Reply

ERRORS: dict[Fault | None, tuple[int, str, str]] = {
    "unauthorised": (401, "authentication_error", "invalid x-api-key"),
    "rate_limited": (429, "rate_limit_error", "This request would exceed your rate limit."),
    "unavailable": (529, "overloaded_error", "Overloaded"),
    "too_long": (
        400,
        "invalid_request_error",
        "prompt is too long: 210000 tokens > 200000 maximum",
    ),
}
"""status, type, message."""


def error(fault: Fault | None) -> tuple[int, dict[str, Any], dict[str, str]]:
    status, kind, words = ERRORS[fault]
    return status, _body(kind, words), {"retry-after": "20"} if status == 429 else {}


def invalid(words: str) -> tuple[int, dict[str, Any], dict[str, str]]:
    return 400, _body("invalid_request_error", words), {}


def _body(kind: str, words: str) -> dict[str, Any]:
    return {"type": "error", "error": {"type": kind, "message": words}, "request_id": "req_1"}


def strange_block(content: Any) -> str | None:
    """The type of a block that the endpoint does not take."""
    for block in content if isinstance(content, list) else ():
        match block:
            case {"type": "text", "text": str()}:
                pass
            case {
                "type": "image" | "document",
                "source": {"type": "base64", "media_type": str(), "data": str()},
            }:
                pass
            case _:
                return str(block.get("type"))
    return None


def message(asked: dict[str, Any], reply: Reply, fault: Fault | None) -> dict[str, Any]:
    text = reply.content
    if fault == "malformed":
        text = '{"items": [{"kind": "create", "title": '
    refused = fault == "refused"
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": asked["model"],
        "content": [] if refused else [{"type": "text", "text": text}],
        "stop_reason": "refusal" if refused else "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 400, "output_tokens": 100},
    }
