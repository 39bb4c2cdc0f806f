"""The service that a script plays against: in the player's own process, or in one that dies."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol

from scheduling.messages import Inbound, TapAnswer


@dataclass(frozen=True, slots=True)
class ServiceSpec:
    """How a service is to be built; plain values, as they go to another process.

    settings: keyword arguments of `bot.settings.Settings`. platform: the end it listens on; where
    there are several, with spaces between.
    crash_at: die at that crash point.
    """

    settings: dict[str, Any]
    platform: str
    crash_at: int | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Crashed(Exception):
    """The service died under the player. point: where, if it died at a crash point."""

    def __init__(self, point: str | None) -> None:
        super().__init__(f"the service died ({point or 'nobody knows where'})")
        self.point = point


class Process(Protocol):
    """A service as the player handles it. Any method may raise Crashed."""

    async def start(self, now: datetime) -> None:
        """Build and start it; family time is `now`."""

    async def stop(self) -> None:
        """As SIGTERM does."""

    async def kill(self) -> None:
        """SIGKILL."""

    async def receive(self, inbound: Inbound) -> TapAnswer | None:
        """Hand over what the console's end heard."""

    async def set_clock(self, now: datetime) -> None: ...

    async def settle(self) -> None:
        """Returns when inbox, due outbox and due notices are empty."""

    async def next_due(self) -> datetime | None:
        """The earliest waiting notice."""

    async def watch(self) -> None:
        """Never returns; raises Crashed when the service dies."""
