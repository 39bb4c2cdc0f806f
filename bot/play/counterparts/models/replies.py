"""What a scripted model says to whom."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Fault = Literal[
    "refused", "malformed", "timeout", "rate_limited", "unavailable", "unauthorised", "too_long"
]

EMPTY: dict[str, Any] = {
    "kind": "other",
    "title": "",
    "people": [],
    "time": "",
    "length": "",
    "lead": "",
    "resources": [],
    "place": "",
    "target": "",
    "target_time": "",
    "scope": "",
    "question": "",
    "plain": "",
}
"""An item with nothing said; a scripted one names only what it says."""


@dataclass(frozen=True, slots=True)
class Reply:
    """to: a message that matches is answered so, the first reply that does; of a recording, its
    bytes as Latin-1. items: as the product's structure has them, fields left out empty. text: what
    is heard in a recording. fault: it goes wrong instead. seconds: how long the model thinks."""

    to: re.Pattern[str]
    items: tuple[dict[str, Any], ...] = ()
    text: str = ""
    fault: Fault | None = None
    seconds: float = 0.0

    @property
    def content(self) -> str:
        return json.dumps({"items": [{**EMPTY, **item} for item in self.items]})


def reply_to(replies: Sequence[Reply], message: str) -> Reply:
    """Raises LookupError for a message that no script foresees."""
    found = next((reply for reply in replies if reply.to.search(message)), None)
    if found is None:
        raise LookupError(f"no reply is scripted to {message[:80]!r}")
    return found


def message_of(told: str) -> str:
    """The family's message in what the product told the model."""
    try:
        return str(json.loads(told)["message"])
    except (ValueError, KeyError, TypeError):
        return told
