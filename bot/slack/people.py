"""Who people are: their names and zones, asked of Slack once in a while."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from bot.slack.codec import Profile
from bot.slack.failures import TROUBLE, NotInstalled
from bot.slack.workspaces import Workspaces

_log = logging.getLogger(__name__)

FRESH = 3600.0
"""Seconds a profile is believed; `user_change` events bring news earlier."""
PATIENCE = 1.5
"""Seconds in all that messages wait for a person's name: they have to be acknowledged within
three. One that comes while Slack is slow, or soon after it would not tell, waits no more."""
SILENT = 60.0
"""Seconds before a person is asked about again whom Slack would not tell of."""
MOST = 5000


class People:
    """A cache in front of `users.info`: one question a person, however many messages wait."""

    def __init__(self, workspaces: Workspaces, monotonic: Callable[[], float]) -> None:
        self._workspaces = workspaces
        self._monotonic = monotonic
        self._known: dict[tuple[str, str], tuple[Profile, float]] = {}
        self._asking: dict[tuple[str, str], tuple[asyncio.Task[Profile | None], float]] = {}
        self._silent: dict[tuple[str, str], float] = {}

    async def profiles(self, team: str, users: Iterable[str]) -> dict[str, Profile]:
        """Those that Slack tells in time; a name that is late is not worth losing a message."""
        wanted = list(dict.fromkeys(users))
        found = await asyncio.gather(*(self._profile(team, user) for user in wanted))
        return {u: p for u, p in zip(wanted, found, strict=True) if p is not None}

    def learn(self, team: str, user: Mapping[str, Any]) -> None:
        """What a `user_change` event brings."""
        if user.get("id"):
            self._keep((team, str(user["id"])), profile_from(user))

    async def _profile(self, team: str, user: str) -> Profile | None:
        now = self._monotonic()
        known = self._known.get((team, user))
        if known is not None and now < known[1]:
            return known[0]
        fresh = None
        if now >= self._silent.get((team, user), now):
            asked, until = self._question(team, user, now)
            with suppress(TimeoutError):
                fresh = await asyncio.wait_for(asyncio.shield(asked), max(0, until - now))
        return fresh or (known[0] if known else None)

    def _question(
        self, team: str, user: str, now: float
    ) -> tuple[asyncio.Task[Profile | None], float]:
        """The one under way, or a new one, and until when its answer is waited for."""
        if (team, user) not in self._asking:
            asked = asyncio.create_task(self._ask(team, user))
            self._asking[team, user] = asked, now + PATIENCE
            asked.add_done_callback(lambda _: self._asking.pop((team, user), None))
        return self._asking[team, user]

    async def _ask(self, team: str, user: str) -> Profile | None:
        try:
            client = await self._workspaces.client(team)
            told = await client.users_info(user=user, include_locale=True)
        except (NotInstalled, *TROUBLE) as error:
            _log.warning("Slack did not say who a person is (%s)", type(error).__name__)
            self._silent = {k: at for k, at in self._silent.items() if at > self._monotonic()}
            self._silent[team, user] = self._monotonic() + SILENT
            return None
        profile = profile_from(told.get("user") or {})
        self._keep((team, user), profile)
        return profile

    def _keep(self, key: tuple[str, str], profile: Profile) -> None:
        if len(self._known) >= MOST:
            self._known.clear()
        self._silent.pop(key, None)
        self._known[key] = profile, self._monotonic() + FRESH


def profile_from(user: Mapping[str, Any]) -> Profile:
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
