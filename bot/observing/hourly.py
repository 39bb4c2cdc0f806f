"""The hourly look at the installation: a word to the operator where something is unlike before."""

from __future__ import annotations

from datetime import timedelta

from bot.admin import tell_admin
from scheduling.anomaly import anomalies
from scheduling.ports import Clock, UnitOfWorkFactory

WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)


async def look_for_anomalies(
    uow: UnitOfWorkFactory, read: UnitOfWorkFactory, clock: Clock, admin_chat: str
) -> list[str]:
    """What was told, once for each hour."""
    began = clock.now().replace(minute=0, second=0, microsecond=0) - HOUR
    async with read() as reading:
        hours = await reading.backlogs.hours(began - WEEK)
    last = next((hour for hour in hours if hour.begins == began), None)
    if last is None:
        return []
    found = anomalies([hour for hour in hours if hour.begins < began], last)
    if found:
        await tell_admin(uow, admin_chat, f"anomaly:{began:%Y-%m-%dT%H}", "\n".join(found))
    return found
