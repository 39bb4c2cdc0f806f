"""The workspaces we serve: a client with the token of each, and who we are there."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.failures import WRONG_TOKEN, NotInstalled, code

TIMEOUT = 15
"""Seconds a call to Slack may take."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """team: its id, name: its name. user, bot: our user id and bot id there. token: ours there,
    kept out of what is printed."""

    team: str
    name: str
    user: str
    bot: str
    token: str

    def __repr__(self) -> str:
        return f"Workspace({self.team})"


class Installed(Protocol):
    """Where workspaces that installed the app are kept."""

    async def find(self, team: str) -> Workspace | None: ...
    async def forget(self, team: str) -> None: ...


class Client(AsyncWebClient):
    """Slack's own client, except that it shows who the app is (OAuth) without aiohttp's
    `BasicAuth`, which warns that it will go."""

    async def api_call(
        self,
        api_method: str,
        *,
        auth: Mapping[str, str] | None = None,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> AsyncSlackResponse:
        if auth is not None:
            pair = f"{auth['client_id']}:{auth['client_secret']}".encode()
            told = {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
            headers = {**(headers or {}), **told}
        return await super().api_call(api_method, headers=headers, **more)


class Workspaces:
    """token: of the one workspace that is served without an installation. installed: where the
    others are kept, set once there is a place to keep them."""

    def __init__(self, base_url: str, token: str | None) -> None:
        self._base_url = f"{base_url.rstrip('/')}/api/"
        self._token = token
        self.installed: Installed | None = None
        self._session: aiohttp.ClientSession | None = None
        self._known: dict[str, Workspace] = {}
        self._finding = asyncio.Lock()

    def anonymous(self, token: str | None = None) -> AsyncWebClient:
        """A client for calls that are not a workspace's own, or with another token."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession()
        return Client(token, base_url=self._base_url, session=self._session, timeout=TIMEOUT)

    @property
    def session(self) -> aiohttp.ClientSession:
        """The connections all calls share."""
        self.anonymous()
        assert self._session is not None
        return self._session

    async def client(self, team: str) -> AsyncWebClient:
        """Raises NotInstalled."""
        return self.anonymous((await self.get(team)).token)

    async def get(self, team: str) -> Workspace:
        """That workspace. Raises NotInstalled, and what the client and the store raise. Those
        who wait for it go on in the order in which they asked."""
        if team in self._known:
            return self._known[team]
        async with self._finding:
            if team not in self._known:
                self._known[team] = await self._find(team)
            return self._known[team]

    async def gone(self, team: str) -> bool:
        """Whether our token there is worth nothing any more: Slack may tell us late, or again,
        of an end after which the app was installed anew."""
        try:
            self._known.pop(team, None)
            await (await self.client(team)).auth_test()
        except NotInstalled:
            return True
        except SlackApiError as error:
            if code(error) not in WRONG_TOKEN:
                raise
            return True
        return False

    async def own(self) -> Workspace:
        """The one whose token is set. Raises NotInstalled where none is, SlackApiError where it
        is not good."""
        if self._token is None:
            raise NotInstalled("no token is set")
        told = await self.anonymous(self._token).auth_test()
        own = Workspace(
            str(told["team_id"]),
            str(told.get("team") or ""),
            str(told["user_id"]),
            str(told.get("bot_id") or ""),
            self._token,
        )
        self._known[own.team] = own
        return own

    async def forget(self, team: str) -> None:
        """The app was removed there, or its token revoked."""
        self._known.pop(team, None)
        if self.installed is not None:
            await self.installed.forget(team)

    def changed(self, team: str) -> None:
        """It was installed anew: the token we remember is not the one that counts."""
        self._known.pop(team, None)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _find(self, team: str) -> Workspace:
        installed = await self.installed.find(team) if self.installed else None
        if installed is not None:
            return installed
        if self._token is not None:
            own = await self.own()
            if own.team == team:
                return own
        raise NotInstalled(team)
