"""What the Web API says when it refuses: its own words, since clients match on them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any


class ApiError(Exception):
    """`{"ok": false, "error": error, …more}`, with HTTP 200 unless `status` says otherwise."""

    def __init__(
        self,
        error: str,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(error)
        self.error = error
        self.status = status
        self.headers = dict(headers or {})
        self.more = more

    def body(self) -> dict[str, Any]:
        return {"ok": False, "error": self.error, **self.more}


def ratelimited(seconds: float = 1) -> ApiError:
    """seconds: until the next try may succeed; told in whole seconds, as Slack does."""
    wait = {"Retry-After": str(max(0, math.ceil(seconds)))}
    return ApiError("ratelimited", status=429, headers=wait)


def invalid_blocks(complaints: Sequence[str]) -> ApiError:
    """A message's blocks break Block Kit's rules; each complaint points at its place."""
    told = [f"[ERROR] {complaint}" for complaint in complaints]
    return ApiError("invalid_blocks", errors=list(complaints), response_metadata={"messages": told})


def invalid_arguments(complaints: Sequence[str] = ()) -> ApiError:
    """Arguments, or a view, that do not fit."""
    told = [f"[ERROR] {complaint}" for complaint in complaints]
    return ApiError("invalid_arguments", response_metadata={"messages": told})


def missing_scope(needed: str, provided: Sequence[str]) -> ApiError:
    return ApiError("missing_scope", needed=needed, provided=",".join(provided))


def server_error() -> ApiError:
    """Slack itself is in trouble."""
    return ApiError("internal_error", status=503)
