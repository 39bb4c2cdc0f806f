"""Who people are: their names and zones, asked of Slack once in a while."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Any

from bot.slack.codec import Profile
from bot.slack.failures import TROUBLE, NotInstalled
from bot.slack.workspaces import Workspaces

_log = logging.getLogger(__name__)

FRESH = 3600.0
"""Seconds a profile is believed; `user_change` events bring news earlier."""
PATIENCE = 1.5
"""Seconds a message waits for its writer's name: it has to be acknowledged within three."""
MOST = 5000


class People:
    """A cache in front of `users.info`: one question a person, however many messages wait."""

    def __init__(self, workspaces: Workspaces, monotonic: Callable[[], float]) -> None:
        self._workspaces = workspaces
        self._monotonic = monotonic
        self._known: dict[tuple[str, str], tuple[Profile, float]] = {}
        self._asking: dict[tuple[str, str], asyncio.Task[Profile | None]] = {}

    async def profiles(self, team: str, users: Iterable[str]) -> dict[str, Profile]:
        """Those that Slack tells in time; a name that is late is not worth losing a message."""
        wanted = list(dict.fromkeys(users))
        found = await asyncio.gather(*(self._profile(team, user) for user in wanted))
        return {u: p for u, p in zip(wanted, found, strict=True) if p is not None}

    def learn(self, team: str, user: dict[str, Any]) -> None:
        """What a `user_change` event brings."""
        if user.get("id"):
            self._keep((team, str(user["id"])), profile_from(user))

    async def _profile(self, team: str, user: str) -> Profile | None:
        known = self._known.get((team, user))
        if known is not None and self._monotonic() < known[1]:
            return known[0]
        asked = self._asking.get((team, user))
        if asked is None:
            asked = asyncio.create_task(self._ask(team, user))
            self._asking[team, user] = asked
            asked.add_done_callback(lambda _: self._asking.pop((team, user), None))
        try:
            fresh = await asyncio.wait_for(asyncio.shield(asked), PATIENCE)
        except TimeoutError:
            fresh = None
        return fresh or (known[0] if known else None)

    async def _ask(self, team: str, user: str) -> Profile | None:
        try:
            client = await self._workspaces.client(team)
            told = await client.users_info(user=user, include_locale=True)
        except (NotInstalled, *TROUBLE) as error:
            _log.warning("Slack did not say who a person is (%s)", type(error).__name__)
            return None
        profile = profile_from(told.get("user") or {})
        self._keep((team, user), profile)
        return profile

    def _keep(self, key: tuple[str, str], profile: Profile) -> None:
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[key] = profile, self._monotonic() + FRESH


def profile_from(user: dict[str, Any]) -> Profile:
    """A profile from a user object of the Web API."""
    told = user.get("profile") or {}
    names = (
        told.get("display_name"),
        told.get("real_name"),
        user.get("real_name"),
        user.get("name"),
    )
    name = next((str(n) for n in names if n), "")
    return Profile(name, str(user.get("tz") or ""), str(user.get("locale") or ""))
