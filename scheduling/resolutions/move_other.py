"""What is in the way gives way, if it may: not when it is fixed or weightier."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain, islice
from zoneinfo import ZoneInfo

from scheduling.edits import MoveEvent
from scheduling.events import Flexibility, Occurrence
from scheduling.phrasing import clock, local, moment, span_words
from scheduling.resolutions.plan import Plan, concerned, owned, short
from scheduling.resolutions.retiming import other_days, same_day
from scheduling.resolutions.situation import Case
from scheduling.speech import tr

_HOUR = timedelta(hours=1)
_TRIED = 6
"""Starts tried for each event in the way; the nearest is nearly always the one."""


def move_other_plans(case: Case) -> Iterator[Plan]:
    """Each event in the way by itself: where one place is enough, one need move."""
    for other in case.others:
        if case.movable(other) and other.flexibility is not Flexibility.FIXED:
            yield from islice(_plans(case, other), _TRIED)


def _plans(case: Case, other: Occurrence) -> Iterator[Plan]:
    situation = case.situation
    near = islice(same_day(situation, other), _TRIED - 2)
    for start in chain(near, other_days(situation, other)):
        yield _plan(case, other, start)


def _plan(case: Case, other: Occurrence, start: datetime) -> Plan:
    situation = case.situation
    event = situation.events[other.event_id]
    to, away = _to(case, other, start), abs(start - other.span.start) / _HOUR
    when = span_words(situation.placed(other, start), situation.household, situation.today)
    preferred = 1 if other.flexibility is Flexibility.PREFERRED else 0
    edit = MoveEvent(
        event.id, other.recurrence_id, local(start, ZoneInfo(event.timezone)), scope="one"
    )
    kept = span_words(case.occurrence, situation.household, situation.today)
    return Plan(
        kind="move_other",
        cost=8 + preferred + other.priority.rank + min(away / 6, 8),
        label=tr("Move {title} {to}", title=short(other.title), to=to),
        text=tr(
            "{event} moves to {when}; {title} is {kept}.",
            event=owned(situation, other),
            when=when,
            title=case.occurrence.title,
            kept=kept,
        ),
        others=(edit,),
        people=concerned(other),
    )


def _to(case: Case, other: Occurrence, start: datetime) -> str:
    household = case.situation.household
    wall = local(start, household.zone)
    if wall.date() == local(other.span.start, household.zone).date():
        return tr("to {wall}", wall=clock(wall, household.settings))
    words = moment(start, household, case.situation.today)
    return tr("to {split}", split=words.split(", ", 1)[0] if other.all_day else words)
