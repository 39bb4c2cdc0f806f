"""Socket Mode, with an address of its own for every try to connect."""

from __future__ import annotations

from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient


class _FreshAddresses:
    """In place of the client's session. Slack's addresses are good for one socket and for half
    a minute; left to itself the client would try one that ran out for ever."""

    def __init__(self, client: SocketModeClient) -> None:
        self._client: Any = client
        self._session: aiohttp.ClientSession = client.aiohttp_client_session

    @property
    def closed(self) -> bool:
        return self._session.closed

    async def ws_connect(self, address: str, **more: Any) -> aiohttp.ClientWebSocketResponse:
        self._client.wss_uri = None
        socket: aiohttp.ClientWebSocketResponse = await self._session.ws_connect(address, **more)
        return socket

    async def close(self) -> None:
        await self._session.close()


def socket_handler(
    app: AsyncApp, app_token: str, client: AsyncWebClient, ping: float
) -> AsyncSocketModeHandler:
    """Not connected yet. ping: seconds between signs of life."""
    handler = AsyncSocketModeHandler(app, app_token, web_client=client, ping_interval=ping)
    handler.client.aiohttp_client_session = _FreshAddresses(handler.client)  # type: ignore[assignment]
    return handler
