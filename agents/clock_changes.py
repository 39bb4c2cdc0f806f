"""A word about an hour that the clocks skip or repeat, to those who named one."""

from __future__ import annotations

from datetime import UTC, datetime

from scheduling.events import Event
from scheduling.family import Household
from scheduling.phrasing import clock
from scheduling.speech import tr


def clock_note(event: Event, household: Household) -> str:
    """ "" on all nights of the year but two. An hour in the gap begins later than was said; of
    an hour that comes twice, the first is taken."""
    said = event.start.replace(tzinfo=household.zone)
    if event.all_day or event.timezone != household.timezone:
        return ""
    real = said.astimezone(UTC).astimezone(household.zone)
    if real.replace(tzinfo=None) != event.start:
        begins = clock(real, household.settings)
        skipped = clock(event.start, household.settings)
        later = tr("; at {skipped} on all other days", skipped=skipped) if event.repeats else ""
        return tr(
            "The clocks go forward that night and skip {skipped}, so it begins at {begins}{later}.",
            skipped=skipped,
            begins=begins,
            later=later,
        )
    if _comes_twice(said):
        return tr(
            "{said} comes twice that night; I took the first.", said=clock(said, household.settings)
        )
    return ""


def _comes_twice(moment: datetime) -> bool:
    return moment.utcoffset() != moment.replace(fold=1).utcoffset()
