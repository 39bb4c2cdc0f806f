"""Digests are notices: one waiting row for the morning, one for Sunday."""

from __future__ import annotations

from uuid import uuid5

from agents.scene import Scene
from scheduling.digesting import next_daily, next_weekly
from scheduling.family import Household
from scheduling.notices import Notice, NoticeKind


async def plan_digests(scene: Scene, household: Household) -> None:
    """Set the next morning and Sunday digests by the family's settings, or drop them."""
    settings = household.settings
    wanted = (
        (NoticeKind.DAILY, settings.digest_daily, next_daily),
        (NoticeKind.WEEKLY, settings.digest_weekly, next_weekly),
    )
    for kind, hour, following in wanted:
        await scene.uow.notices.drop_kind(household.id, kind)
        if hour is not None:
            notice = Notice(
                id=uuid5(household.id, kind.value),
                household_id=household.id,
                kind=kind,
                due=following(household, scene.now),
            )
            await scene.uow.notices.put([notice])
