"""A counterpart's HTTP server: on this event loop, an ephemeral loopback port, up and down in
milliseconds (uvicorn's own main loop and its pauses at shutdown are left out)."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import Any

import uvicorn


class Loopback:
    """Serves one ASGI application on 127.0.0.1; WebSockets too where it has any."""

    def __init__(self, app: Any, *, websockets: bool = False) -> None:
        self._config = uvicorn.Config(
            app,
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            http="h11",
            ws="websockets-sansio" if websockets else "none",
            timeout_keep_alive=600,
        )
        self._server: uvicorn.Server | None = None
        self._port = 0

    @property
    def base_url(self) -> str:
        """Valid once started; the port stays the same over a stop and a new start."""
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        # The protocol is named because asyncio sets TCP_NODELAY only where it is, and without it
        # every answer waits 40 ms for a delayed acknowledgement.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self._port))
        self._port = listener.getsockname()[1]
        if not self._config.loaded:
            self._config.load()
        server = uvicorn.Server(self._config)
        server.lifespan = self._config.lifespan_class(self._config)
        await server.startup(sockets=[listener])
        self._server = server

    async def stop(self) -> None:
        """Cut every connection; requests under way are given up."""
        server, self._server = self._server, None
        if server is None:
            return
        for listener in server.servers:
            listener.close()
        for connection in list(server.server_state.connections):
            transport: Any = getattr(connection, "transport", None)
            if transport is not None:
                transport.abort()
        tasks = list(server.server_state.tasks)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=1)
            for task in late:
                task.cancel()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(_closed(server), 1)


async def _closed(server: uvicorn.Server) -> None:
    for listener in server.servers:
        await listener.wait_closed()
