"""A running product with one or two families, spoken to over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx

from agents.actions.tokens import Holder, grant
from bot.clock import HandClock
from bot.http.platform import HttpPlatform
from bot.http.serving import http_app, http_platform
from bot.play.counterparts.loopback import Loopback
from bot.settings import Settings
from bot.wiring import Service, build
from scheduling.access import Scope
from scheduling.family import Household, Member, Resource, ResourceType, Role

NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)
"""A Wednesday, 10:00 in New York."""


def rivera() -> Household:
    anna = Member(uuid4(), "Anna", Role.PARENT, ("Mom",))
    ben = Member(uuid4(), "Ben", Role.PARENT, ("Dad",))
    mia = Member(uuid4(), "Mia", Role.CHILD)
    car = Resource(uuid4(), "car", ResourceType.VEHICLE)
    people, things = (anna, ben, mia), (car,)
    return Household(uuid4(), "Rivera", "America/New_York", members=people, resources=things)


@dataclass
class Home:
    """client: without a token of its own. base: where the API answers."""

    service: Service
    household: Household
    client: httpx.AsyncClient
    base: str

    @property
    def clock(self) -> HandClock:
        assert isinstance(self.service.clock, HandClock)
        return self.service.clock

    async def token(
        self, scope: str = "admin", name: str = "Anna", of: Household | None = None
    ) -> dict[str, str]:
        """Headers of a token for that member."""
        household = of or self.household
        member = household.named(name)
        assert member is not None
        words = f"fs_{uuid4().hex}"
        holder = Holder(household.id, member.id, f"{name} {scope}", Scope(scope))
        async with self.service.uow() as uow:
            await grant(uow, holder, uuid4(), words, NOW)
            await uow.commit()
        return {"Authorization": f"Bearer {words}"}

    async def add(self, household: Household) -> Household:
        async with self.service.uow() as uow:
            await uow.households.add(household)
            await uow.commit()
        return household

    async def ask(self, headers: dict[str, str], **body: Any) -> dict[str, Any]:
        """POST /events, everything that follows from it, and then the task."""
        answer = await self.client.post("/events", json=body, headers=headers)
        assert answer.status_code == 202, answer.text
        return await self.done(headers, answer)

    async def done(self, headers: dict[str, str], accepted: httpx.Response) -> dict[str, Any]:
        assert accepted.status_code == 202, accepted.text
        await self.service.settle()
        answer = await self.client.get(accepted.json()["status_url"], headers=headers)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def member(self, name: str) -> UUID:
        found = self.household.named(name)
        assert found is not None
        return found.id


@asynccontextmanager
async def at_home(
    database_url: str, rate: int = 0, *, empty: bool = False, **settings: Any
) -> AsyncIterator[Home]:
    """empty: without a family of its own."""
    chosen = Settings(database_url=database_url, api_rate_per_minute=rate, **settings)
    started: list[Service] = []
    platform: HttpPlatform = http_platform(chosen, lambda: started[0].reader)
    service = await build(chosen, clock=HandClock(NOW), platforms=[platform])
    started.append(service)
    await service.start()
    server = Loopback(http_app(service, None))
    await server.start()
    async with httpx.AsyncClient(base_url=server.base_url, trust_env=False) as client:
        home = Home(service, rivera(), client, server.base_url)
        if not empty:
            await home.add(home.household)
        try:
            yield home
        finally:
            await server.stop()
            await service.stop()
