"""Reminders that can never be told, because their moment is over already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from agents.planning.item import Item
from agents.planning.targets import Found
from agents.readiness import Say
from scheduling.phrasing import and_list, duration_words, span_words
from scheduling.recurrence import to_instant
from scheduling.speech import tr

Leads = tuple[timedelta, ...]


def in_time(leads: Leads, start: datetime, item: Item) -> tuple[Leads, tuple[str, ...]]:
    """Those of a single event that are still ahead, and what is said of the others."""
    begins = to_instant(start, ZoneInfo(item.scene.household.timezone))
    kept = tuple(lead for lead in leads if begins - lead > item.scene.now)
    gone = [
        tr("{length} before", length=duration_words(lead)) for lead in leads if lead not in kept
    ]
    left = tr("only what is left of the reminders") if kept else tr("the usual reminder")
    return kept, (
        (tr("{left}, as {gone} is over already", left=left, gone=and_list(gone)),) if gone else ()
    )


def too_late(leads: Sequence[timedelta], found: Found, item: Item) -> Say | None:
    """A sentence where none of the reminders asked for could be told any more. Of a series the
    next time may be far enough ahead."""
    start = found.occurrence.span.start
    if not leads or found.event.repeats or any(start - lead > item.scene.now for lead in leads):
        return None
    when = span_words(found.occurrence, item.scene.household, item.scene.local_now.date())
    told = and_list([tr("{length} before", length=duration_words(lead)) for lead in leads])
    return Say(
        tr(
            "{told} is over already: {title} is {when}. Reminders stay as they are.",
            told=told,
            title=found.event.title,
            when=when,
        )
    )
