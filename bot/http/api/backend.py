"""What the API needs of the running product."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from fastapi import Request

from bot.http.api.changes_bus import Bus
from bot.http.api.rate import Rate
from scheduling.access import Bearer
from scheduling.messages import Inbound, TapAnswer
from scheduling.ports import Clock, UnitOfWorkFactory


class Backend(Protocol):
    """The service, as the API sees it."""

    uow: UnitOfWorkFactory
    clock: Clock

    @property
    def reader(self) -> UnitOfWorkFactory: ...

    async def bearer(self, digest: str) -> Bearer | None:
        """As `Tokens.find`, outside of any transaction."""

    async def receive(self, inbound: Inbound) -> TapAnswer | None: ...


@dataclass(frozen=True, slots=True)
class Api:
    """backend: asked for at each request, since it may be started after the routes are made.
    rate: of each token. bus: wakes those who follow changes. signing_key: of webhooks, "" = there
    are none. private_webhooks: they may lie in one's own network."""

    backend: Callable[[], Backend]
    rate: Rate
    bus: Bus
    signing_key: str = ""
    private_webhooks: bool = False


def api_of(request: Request) -> Api:
    """The API that the request came to."""
    api: Api = request.app.state.api
    return api
