"""One id for everything a request causes, from its caller's log to ours."""

from __future__ import annotations

import re
from contextvars import ContextVar
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FIT = re.compile(rb"[A-Za-z0-9._-]{1,64}")

current: ContextVar[str] = ContextVar("request_id", default="")
"""The request that is being answered."""


class RequestIds:
    """Takes the caller's X-Request-ID where it is fit to be one, else makes one; answers with
    it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"x-request-id", b"")
        known = given if _FIT.fullmatch(given) else uuid4().hex.encode()
        current.set(known.decode())

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-request-id", known)]
            await send(message)

        await self._app(scope, receive, answer)
