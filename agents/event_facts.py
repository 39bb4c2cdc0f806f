"""The facts of a change's card, piece by piece, for a platform that lays them out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from agents.drafting import Change
from scheduling.agenda import people_and_things
from scheduling.family import Household
from scheduling.messages import EventFacts
from scheduling.phrasing import (
    duration_words,
    event_words,
    resource_names,
    rrule_words,
    span_words,
)
from scheduling.speech import N_, tr

_STATUS = {True: N_("Booked"), False: N_("Changed")}


def event_facts(
    changes: Sequence[Change], household: Household, today: date, heading: str, text: str
) -> EventFacts | None:
    """None unless the card is about one event that now stands on the calendar. text: the card's
    lines; what is no fact of its own among them stays a note."""
    change = changes[0]
    if len(changes) != 1 or not change.fresh or change.after.reminder_only:
        return None
    shown, event = change.fresh[0], change.after
    said = _said(change, household, today)
    series = event.rrule if len(change.fresh) > 1 else None
    return EventFacts(
        title=heading,
        status=tr(_STATUS[change.before is None]),
        start=shown.span.start,
        when=span_words(shown, household, today),
        length="" if shown.all_day else duration_words(shown.span.end - shown.span.start),
        repeats=rrule_words(series, today) if series else "",
        all_day=shown.all_day,
        who=people_and_things(shown.participants, (), household),
        things=resource_names(household, shown.resources),
        place=shown.place or "",
        notes=tuple(line for line in text.splitlines() if line not in said),
    )


def _said(change: Change, household: Household, today: date) -> set[str]:
    """Lines that only repeat the facts."""
    shown, event = change.fresh[0], change.after
    return {
        span_words(shown, household, today),
        event_words(event, household.settings, today),
        people_and_things(shown.participants, shown.resources, household),
        tr("at {place}", place=shown.place),
    }
