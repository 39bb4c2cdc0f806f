"""The word to whoever runs it, once on a day on which models cost more than they should."""

from __future__ import annotations

from agents.models.prices import MICRO
from bot.admin import tell_admin
from scheduling.ports import Clock, UnitOfWorkFactory


def too_dear(cost_today: int, limit: float) -> str | None:
    """What to say; None up to the limit. cost_today: millionths of a US dollar. limit: dollars."""
    dollars = cost_today / MICRO
    if dollars <= limit:
        return None
    return (
        f"Language models have cost ${dollars:.2f} since midnight UTC; ${limit:.2f} is the limit "
        "(COST_ALERT_USD_PER_DAY). `family-scheduler usage` tells what for. Each family's own "
        "budget (LLM_DAILY_BUDGET_USD) still holds."
    )


async def look_at_cost(
    uow: UnitOfWorkFactory, read: UnitOfWorkFactory, clock: Clock, admin_chat: str, limit: float
) -> str | None:
    """What was told, once a day."""
    now = clock.now()
    async with read() as reading:
        figures = await reading.backlogs.figures(now)
    told = too_dear(figures.cost_today, limit)
    if told is not None:
        await tell_admin(uow, admin_chat, f"cost:{now.date()}", told)
    return told
