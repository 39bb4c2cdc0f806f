"""The lesser event goes: the last thing to offer."""

from __future__ import annotations

from collections.abc import Iterator

from scheduling.edits import CancelEvent
from scheduling.events import Occurrence
from scheduling.phrasing import and_list, days_words, local, span_words
from scheduling.resolutions.plan import Plan, concerned, owned, short
from scheduling.resolutions.situation import Case
from scheduling.speech import tr


def cancel_other_plans(case: Case) -> Iterator[Plan]:
    """One of those in the way, where that is enough; else all of them."""
    for other in case.others:
        if case.movable(other):
            yield _one(case, other)
    if len(case.others) > 1 and all(case.movable(other) for other in case.others):
        yield _all(case)


def _one(case: Case, other: Occurrence) -> Plan:
    situation = case.situation
    when = span_words(other, situation.household, situation.today)
    return Plan(
        kind="cancel_other",
        cost=30 + other.priority.rank,
        label=tr("Cancel {title}", title=short(other.title)),
        text=tr("{event}, {when}, is cancelled.", event=owned(situation, other), when=when),
        others=(_gone(other),),
        people=concerned(other),
    )


def _all(case: Case) -> Plan:
    """A trip over several visits: each of them goes, one by one on the card."""
    situation, others = case.situation, case.others
    titles = list(dict.fromkeys(o.title for o in others))
    zone = situation.household.zone
    days = days_words((local(o.span.start, zone).date() for o in others), situation.today)
    times = tr("both times") if len(others) == 2 else tr("{others} times", others=len(others))
    what = short(titles[0]) if len(titles) == 1 else tr("{others} events", others=len(others))
    return Plan(
        kind="cancel_other",
        cost=30 + 5 * len(others) + max(o.priority.rank for o in others),
        label=tr("Cancel {what} {times}", what=what, times=times)
        if len(titles) == 1
        else tr("Cancel {what}", what=what),
        text=tr("{titles} on {days}: cancelled.", titles=and_list(titles), days=days),
        others=tuple(_gone(other) for other in others),
        people=tuple(dict.fromkeys(m for other in others for m in concerned(other))),
    )


def _gone(other: Occurrence) -> CancelEvent:
    return CancelEvent(other.event_id, other.recurrence_id, scope="one")
