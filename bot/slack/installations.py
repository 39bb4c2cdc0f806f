"""Workspaces that installed the app: their tokens, encrypted before they reach the database."""

from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import Awaitable, Callable

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from bot.slack.workspaces import Workspace
from scheduling.ports import Vault

_log = logging.getLogger(__name__)

STATE_LIFE = 600
"""Seconds from the click on "Add to Slack" to Slack's answer."""


def cipher(keys: str) -> MultiFernet:
    """keys: one or more Fernet keys with commas between, the newest first: it encrypts, all of
    them decrypt. Raises ValueError for what is no key."""
    return MultiFernet([Fernet(key.strip()) for key in keys.split(",") if key.strip()])


class Installations(AsyncInstallationStore):
    """Bolt's OAuth flow saves here, and the adapter finds its tokens (`workspaces.Installed`).

    saved: told which workspace was installed, or installed anew.
    """

    def __init__(
        self,
        vault: Vault,
        lock: MultiFernet,
        saved: Callable[[str], Awaitable[None]],
    ) -> None:
        self._vault = vault
        self._lock = lock
        self._saved = saved

    async def async_save(self, installation: Installation) -> None:
        team = installation.team_id or installation.enterprise_id or ""
        workspace = Workspace(
            team,
            installation.team_name or installation.enterprise_name or "",
            installation.bot_user_id or "",
            installation.bot_id or "",
            installation.bot_token or "",
        )
        words = json.dumps(dataclasses.asdict(workspace)).encode()
        await self._vault.seal("slack", team, self._lock.encrypt(words).decode())
        await self._saved(team)

    async def find(self, team: str) -> Workspace | None:
        """None where the app is not installed, or was under a key that we no longer have."""
        sealed = await self._vault.sealed("slack", team)
        if sealed is None:
            return None
        try:
            return Workspace(**json.loads(self._lock.decrypt(sealed.encode())))
        except InvalidToken:
            _log.error("the installation of %s was encrypted with another key", team)
            return None

    async def forget(self, team: str) -> None:
        await self._vault.seal("slack", team, None)


class States(AsyncOAuthStateStore):
    """The `state` of an OAuth round trip: sealed by us, valid for ten minutes, and bound to the
    browser by Bolt's cookie, so that nothing has to be kept."""

    def __init__(self, lock: MultiFernet) -> None:
        self._lock = lock

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        return self._lock.encrypt(b"slack install").decode()

    async def async_consume(self, state: str) -> bool:
        try:
            return self._lock.decrypt(state.encode(), ttl=STATE_LIFE) == b"slack install"
        except InvalidToken:
            return False
