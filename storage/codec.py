"""Dataclasses to JSON text and back, driven by their own annotations.

Payloads are kept as text, never as a database's JSON type: PostgreSQL's `jsonb` refuses the
NUL that people paste into messages, and text reads the same on both engines.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter
from pydantic_core import PydanticSerializationError

from scheduling.messages import Attachment

# A dataclass carries its own pydantic settings and the core knows no pydantic, so the one
# type that holds bytes is told here how they travel in JSON.
Attachment.__pydantic_config__ = ConfigDict(  # type: ignore[attr-defined]
    ser_json_bytes="base64", val_json_bytes="base64"
)


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """The reader and writer of one annotation; building one costs, so each is built once."""
    return TypeAdapter(kind)


def encode(kind: Any, value: Any) -> str:
    """JSON text. A lone surrogate, which no encoding can carry, becomes a question mark."""
    try:
        return adapter(kind).dump_json(value).decode()
    except PydanticSerializationError:
        plain = json.dumps(adapter(kind).dump_python(value, mode="json"), ensure_ascii=False)
        return plain.encode("utf-8", "replace").decode()


def decode(kind: Any, text: str) -> Any:
    return adapter(kind).validate_json(text)


@lru_cache(maxsize=4096)
def encode_cached(kind: Any, value: Any) -> str:
    """For hashable values that repeat: the occurrences of a series share their people."""
    return encode(kind, value)


@lru_cache(maxsize=4096)
def decode_cached(kind: Any, text: str) -> Any:
    """Only for immutable values, since callers share the result."""
    return decode(kind, text)
