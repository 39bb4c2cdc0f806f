"""Socket Mode: WebSockets the app opens, and envelopes that go to one of them each."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.play.counterparts.slack.deliveries import Delivery, NotTaken
from bot.play.counterparts.slack.signal import Signal

MOST_SOCKETS = 10


@dataclass(eq=False, slots=True)
class Socket:
    """One connection. waiting: envelopes sent on it and not acknowledged. retiring: told to go;
    it gets nothing new."""

    wire: WebSocket
    number: int
    waiting: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    retiring: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)
    abrupt: bool = False

    async def send(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            await self.wire.send_text(json.dumps(message))

    async def read(self) -> None:
        """Acknowledgements, until the app goes away."""
        with contextlib.suppress(WebSocketDisconnect):
            while True:
                self._take(json.loads(await self.wire.receive_text()))

    def _take(self, message: dict[str, Any]) -> None:
        found = self.waiting.get(str(message.get("envelope_id")))
        if found is not None and not found.done():
            found.set_result(message.get("payload") or None)


@dataclass(eq=False, slots=True)
class Sockets:
    """limit: seconds within which an envelope is to be acknowledged. tickets: of addresses given
    out and not used; each opens one socket."""

    app_id: str
    limit: Callable[[], float]
    changed: Signal
    tickets: set[str] = field(default_factory=set)
    open: list[Socket] = field(default_factory=list)
    opened: int = 0
    _numbers: count[int] = field(default_factory=lambda: count(1))
    _turn: int = 0

    def ticket(self) -> str:
        made = uuid4().hex
        self.tickets.add(made)
        return made

    async def serve(self, wire: WebSocket) -> None:
        """One connection, from the ticket to the end."""
        ticket = wire.query_params.get("ticket", "")
        if ticket not in self.tickets:
            await wire.close(1008)
            return
        self.tickets.discard(ticket)
        await wire.accept()
        socket = Socket(wire, next(self._numbers))
        if len(self.open) >= MOST_SOCKETS:
            await socket.send(_disconnect("too_many_websockets"))
            await wire.close(1000)
            return
        await socket.send(self._hello())
        self.open.append(socket)
        self.opened += 1
        self.changed.notify()
        try:
            await self._until_over(socket)
        finally:
            self._gone(socket)

    async def hand_over(self, delivery: Delivery) -> Any:
        """Waits for a socket as long as it takes, then `limit` for the acknowledgement."""
        while (socket := self._next()) is None:
            await self.changed.wait()
        envelope = _envelope(delivery)
        answer = asyncio.get_running_loop().create_future()
        socket.waiting[envelope["envelope_id"]] = answer
        try:
            await socket.send(envelope)
            return await asyncio.wait_for(answer, self.limit())
        except TimeoutError:
            raise NotTaken("timeout") from None
        finally:
            socket.waiting.pop(envelope["envelope_id"], None)

    async def tell(self, reason: str) -> None:
        """Ask every socket to be replaced: `warning` shortly before, `refresh_requested` now."""
        for socket in list(self.open):
            socket.retiring = reason != "warning"
            await socket.send(_disconnect(reason))

    def cut(self, *, abrupt: bool) -> None:
        """Every socket ends. abrupt: without a word, as when a cable is pulled."""
        for socket in list(self.open):
            socket.abrupt = abrupt
            socket.over.set()

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "connection_info": {"app_id": self.app_id},
            "num_connections": len(self.open) + 1,
            "debug_info": {**_HOST, "build_number": 1, "approximate_connection_time": 18060},
        }

    async def _until_over(self, socket: Socket) -> None:
        reading = asyncio.create_task(socket.read())
        told = asyncio.create_task(socket.over.wait())
        try:
            await asyncio.wait({reading, told}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            reading.cancel()
            told.cancel()
            await asyncio.gather(reading, told, return_exceptions=True)
        if socket.over.is_set() and not socket.abrupt:
            with contextlib.suppress(RuntimeError):
                await socket.wire.close(1000)

    def _gone(self, socket: Socket) -> None:
        self.open.remove(socket)
        for answer in socket.waiting.values():
            if not answer.done():
                answer.set_exception(NotTaken("connection_failed"))
        self.changed.notify()

    def _next(self) -> Socket | None:
        """In turn, so that each has its share."""
        ready = [socket for socket in self.open if not socket.retiring]
        if not ready:
            return None
        self._turn += 1
        return ready[self._turn % len(ready)]


_HOST = {"host": "applink-loopback"}


def _disconnect(reason: str) -> dict[str, Any]:
    return {"type": "disconnect", "reason": reason, "debug_info": _HOST}


def _envelope(delivery: Delivery) -> dict[str, Any]:
    envelope = {
        "envelope_id": str(uuid4()),
        "type": delivery.kind,
        "payload": delivery.payload,
        "accepts_response_payload": delivery.kind != "events_api",
    }
    if delivery.kind == "events_api":
        envelope |= {"retry_attempt": delivery.tries, "retry_reason": delivery.reason}
    return envelope
