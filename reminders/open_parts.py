"""A part of an event that nobody has taken yet: asked again until someone does, or it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from reminders.due import Due
from reminders.events import LONGEST_HOLD
from scheduling.buttons import Tap, take_argument
from scheduling.events import Occurrence, Part, Participant, Status
from scheduling.messages import Button
from scheduling.notices import Notice
from scheduling.phrasing import moment, span_words
from scheduling.speech import N_, tr

ASK_AGAIN = timedelta(hours=24)
LAST_ASKED = timedelta(hours=2)
"""Before it begins; later nobody is asked any more."""
AHEAD = 800
"""Occurrences among which the one that the notice names is looked for, and the next open one."""
_TAKE = {
    Part.DRIVER: (N_("Who drives?"), N_("I'll drive"), N_("asking who drives")),
    Part.RESPONSIBLE: (N_("Who is in charge?"), N_("I'll do it"), N_("asking who is in charge of")),
}


async def open_part(due: Due) -> Notice:
    """Ask for the occurrence that the notice names, as long as nobody has it; of a series, then
    go on to the next one that waits for someone."""
    notice = due.notice
    part = Part(str(notice.data.get("part", Part.DRIVER.value)))
    if notice.event_id is None:
        return due.dropped
    event = await due.uow.events.get(due.household.id, notice.event_id)
    if event is None or event.status is Status.CANCELLED:
        return due.dropped
    since = notice.due - LONGEST_HOLD
    found = await due.uow.occurrences.of_event(due.household.id, event.id, since, AHEAD)
    named = _named(found, notice)
    if named is not None and _is_open(named, part):
        again = await _ask(due, named, part)
        if again is not None:
            return replace(notice, due=again, recurrence_id=named.recurrence_id)
    return _go_on(due, found, named, part)


def _named(found: Sequence[Occurrence], notice: Notice) -> Occurrence | None:
    """The one the notice names. A single event that was moved is still the same one."""
    if len(found) == 1 and not found[0].series:
        return found[0]
    return next((o for o in found if o.recurrence_id == notice.recurrence_id), None)


def _is_open(occurrence: Occurrence, part: Part) -> bool:
    taken = any(p.part is part and p.member_id is not None for p in occurrence.participants)
    return not taken and Participant(None, part) in occurrence.participants


async def _ask(due: Due, occurrence: Occurrence, part: Part) -> datetime | None:
    """Say it, or that it was missed; when it is to be asked again, if it is."""
    heading, label, asking = map(tr, _TAKE[part])
    if occurrence.span.start <= due.now:
        when = moment(occurrence.span.start, due.household)
        await due.miss(asking, f"{occurrence.title} ({when})")
        return None
    event_id = occurrence.event_id
    button = Button(label, Tap("take", event_id, take_argument(part, occurrence)).data())
    await due.say(
        due.worded(f"{occurrence.title}: {span_words(occurrence, due.household)}"),
        heading=tr("Still open: {heading}", heading=heading),
        buttons=((button,),),
        card=f"part:{event_id.hex}:{part.value}:{due.notice.due.isoformat()}",
    )
    again = min(due.now + ASK_AGAIN, occurrence.span.start - LAST_ASKED)
    return again if again > due.now else None


def _go_on(due: Due, found: Sequence[Occurrence], before: Occurrence | None, part: Part) -> Notice:
    since = max(due.now, before.span.start) if before else due.now
    following = next((o for o in found if o.span.start > since and _is_open(o, part)), None)
    if following is None:
        return due.settled
    ahead = following.span.start - ASK_AGAIN
    asked = max(ahead, before.span.end if before else due.now, due.now + timedelta(seconds=1))
    return replace(due.notice, due=asked, recurrence_id=following.recurrence_id)
