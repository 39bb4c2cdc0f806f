"""The player's end of a service in a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.console.sender import ConsoleScreen
from bot.play.nursery import Nursery
from bot.play.process import Crashed, ServiceSpec
from bot.play.wire import INBOUND, LONGEST, SHOWN, TAP_ANSWER, moment, packed, unpacked
from scheduling.messages import Inbound, TapAnswer


class RemoteProcess:
    """Forked from the nursery at each start."""

    def __init__(self, spec: ServiceSpec, screen: ConsoleScreen, nursery: Nursery) -> None:
        self._spec = spec
        self._screen = screen
        self._nursery = nursery
        self._life: _Life | None = None

    async def start_unarmed(self, now: datetime) -> None:
        """Start again after a crash, to die no more."""
        await self._end()
        self._spec = replace(self._spec, crash_at=None)
        await self.start(now)

    async def start(self, now: datetime) -> None:
        request = {"spec": self._spec.as_json(), "now": now.isoformat()}
        pid, line = await asyncio.to_thread(self._nursery.fork, request)
        reader, writer = await asyncio.open_connection(sock=line, limit=LONGEST)
        self._life = _Life(pid, reader, writer, self._screen)
        await self._life.answer()

    async def stop(self) -> None:
        if self._life is not None:
            try:
                await self._ask("stop")
            finally:
                await self._end()

    async def kill(self) -> None:
        await self._end()

    async def receive(self, inbound: Inbound) -> TapAnswer | None:
        heard = INBOUND.dump_python(inbound, mode="json")
        return TAP_ANSWER.validate_python(await self._ask("receive", inbound=heard))

    async def set_clock(self, now: datetime) -> None:
        await self._ask("set_clock", now=now.isoformat())

    async def settle(self) -> None:
        await self._ask("settle")

    async def next_due(self) -> datetime | None:
        return moment(await self._ask("next_due"))

    async def watch(self) -> None:
        await self._alive().died.wait()
        raise Crashed(self._alive().point)

    async def _ask(self, do: str, **values: Any) -> Any:
        life = self._alive()
        life.writer.write(packed({"do": do, **values}))
        return await life.answer()

    def _alive(self) -> _Life:
        if self._life is None:
            raise RuntimeError("the service is not running")
        return self._life

    async def _end(self) -> None:
        """Make sure it is gone, and that all it had shown is on the screen."""
        if self._life is not None:
            life, self._life = self._life, None
            await asyncio.to_thread(self._nursery.kill, life.pid)
            await life.close()


class _Life:
    """One process from its start to its end: a task reads what it shows and answers."""

    def __init__(
        self,
        pid: int,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        screen: ConsoleScreen,
    ) -> None:
        self.pid = pid
        self.writer = writer
        self.point: str | None = None
        self.died = asyncio.Event()
        self._screen = screen
        self._answers: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._listening = asyncio.create_task(self._listen(reader))

    async def answer(self) -> Any:
        """The answer to the oldest unanswered order. Raises Crashed, or RuntimeError with what
        the service complained of."""
        message = await self._answers.get()
        if message is None:
            raise Crashed(self.point)
        if "error" in message:
            raise RuntimeError(message["error"])
        return message["answer"]

    async def close(self) -> None:
        """After the process is gone: read what is left."""
        await self._listening
        self.writer.close()
        with contextlib.suppress(ConnectionError):
            await self.writer.wait_closed()

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        with contextlib.suppress(ConnectionError):
            # A process that was killed may leave half a line behind.
            while (line := await reader.readline()).endswith(b"\n"):
                message = unpacked(line)
                if "shown" in message:
                    for shown in SHOWN.validate_python(message["shown"]):
                        self._screen.show(shown)
                elif "crashed_at" in message:
                    self.point = message["crashed_at"]
                else:
                    self._answers.put_nowait(message)
        self.died.set()
        self._answers.put_nowait(None)
