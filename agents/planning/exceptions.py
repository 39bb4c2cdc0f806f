"""The days a series leaves out, including those only the family can date."""

from __future__ import annotations

from datetime import date, timedelta

from agents.scene import Scene
from scheduling.language.when import Repeat
from scheduling.matching import title_score
from scheduling.phrasing import local
from scheduling.span import Span
from scheduling.speech import tr


async def exception_dates(repeat: Repeat, scene: Scene) -> tuple[tuple[date, ...], tuple[str, ...]]:
    """Local dates to leave out, and notes on names that could not be dated.

    "Except school holidays" stands for the days of the all-day events the family has under
    that name ("spring break 4/6 - 4/10"); if there are none yet, that is said.
    """
    dates = list(repeat.except_dates)
    notes = []
    for name in repeat.except_named:
        days = await _days_called(name, scene)
        dates += days
        if not days:
            notes.append(
                tr(
                    "I don't know when the {name} are yet: tell me, and cancel those dates then",
                    name=name,
                )
            )
    return tuple(dict.fromkeys(dates)), tuple(notes)


async def _days_called(name: str, scene: Scene) -> list[date]:
    ahead = Span(scene.now, scene.now + timedelta(days=400))
    found = []
    for occurrence in await scene.uow.occurrences.overlapping(scene.household.id, ahead):
        if occurrence.all_day and title_score(name.casefold().split(), occurrence.title) >= 1:
            day = local(occurrence.span.start, scene.household.zone).date()
            last = local(occurrence.span.end, scene.household.zone).date()
            while day < last:
                found.append(day)
                day += timedelta(days=1)
    return found
