"""How long requests take, by route."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Answered = Callable[[str, str, int, float], None]
"""Method, route (its template), status, seconds until the answer began."""

NO_ROUTE = "none"
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
"""Others are strangers' inventions, and would each make a series of their own."""


class Measured:
    """Tells `answered` of each request when its answer begins: a stream of changes has no end."""

    def __init__(self, app: ASGIApp, answered: Answered) -> None:
        self._app = app
        self._answered = answered

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = monotonic()

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = getattr(scope.get("route"), "path", NO_ROUTE)
                method = scope["method"] if scope["method"] in METHODS else "OTHER"
                self._answered(method, route, message["status"], monotonic() - began)
            await send(message)

        await self._app(scope, receive, tell)
