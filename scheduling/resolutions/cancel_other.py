"""The lesser event goes: the last thing to offer."""

from __future__ import annotations

from collections.abc import Iterator

from scheduling.edits import CancelEvent
from scheduling.phrasing import span_words
from scheduling.resolutions.plan import Plan, concerned, owned, short
from scheduling.resolutions.situation import Case


def cancel_other_plans(case: Case) -> Iterator[Plan]:
    for other in case.others:
        if case.movable(other):
            situation = case.situation
            when = span_words(other, situation.household, situation.today)
            yield Plan(
                kind="cancel_other",
                cost=30 + other.priority.rank,
                label=f"Cancel {short(other.title)}",
                text=f"{owned(situation, other)}, {when}, is cancelled.",
                others=(CancelEvent(other.event_id, other.recurrence_id, scope="one"),),
                people=concerned(other),
            )
