"""A worker in a process of its own, for scripts: the broker brings it work, the player its time.

What it shows is in the line to the player before its row is settled.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.clock import HandClock
from bot.console.sender import Shown
from bot.play.building import ends_of, settings_of
from bot.play.process import ServiceSpec
from bot.play.wire import SHOWN, packed, unpacked
from bot.queue import celery_app, listen
from bot.working import Working


def run_child(line: socket.socket, request: dict[str, Any]) -> None:
    """Work until told to stop. request: `spec` and `now`."""
    clock = HandClock(datetime.fromisoformat(request["now"]))
    spec = ServiceSpec(**request["spec"])
    settings = settings_of(spec)
    told = _Line(line)
    working = Working(settings, lambda: ends_of(spec, settings, told, clock), clock)
    working.start()
    app = celery_app(settings.celery_broker_url)
    listen(app, working.carry)
    orders = _Orders(line, told, working, clock)
    celery = app.WorkController(
        hostname=f"script-{os.getpid()}@%h",
        ready_callback=lambda _: orders.take(),
        without_gossip=True,
        without_mingle=True,
    )
    celery.start()


class _Line:
    """Whole messages from several threads; as a screen, one at the other end."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._writing = threading.Lock()

    def write(self, message: dict[str, Any]) -> None:
        with self._writing:
            self._line.sendall(packed(message))

    def show(self, shown: Shown) -> None:
        self.write({"shown": SHOWN.dump_python([shown], mode="json")})


class _Orders:
    """What the player may ask for, by name: answered in a thread, while Celery has its own."""

    def __init__(
        self, line: socket.socket, told: _Line, working: Working, clock: HandClock
    ) -> None:
        self._line = line
        self._told = told
        self._working = working
        self._clock = clock
        self._obeying = threading.Thread(target=self._obey, daemon=True)

    def take(self) -> None:
        """Say, the first time, that work is taken, and obey from now on."""
        if not self._obeying.is_alive():
            self._told.write({"answer": None})
            self._obeying.start()

    def _obey(self) -> None:
        known: dict[str, Callable[[dict[str, Any]], None]] = {
            "set_clock": self.set_clock,
            "settle": self.settle,
            "stop": self.stop,
        }
        for order in map(unpacked, self._line.makefile("rb")):
            try:
                known[order["do"]](order)
                self._told.write({"answer": None})
            except Exception as error:  # it belongs to the player's transcript, whatever it is
                self._told.write({"error": f"{type(error).__name__}: {error}"})

    def set_clock(self, order: dict[str, Any]) -> None:
        self._clock.set(datetime.fromisoformat(order["now"]))
        self._working.look()

    def settle(self, order: dict[str, Any]) -> None:
        self._working.settled()

    def stop(self, order: dict[str, Any]) -> None:
        self._working.finish_soon()
        self._working.stop()
