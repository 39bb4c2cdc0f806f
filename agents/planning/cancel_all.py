""" "I'm sick, cancel everything tomorrow": all of a stretch of days, asked about as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from agents.planning.item import Item
from agents.readiness import Ask, Plan, Say
from scheduling.edits import CancelEvent
from scheduling.events import Occurrence
from scheduling.language.readings import Target
from scheduling.matching import matches_people, name_words, named_span, title_words
from scheduling.phrasing import names, span_words
from scheduling.proposals import Option
from scheduling.span import Span
from scheduling.speech import N_, tr, trn

MOST = 10
"""What a parent reads before they tap; more is named a day at a time."""
_LONGEST = timedelta(days=15)
ONE_AT_A_TIME = N_(
    "I take things off the calendar one by one, or a day at a time: say “cancel piano on Tuesday” "
    "or “cancel everything tomorrow”. /week shows what is there."
)
_EVERYTHING = re.compile(
    r"\beverything\b|\b(?:every(?: single)?|all(?: of)?(?: (?:the|my|our|your|\w+['’]s?))?)"
    r" (?:events?|appointments?|plans|entries|stuff)\b",
    re.IGNORECASE,
)
_ALL = frozenset(
    ("everything", "every", "all", "events", "appointments", "plans", "entries", "stuff", "has")
)


def means_everything(target: Target, item: Item) -> bool:
    """Whether the words name no event of their own, but all there are."""
    said = set(title_words(target.words)) - name_words(item.scene.household)
    if said - _ALL or target.last:
        return False
    return "everything" in said or bool(_EVERYTHING.search(item.text))


async def plan_cancel_all(target: Target, item: Item) -> Plan:
    """One question for a stretch of days that was named. Without one nothing is offered: the
    whole calendar is not a tap away."""
    scene, household = item.scene, item.scene.household
    span = named_span(target.when, household) if target.when else None
    if span is None or span.end - span.start > _LONGEST:
        return Say(tr(ONE_AT_A_TIME))
    there = await scene.uow.occurrences.overlapping(household.id, span)
    found = [
        o for o in there if _to_be_done(o, span, item) and matches_people(target, o, household)
    ]
    if not found:
        return Say(tr("There is nothing to cancel then. /week shows what is there."))
    if len(found) > MOST:
        return Say(tr("That is {number} events. Please say one day at a time.", number=len(found)))
    return _asked(found, item)


def _to_be_done(occurrence: Occurrence, span: Span, item: Item) -> bool:
    """A birthday or a reminder is nothing to call off, and a trip that began before is not one
    day's to cancel."""
    ahead = occurrence.span.end > item.scene.now and occurrence.span.start >= span.start
    return ahead and not occurrence.transparent


def _asked(found: Sequence[Occurrence], item: Item) -> Ask:
    edits = tuple(CancelEvent(o.event_id, o.recurrence_id, "one") for o in found)
    return Ask(
        "confirm",
        "\n".join(_line(occurrence, item) for occurrence in found),
        (Option(yes_to(edits), edits=edits),),
        kind="confirm",
        heading=trn("Cancel this?", "Cancel all of these?", len(found)),
        edits=edits,
    )


def yes_to(edits: Sequence[CancelEvent]) -> str:
    return trn("Yes, cancel it", "Yes, cancel these {number}", len(edits))


def _line(occurrence: Occurrence, item: Item) -> str:
    household = item.scene.household
    who = names(household, occurrence.people)
    when = span_words(occurrence, household, item.scene.local_now.date())
    return f"• {when}  {occurrence.title}{f' ({who})' if who else ''}"
