"""Who is free, and when everyone is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from agents.scene import Scene
from scheduling.agenda import stretch
from scheduling.events import Occurrence
from scheduling.family import Household
from scheduling.language.readings import Query
from scheduling.language.when import When
from scheduling.matching import named_span
from scheduling.phrasing import and_list, day, duration_words, local, names, span_words, times
from scheduling.slots import free_slots
from scheduling.span import Span

MOST_SLOTS = 5


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
    return f"{_stretch(window, asked.when, scene)}:\n" + "\n".join(lines)


def _busy_with(occurrence: Occurrence, scene: Scene) -> str:
    return f"{occurrence.title} ({span_words(occurrence, scene.household)})"


def _stretch(window: Span, when: When | None, scene: Scene) -> str:
    first = local(window.start, scene.household.zone)
    last = local(window.end, scene.household.zone)
    today = scene.local_now.date()
    timed = when is not None and (isinstance(when.start, datetime) or when.window is not None)
    if timed and first.date() == (last - timedelta(seconds=1)).date():
        return f"{day(first.date(), today)}, {times(first, last, scene.household.settings)}"
    end = (last - timedelta(seconds=1)).date()
    if end == first.date():
        return day(first.date(), today)
    return f"{day(first.date(), today)} to {day(end, today)}"


async def common_slots(
    scene: Scene, window: Span, people: Sequence[UUID], things: Sequence[UUID], length: timedelta
) -> str:
    """Stretches in which all of them are free, under the family's rules."""
    start = max(window.start, scene.now)
    if start >= window.end:
        return "That is already past."
    ahead = Span(start, window.end)
    members = list(people) or [m.id for m in scene.household.members]
    # A day on either side, for rules on gaps and on events a day.
    near = ahead.padded(timedelta(days=1))
    busy = await scene.uow.occurrences.overlapping(scene.household.id, near)
    found = free_slots(scene.household, members, list(things), ahead, length, busy)
    who = _who(scene.household, members)
    if not found:
        on = stretch(ahead, scene.household, scene.local_now.date())
        return f"{who} have no {duration_words(length)} together {on}."
    lines = [span_words(s, scene.household, scene.local_now.date()) for s in found[:MOST_SLOTS]]
    return f"{who} are free for {duration_words(length)}:\n" + "\n".join(lines)


def _who(household: Household, members: Sequence[UUID]) -> str:
    if len(members) == len(household.members) > 1:
        return "All of you"
    return names(household, members)


def window_of(when: When | None, scene: Scene, days: int) -> Span:
    """The stretch a question is about: as said, else the coming days."""
    span = named_span(when, scene.household) if when is not None else None
    if span is not None:
        return span
    return Span(scene.now, scene.now + timedelta(days=days))
