"""What every HTTP answer says to a browser, and whom we believe about where a request came from."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_DOCS = (
    f"{_NOTHING}; connect-src 'self'; img-src 'self' data: https://fastapi.tiangolo.com; "
    "script-src 'unsafe-inline' https://cdn.jsdelivr.net; "
    "style-src 'unsafe-inline' https://cdn.jsdelivr.net"
)
_SLACK = f"{_NOTHING}; style-src 'unsafe-inline'; img-src data: https://platform.slack-edge.com"
_POLICIES = {"/docs": _DOCS, "/slack/install": _SLACK, "/slack/oauth_redirect": _SLACK}
"""The pages a person opens, with what FastAPI's and Bolt's own pages load; anything else is data,
and a browser that takes it for a page may load nothing from it."""

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
HSTS = "max-age=31536000"


class Guarded(FastAPI):
    """FastAPI whose answers carry these headers, those to a failure as well: the middleware stands
    outside of the one that answers 500. trusted_proxies: addresses and networks, with commas
    between, whose X-Forwarded-For and X-Forwarded-Proto are believed; "*" is everyone, "" nobody.
    """

    def __init__(self, *, trusted_proxies: str = "", **more: Any) -> None:
        super().__init__(**more)
        self._trusted = trusted_proxies

    def build_middleware_stack(self) -> ASGIApp:
        guarded: ASGIApp = _Headers(super().build_middleware_stack())
        if self._trusted:
            guarded = ProxyHeadersMiddleware(guarded, self._trusted)  # type: ignore[arg-type, assignment]
        return guarded


class _Headers:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(MutableHeaders(scope=message), scope)
            await send(message)

        await self._app(scope, receive, answer)


def _add(headers: MutableHeaders, scope: Scope) -> None:
    """A route that says otherwise is right (a calendar may be kept for five minutes)."""
    policy = _POLICIES.get(scope["path"], _NOTHING)
    for name, value in ALWAYS.items():
        headers.setdefault(name, value)
    headers.setdefault("Content-Security-Policy", policy)
    headers.setdefault("Cache-Control", "no-store")
    if scope.get("scheme") == "https":
        headers.setdefault("Strict-Transport-Security", HSTS)
