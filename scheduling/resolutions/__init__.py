"""Ways out of a clash: thought up by one strategy a file, tested, ranked, and told.

A strategy may hope; nothing is offered before its edits have been made to a copy and the clashes
looked for again. The cost of each says how much it disturbs: what changes only the new event on
its own day comes first, cancelling another's event last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from scheduling.conflicts import Conflict
from scheduling.edits import Edit
from scheduling.events import Event, Occurrence
from scheduling.family import Household
from scheduling.proposals import Option
from scheduling.resolutions.choosing import chosen_options
from scheduling.resolutions.situation import Situation
from scheduling.resolutions.window import needed_window

__all__ = ["needed_window", "propose"]


def propose(
    household: Household,
    wanted: Event,
    clashes: Sequence[Conflict],
    around: Sequence[Occurrence],
    events: Mapping[UUID, Event],
    now: datetime,
    new_id: Callable[[], UUID],
    asker: UUID | None = None,
    base: Edit | Sequence[Edit] | None = None,
    before: Event | None = None,
) -> list[Option]:
    """At most four ways out, the least disturbing first; fewer, down to none, where no more
    pass the test.

    wanted: the event as it would become; clashes: what `find_conflicts` said about it. around:
    everything else within `needed_window`, of which an option is only as sure as that is
    complete. events: the events of `around` that may change, as they are; one left out is not
    touched. new_id: for the second half where a series has to be cut. base: the edits that were
    asked for, None for a new event; the edits of an option are to be run in their place. before:
    the event as it is, which no option merely brings back.
    """
    asked = () if base is None else tuple(base) if isinstance(base, Sequence) else (base,)
    situation = Situation(
        household=household,
        wanted=wanted,
        clashes=tuple(clashes),
        around=tuple(around),
        events=events,
        now=now,
        new_id=new_id,
        asker=asker,
        base=asked,
        before=before,
    )
    return chosen_options(situation)
