"""What goes between the player and a service in another process: one JSON object a line."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from bot.console.sender import Shown
from scheduling.messages import Inbound, TapAnswer

INBOUND: TypeAdapter[Inbound] = TypeAdapter(Inbound)
SHOWN: TypeAdapter[list[Shown]] = TypeAdapter(
    list[Shown], config={"ser_json_bytes": "base64", "val_json_bytes": "base64"}
)
TAP_ANSWER: TypeAdapter[TapAnswer | None] = TypeAdapter(TapAnswer | None)

LONGEST = 64_000_000
"""Bytes of the longest line; a line holds a whole message with its attachments."""


def packed(message: dict[str, Any]) -> bytes:
    return json.dumps(message, separators=(",", ":")).encode() + b"\n"


def unpacked(line: bytes) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(line)
    return content


def moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
