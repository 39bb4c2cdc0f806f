"""Which half of the product this process is, by its settings."""

from __future__ import annotations

from collections.abc import Sequence

from bot.door import Door
from bot.platforms import ChatPlatform
from bot.settings import Settings
from scheduling.ports import Clock


async def product(settings: Settings, *, clock: Clock, platforms: Sequence[ChatPlatform]) -> Door:
    """Everything in one process; with a broker, only what receives. Not started yet. Each loads
    only what it needs."""
    if settings.celery_broker_url:
        from bot.receiving import build_receiving

        return await build_receiving(settings, clock=clock, platforms=platforms)
    from bot.wiring import build

    return await build(settings, clock=clock, platforms=platforms)
