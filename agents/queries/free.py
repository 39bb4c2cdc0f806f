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
from scheduling.speech import N_, tr, trn

if TYPE_CHECKING:
    # Of the grammar: a receiver, which reads nothing, does without.
    from scheduling.language.readings import Query

MOST_DAYS = 7


async def who_is_free(scene: Scene, asked: Query, window: Span, people: Sequence[UUID]) -> str:
    """Of each person: free, or busy with what."""
    busy = await scene.on_calendar(window)
    lines = []
    for member in people or [m.id for m in scene.household.members]:
        taken = [o for o in busy if member in o.busy]
        who = names(scene.household, [member])
        if not taken:
            lines.append(tr("{who} is free.", who=who))
        else:
            what = and_list([_busy_with(o, scene) for o in taken[:3]])
            lines.append(tr("{who} is busy: {what}.", who=who, what=what))
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
        return tr("That is already past.")
    ahead = Span(start, window.end)
    members = list(people) or [m.id for m in scene.household.members]
    # A day on either side, for rules on gaps and on events a day.
    near = ahead.padded(timedelta(days=1))
    busy = await scene.on_calendar(near)
    found = free_slots(scene.household, members, list(things), ahead, length, busy, waking=hours)
    who = _who(scene.household, members)
    one = len(members) == 1
    if not found:
        on = stretch(ahead, scene.household, scene.local_now.date())
        none = (
            N_("{who} has no {length} {on}.")
            if one
            else N_("{who} have no {length} together {on}.")
        )
        return tr(none, who=who, length=duration_words(length), on=on)
    free = N_("{who} is free for {length}:") if one else N_("{who} are free for {length}:")
    return f"{tr(free, who=who, length=duration_words(length))}\n{_by_day(found, scene)}"


def _by_day(found: Sequence[Span], scene: Scene) -> str:
    """A line a day, and how many more days there are."""
    zone, today = scene.household.zone, scene.local_now.date()
    by_day: dict[date, list[str]] = {}
    for span in found:
        start, end = local(span.start, zone), local(span.end, zone)
        by_day.setdefault(start.date(), []).append(times(start, end, scene.household.settings))
    lines = [f"{day(d, today)}, {and_list(spans)}" for d, spans in by_day.items()]
    more = len(lines) - MOST_DAYS
    told = (
        [trn("… and on {number} more day.", "… and on {number} more days.", more)]
        if more > 0
        else []
    )
    return "\n".join(lines[:MOST_DAYS] + told)


def _who(household: Household, members: Sequence[UUID]) -> str:
    if len(members) == len(household.members) > 1:
        return tr("All of you")
    return names(household, members)
