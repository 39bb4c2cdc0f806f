"""The HTTP application over a running service, and the server for it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI

from bot.clock import SystemClock
from bot.configured import settings_or_exit
from bot.door import Door
from bot.http.api.backend import Api, Backend
from bot.http.api.changes_bus import Bus
from bot.http.api.rate import Rate
from bot.http.app import create_app
from bot.http.feeds import stored_feed
from bot.http.measured import Measured
from bot.http.platform import HttpPlatform
from bot.http.posts import WebhookSender
from bot.http.slack import SlackEdge
from bot.observing.start import Observing, observe
from bot.platforms import ChatPlatform
from bot.product import product
from bot.settings import Settings
from bot.telegram.app import TelegramPlatform
from scheduling.ports import UnitOfWorkFactory

if TYPE_CHECKING:
    from bot.observing.page import MetricsPage

_log = logging.getLogger(__name__)


def http_app(
    service: Door,
    telegram: TelegramPlatform | None,
    slack: SlackEdge | None = None,
    observing: Observing | None = None,
) -> FastAPI:
    """The routes of a service that someone else starts and stops."""
    page = observing.page(service.settings, service.database, service.clock) if observing else None
    app = create_app(
        feed=stored_feed(service.database.reader),
        telegram=telegram.handle_webhook if telegram else None,
        slack=slack,
        healthy=lambda: database_answers(service),
        api=api_for(service.settings, lambda: service, following(service)),
        origins=service.settings.http_cors_origins,
        trusted_proxies=service.settings.trusted_proxies,
        metrics=lambda: page,
    )
    measure(app, observing)
    return app


def measure(app: FastAPI, observing: Observing | None) -> None:
    """Have the time of each request counted, where anybody may read that."""
    if observing is not None and observing.metrics is not None:
        app.add_middleware(Measured, answered=observing.metrics.answered)


def following(service: Door) -> Bus:
    """A bus that hears of every change this process commits."""
    bus = Bus()
    service.database.announce = bus.announce
    return bus


def api_for(settings: Settings, backend: Callable[[], Backend], bus: Bus) -> Api:
    """The API as it is set up."""
    key = settings.webhook_signing_key
    return Api(
        backend,
        Rate(settings.api_rate_per_minute),
        bus,
        key.get_secret_value() if key else "",
        settings.webhook_private_addresses,
    )


def http_platform(settings: Settings, read: Callable[[], UnitOfWorkFactory]) -> HttpPlatform:
    """The API's own end of the outbox. read: asked for when something is to be sent."""
    key = settings.webhook_signing_key
    if key is None:
        return HttpPlatform()
    private = settings.webhook_private_addresses
    return HttpPlatform(WebhookSender(read, key.get_secret_value(), private))


async def database_answers(service: Door) -> bool:
    """Whether the database can be asked something at all."""
    try:
        await service.answers()
    except Exception as error:  # Any: each driver has its own; health is what is asked for.
        _log.error("the database does not answer (%s)", type(error).__name__)
        return False
    return True


async def serve_http(app: FastAPI, host: str, port: int) -> None:
    """Serve until cancelled; requests under way are finished first."""
    # Whom to believe about proxies the application decides (`Guarded`), and only it.
    config = uvicorn.Config(
        app, host=host, port=port, log_config=None, server_header=False, proxy_headers=False
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving
        raise


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are the process's to handle: it has more to stop than this server."""
        yield


def from_environment() -> FastAPI:
    """The whole product behind one application, for `uvicorn bot.http.app:app`."""
    from bot.patience import database_problems
    from bot.serving import DRAIN_SECONDS, slack_platform, telegram_platform

    settings = settings_or_exit()
    observing = observe(settings, "api" if settings.celery_broker_url else "serve")
    if problems := database_problems(settings.database_url):
        sys.exit("\n".join(problems))
    pages: list[MetricsPage | None] = [None]
    telegram, slack = telegram_platform(settings), slack_platform(settings)
    running: list[Door] = []
    bus = Bus()

    async def feed(token: str) -> bytes | None:
        return await stored_feed(running[0].database.reader)(token)

    async def healthy() -> bool:
        return await database_answers(running[0])

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        http = http_platform(settings, lambda: running[0].reader)
        platforms: list[ChatPlatform] = [p for p in (http, telegram, slack) if p is not None]
        service = await product(settings, clock=SystemClock(), platforms=platforms)
        service.database.announce = bus.announce
        await service.start()
        running.append(service)
        pages[0] = observing.page(settings, service.database, service.clock)
        loops = asyncio.create_task(service.run())
        try:
            yield
        finally:
            await service.finish(DRAIN_SECONDS)
            loops.cancel()
            await asyncio.gather(loops, return_exceptions=True)
            await service.stop()
            observing.close()

    webhook = telegram.handle_webhook if telegram else None
    app = create_app(
        feed=feed,
        telegram=webhook,
        slack=slack,
        healthy=healthy,
        api=api_for(settings, lambda: running[0], bus),
        origins=settings.http_cors_origins,
        trusted_proxies=settings.trusted_proxies,
        metrics=lambda: pages[0],
        lifespan=lifespan,
    )
    measure(app, observing)
    return app
