"""What is offered for a clash, and what the calendar is after an offer is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from scheduling.conflicts import find_conflicts
from scheduling.editing import apply
from scheduling.edits import AddEvent, Edit
from scheduling.events import Event, Occurrence
from scheduling.family import Household, Resource, ResourceType
from scheduling.proposals import Option
from scheduling.resolutions import propose
from tests.scheduling.rivera_calendar import ANNA, NOW, VAN, ids, shown

VANS = (Resource(VAN, "van", ResourceType.VEHICLE),)


def ahead(made: Event) -> list[Occurrence]:
    return [o for o in shown(made) if o.span.end > NOW]


def options(
    family: Household,
    wanted: Event,
    *others: Event,
    asker: UUID | None = ANNA,
    base: Edit | None = None,
    before: Event | None = None,
) -> list[Option]:
    around = [o for e in others for o in shown(e)]
    clashes = find_conflicts(family, ahead(wanted), around)
    return propose(
        family,
        wanted,
        clashes,
        around,
        {e.id: e for e in others},
        NOW,
        ids(),
        asker,
        base,
        before,
    )


def labels(offered: Sequence[Option]) -> list[str]:
    return [o.label for o in offered]


def run(option: Option, before: Mapping[UUID, Event]) -> dict[UUID, Event]:
    """The calendar after an option, by nothing but the public `apply`."""
    state = dict(before)
    for edit in option.edits:
        current = None if isinstance(edit, AddEvent) else state.get(edit.event_id)
        state.update({e.id: e for e in apply(edit, current)})
    return state
