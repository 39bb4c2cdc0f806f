"""Who is free, and when everyone is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from agents.queries.windows import said_window
from agents.scene import Scene
from scheduling.agenda import stretch
from scheduling.events import Occurrence
from scheduling.family import Household
from scheduling.phrasing import and_list, day, duration_words, local, names, span_words, times
from scheduling.slots import WAKING, free_slots
from scheduling.span import Span

if TYPE_CHECKING:
    # Of the grammar: a receiver, which reads nothing, does without.
    from scheduling.language.readings import Query

MOST_DAYS = 7


async def who_is_free(scene: Scene, asked: Query, window: Span, people: Sequence[UUID]) -> str:
    """Of each person: free, or busy with what."""
    busy = await scene.uow.occurrences.overlapping(scene.household.id, window)
    lines = []
    for member in people or [m.id for m in scene.household.members]:
        taken = [o for o in busy if member in o.busy]
        who = names(scene.household, [member])
        if not taken:
            lines.append(f"{who} is free.")
        else:
            what = and_list([_busy_with(o, scene) for o in taken[:3]])
            lines.append(f"{who} is busy: {what}.")
    return f"{said_window(window, asked.when, scene)}:\n" + "\n".join(lines)


def _busy_with(occurrence: Occurrence, scene: Scene) -> str:
    return f"{occurrence.title} ({span_words(occurrence, scene.household)})"


async def common_slots(
    scene: Scene,
    window: Span,
    people: Sequence[UUID],
    things: Sequence[UUID],
    length: timedelta,
    hours: tuple[time, time] = WAKING,
) -> str:
    """Stretches in which all of them are free, under the family's rules. hours: within which,
    on each day."""
    start = max(window.start, scene.now)
    if start >= window.end:
        return "That is already past."
    ahead = Span(start, window.end)
    members = list(people) or [m.id for m in scene.household.members]
    # A day on either side, for rules on gaps and on events a day.
    near = ahead.padded(timedelta(days=1))
    busy = await scene.uow.occurrences.overlapping(scene.household.id, near)
    found = free_slots(scene.household, members, list(things), ahead, length, busy, waking=hours)
    who = _who(scene.household, members)
    one = len(members) == 1
    if not found:
        on = stretch(ahead, scene.household, scene.local_now.date())
        together = "" if one else " together"
        return f"{who} {'has' if one else 'have'} no {duration_words(length)}{together} {on}."
    told = _by_day(found, scene)
    return f"{who} {'is' if one else 'are'} free for {duration_words(length)}:\n" + told


def _by_day(found: Sequence[Span], scene: Scene) -> str:
    """A line a day, and how many more days there are."""
    zone, today = scene.household.zone, scene.local_now.date()
    by_day: dict[date, list[str]] = {}
    for span in found:
        start, end = local(span.start, zone), local(span.end, zone)
        by_day.setdefault(start.date(), []).append(times(start, end, scene.household.settings))
    lines = [f"{day(d, today)}, {and_list(spans)}" for d, spans in by_day.items()]
    more = len(lines) - MOST_DAYS
    told = [f"… and on {more} more day{'s' if more > 1 else ''}."] if more > 0 else []
    return "\n".join(lines[:MOST_DAYS] + told)


def _who(household: Household, members: Sequence[UUID]) -> str:
    if len(members) == len(household.members) > 1:
        return "All of you"
    return names(household, members)
