"""Reading what is posted to us, no more of it than it can need."""

from __future__ import annotations

from fastapi import Request

LIMIT = 1_000_000
"""Bytes; an update or a payload is far smaller."""


async def limited_body(request: Request) -> bytes | None:
    """The body, or None as soon as it is too large."""
    found = b""
    async for chunk in request.stream():
        found += chunk
        if len(found) > LIMIT:
            return None
    return found
