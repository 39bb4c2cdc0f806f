"""The new event goes to another hour of its day, or else to a day near by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from scheduling.edits import MoveEvent
from scheduling.phrasing import clock, day, local, moment, span_words
from scheduling.resolutions.plan import Plan, short, stays
from scheduling.resolutions.retiming import other_days, same_day
from scheduling.resolutions.situation import Case
from scheduling.speech import tr

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def same_day_plans(case: Case) -> Iterator[Plan]:
    """The nearest hour first."""
    for start in same_day(case.situation, case.occurrence):
        yield _hour_plan(case, start)


def other_side_plans(case: Case) -> Iterator[Plan]:
    """Earlier where the nearest is later, and the other way round."""
    starts, wanted = same_day(case.situation, case.occurrence), case.occurrence.span.start
    for start in starts:
        if (start < wanted) != (starts[0] < wanted):
            plan = _hour_plan(case, start)
            yield replace(plan, kind="other_side", cost=plan.cost + 1)


def _hour_plan(case: Case, start: datetime) -> Plan:
    household = case.situation.household
    hour = clock(local(start, household.zone), household.settings)
    away = abs(start - case.occurrence.span.start) / _HOUR
    return _plan(case, start, 1 + away / 2, tr("to {hour}", hour=hour))


def other_day_plans(case: Case) -> Iterator[Plan]:
    """One start a day over the following week."""
    situation, moving = case.situation, case.occurrence
    for start in other_days(situation, moving):
        to = moment(start, situation.household, situation.today)
        if moving.all_day:
            to = day(local(start, situation.household.zone).date(), situation.today)
        plan = _plan(case, start, 6 + (start - moving.span.start) / _DAY, tr("to {to}", to=to))
        yield replace(plan, kind="other_day")


def _plan(case: Case, start: datetime, cost: float, to: str) -> Plan:
    situation, moving = case.situation, case.occurrence
    when = span_words(situation.placed(moving, start), situation.household, situation.today)
    wall = case.wall(start)
    return Plan(
        kind="move_new",
        cost=cost,
        label=tr("Move {title} {to}", title=short(moving.title), to=to),
        text=tr("{title} moves to {when}.{rest}", title=moving.title, when=when, rest=stays(case)),
        all_but=tr("moves {to}", to=to),
        own=(MoveEvent(situation.wanted.id, moving.recurrence_id, wall, scope="one"),),
    )
