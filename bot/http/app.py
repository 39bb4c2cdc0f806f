"""The HTTP edge: health, what Telegram and Slack post, private calendar feeds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request, Response

from bot.http.api.app import add_api
from bot.http.api.backend import Api
from bot.http.bodies import limited_body
from bot.http.feeds import Feed
from bot.http.guarded import Guarded
from bot.http.metrics import metrics_answer
from bot.http.privacy import hide_links
from bot.http.slack import SlackEdge, add_slack_routes

if TYPE_CHECKING:
    from bot.observing.page import MetricsPage

Webhook = Callable[[bytes, str | None], Awaitable[int]]
"""Body and secret header to the HTTP status to answer with."""

Healthy = Callable[[], Awaitable[bool]]


def create_app(
    *,
    feed: Feed,
    telegram: Webhook | None = None,
    slack: SlackEdge | None = None,
    healthy: Healthy | None = None,
    api: Api | None = None,
    origins: Sequence[str] = (),
    metrics: Callable[[], MetricsPage | None] = lambda: None,
    trusted_proxies: str = "",
    lifespan: Any = None,
) -> FastAPI:
    """The application. telegram, slack: None where they do not post to us. healthy: whether the
    process can do its work; left out, answering at all is readiness. origins: see `add_api`.
    metrics: what Prometheus may read; None where it may not, asked for at each request.
    trusted_proxies: see `Guarded`."""
    app = Guarded(
        trusted_proxies=trusted_proxies,
        title="Family Scheduler",
        description="One calendar for a family, in the chats it already uses, and here.",
        openapi_url="/openapi.json" if api else None,
        redoc_url=None,
        lifespan=lifespan,
    )
    hide_links()

    @app.get("/health", include_in_schema=False)
    async def health() -> Response:
        """Alive. What restarts a process that is not must not do so for its database's sake."""
        return _state(True)

    @app.get("/ready", include_in_schema=False)
    async def ready() -> Response:
        """Whether it can do its work."""
        return _state(healthy is None or await healthy())

    @app.api_route("/calendar/{token}.ics", methods=["GET", "HEAD"], include_in_schema=False)
    async def calendar(token: str, request: Request) -> Response:
        content = await feed(token)
        if content is None:
            return Response("No such calendar.", 404, {"Cache-Control": "no-store"})
        return _calendar(content, request.headers.get("if-none-match", ""))

    @app.get("/metrics", include_in_schema=False)
    async def read_metrics(request: Request) -> Response:
        return await metrics_answer(metrics(), request.headers.get("authorization", ""))

    if telegram is not None:
        receive = telegram

        @app.post("/telegram/webhook", include_in_schema=False)
        async def webhook(request: Request) -> Response:
            body = await limited_body(request)
            if body is None:
                return Response(status_code=413)
            secret = request.headers.get("x-telegram-bot-api-secret-token")
            return Response(status_code=await receive(body, secret))

    if slack is not None:
        add_slack_routes(app, slack)

    if api is not None:
        add_api(app, api, origins)

    return app


def _state(ok: bool) -> Response:
    body = b'{"status":"ok"}' if ok else b'{"status":"unavailable"}'
    return Response(body, 200 if ok else 503, media_type="application/json")


def _calendar(content: bytes, known: str) -> Response:
    """304 where the phone has these very bytes. Private: no cache in between may keep them."""
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=300"}
    if known.strip() == "*" or tag in (
        each.strip().removeprefix("W/") for each in known.split(",")
    ):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="family.ics"'
    return Response(content, headers=headers, media_type="text/calendar; charset=utf-8")


def __getattr__(name: str) -> Any:
    """`uvicorn bot.http.app:app`: built when asked for, so that importing this costs nothing."""
    if name == "app":
        from bot.http.serving import from_environment

        return from_environment()
    raise AttributeError(name)
