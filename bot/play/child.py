"""A service in a process of its own, taking orders over a socket from the player.

What it shows goes over the same socket, ahead of the answer to the order that caused it: bytes
that are in the socket survive the process, as a message that reached a chat does.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from bot import crash
from bot.clock import HandClock
from bot.console.sender import Shown
from bot.play.building import build_service
from bot.play.process import ServiceSpec
from bot.play.wire import INBOUND, LONGEST, SHOWN, TAP_ANSWER, packed, unpacked
from bot.wiring import Service


def run_child(line: socket.socket, request: dict[str, Any]) -> None:
    """Serve until told to stop or until the player is gone. request: `spec` and `now`."""
    asyncio.run(_serve(line, request))


async def _serve(line: socket.socket, request: dict[str, Any]) -> None:
    reader, writer = await asyncio.open_connection(sock=line, limit=LONGEST)
    crash.arm(None, last_words=lambda point: writer.write(packed({"crashed_at": point})))
    clock = HandClock(datetime.fromisoformat(request["now"]))
    spec = ServiceSpec(**request["spec"])
    service = await build_service(spec, _WireScreen(writer), clock)
    await service.start()
    orders = _Orders(service, clock)
    writer.write(packed({"answer": None}))
    while order := await reader.readline():
        writer.write(packed(await orders.carry_out(unpacked(order))))
        await writer.drain()
    await orders.stop({})


class _WireScreen:
    """A screen at the other end of the socket."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer

    def show(self, shown: Shown) -> None:
        self._writer.write(packed({"shown": SHOWN.dump_python([shown], mode="json")}))


class _Orders:
    """What the player may ask for, by name."""

    def __init__(self, service: Service, clock: HandClock) -> None:
        self._service: Service | None = service
        self._running = service
        self._clock = clock

    async def carry_out(self, order: dict[str, Any]) -> dict[str, Any]:
        known: dict[str, Callable[[dict[str, Any]], Awaitable[Any]]] = {
            "receive": self.receive,
            "set_clock": self.set_clock,
            "settle": self.settle,
            "next_due": self.next_due,
            "stop": self.stop,
        }
        try:
            return {"answer": await known[order["do"]](order)}
        except Exception as error:  # it belongs to the player's transcript, whatever it is
            return {"error": f"{type(error).__name__}: {error}"}

    async def receive(self, order: dict[str, Any]) -> Any:
        answer = await self._running.receive(INBOUND.validate_python(order["inbound"]))
        return TAP_ANSWER.dump_python(answer, mode="json")

    async def set_clock(self, order: dict[str, Any]) -> None:
        self._clock.set(datetime.fromisoformat(order["now"]))

    async def settle(self, order: dict[str, Any]) -> None:
        await self._running.settle()

    async def next_due(self, order: dict[str, Any]) -> str | None:
        due = await self._running.next_due()
        return None if due is None else due.isoformat()

    async def stop(self, order: dict[str, Any]) -> None:
        """Once; the end of the socket stops a service that was not told to."""
        service, self._service = self._service, None
        if service is not None:
            await service.stop()
