"""A whole series that clashes: skip the dates, or move all of it to another hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduling.edits import CancelEvent, MoveEvent
from scheduling.events import Flexibility, Occurrence
from scheduling.phrasing import clock, day, days_words, local
from scheduling.resolutions.plan import Plan, concerned, owned, short
from scheduling.resolutions.retiming import same_day
from scheduling.resolutions.situation import Situation
from scheduling.speech import tr

_HOUR = timedelta(hours=1)
_TRIED = 4
_DATES = 104
"""Dates looked at for a common hour: two years of a weekly series."""


def skip_plans(situation: Situation) -> Iterator[Plan]:
    """Everything but the dates that clash, where they are not most of it."""
    dates = [c.occurrence for c in situation.cases]
    if 2 * len(dates) > len(situation.own):
        return
    days = [local(o.span.start, situation.household.zone).date() for o in dates]
    told = days_words(days, situation.today)
    title = situation.wanted.title
    yield Plan(
        kind="skip",
        cost=5 + 10 * len(dates) / len(situation.own),
        label=tr("Skip {told}", told=told)
        if len(days) == 1
        else tr("Skip {days} dates", days=len(days)),
        text=tr(
            "{title} is left out on {told}; every other time it is as asked.",
            title=title,
            told=told,
        ),
        own=tuple(CancelEvent(situation.wanted.id, o.recurrence_id, scope="one") for o in dates),
    )


def move_series_plans(situation: Situation) -> Iterator[Plan]:
    """All of it to the hour, on the same days, that is free on every date."""
    first, zone = situation.cases[0].occurrence, situation.zone
    if first.all_day:
        return
    start = local(first.span.start, zone)
    common: set[time] | None = None
    for occurrence in situation.own[:_DATES]:
        hours = {local(s, zone).time() for s in same_day(situation, occurrence)}
        common = hours if common is None else common & hours
        if not common:
            return
    walls = [datetime.combine(start.date(), hour) for hour in common or ()]
    for wall in sorted(walls, key=lambda w: (abs(w - start), w < start))[:_TRIED]:
        yield _moved(situation, start, wall)


def _moved(situation: Situation, start: datetime, wall: datetime) -> Plan:
    first = situation.cases[0].occurrence
    hour = clock(wall, situation.household.settings)
    title = situation.wanted.title
    # From the rule time, so that an exception with an hour of its own does not count.
    rule_start = datetime.combine(first.recurrence_id.date(), wall.time())
    edit = MoveEvent(situation.wanted.id, first.recurrence_id, rule_start, scope="series")
    return Plan(
        kind="move_series",
        cost=4 + abs(wall - start) / _HOUR / 2,
        label=tr("Move every {title} to {hour}", title=short(title), hour=hour),
        text=tr("{title} is at {hour} every time; nothing else changes.", title=title, hour=hour),
        own=(edit,),
    )


def move_other_series_plans(situation: Situation) -> Iterator[Plan]:
    """A series in the way on several dates moves from the first of them on."""
    firsts = _in_the_way(situation)
    if len({o.event_id for o in firsts}) != 1 or not firsts[0].series:
        return
    case, other = situation.cases[0], firsts[0]
    if not case.movable(other) or other.flexibility is Flexibility.FIXED:
        return
    zone = ZoneInfo(situation.events[other.event_id].timezone)
    for start in same_day(situation, other)[:_TRIED]:
        yield _moved_on(situation, other, local(start, zone))


def _in_the_way(situation: Situation) -> list[Occurrence]:
    """What stands in the way on each date, where that is one event on each of several."""
    if len(situation.cases) < 2 or any(len(c.others) != 1 for c in situation.cases):
        return []
    return [c.others[0] for c in situation.cases]


def _moved_on(situation: Situation, other: Occurrence, wall: datetime) -> Plan:
    household = situation.household
    first = day(local(other.span.start, household.zone).date(), situation.today)
    hour = clock(wall, household.settings)
    edit = MoveEvent(
        other.event_id,
        other.recurrence_id,
        wall,
        scope="following",
        split_id=situation.new_id(),
    )
    return Plan(
        kind="move_other_series",
        cost=12 + other.priority.rank,
        label=tr("Move every {title} to {hour}", title=short(other.title), hour=hour),
        text=tr(
            "{event} is at {hour} from {first} on; {title} is as asked.",
            event=owned(situation, other),
            hour=hour,
            first=first,
            title=situation.wanted.title,
        ),
        others=(edit,),
        people=concerned(other),
    )
