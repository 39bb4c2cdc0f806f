"""Time goes by in a family, and what it is told meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Any

from scheduling.family import Household
from tests.bot.talk import ZONE, Talk


def at(text: str) -> datetime:
    """A moment of March 2026 in the family's zone: "5 07:30"."""
    day, clock = text.split()
    return datetime.combine(datetime(2026, 3, int(day)), time.fromisoformat(clock), ZONE)


async def until(talk: Talk, text: str) -> list[str]:
    """Everything told from now until then."""
    told = len(talk.heard)
    await talk.wait_until(at(text))
    return [heard.text for heard in talk.heard[told:]]


async def away(talk: Talk, text: str) -> list[str]:
    """Nobody looked until then; what is told on coming back."""
    told = len(talk.heard)
    talk.clock.set(at(text))
    await talk.service.settle()
    return [heard.text for heard in talk.heard[told:]]


async def setting(talk: Talk, **changes: Any) -> Household:
    async with talk.service.uow() as uow:
        (rivera, *_) = await uow.households.all_ids()
        household = await uow.households.get(rivera)
        await uow.households.save_settings(rivera, replace(household.settings, **changes))
        await uow.commit()
    return household
