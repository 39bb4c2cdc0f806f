"""Reminders of events: told once, then moved on to the next occurrence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import uuid5

from reminders.addressed import chats_for
from reminders.due import Due
from reminders.words import reminder, reminder_buttons
from scheduling.events import Occurrence
from scheduling.notices import Notice, NoticeState
from scheduling.phrasing import moment
from scheduling.reminding import next_notice
from scheduling.speech import tr

FEW_AHEAD, MOST_AHEAD = 40, 800
"""Occurrences looked at: usually the next ones do; after a long time away it takes more."""
LONGEST_HOLD = timedelta(days=1)
"""Quiet hours may have held a notice back until after its event; it is then told as missed."""

LONGEST_SNOOZE = timedelta(days=3)
"""An occurrence that ended longer ago is not reminded of again."""


async def remind(due: Due) -> Notice:
    """Say what is due, or that it was missed; the notice as it goes on.

    Of a series that fell due several times while nobody looked, the last one is spoken of.
    """
    notice = due.notice
    assert notice.event_id is not None
    since = notice.due - LONGEST_HOLD
    for most in (FEW_AHEAD, MOST_AHEAD):
        upcoming = await due.uow.occurrences.of_event(
            due.household.id, notice.event_id, since, most
        )
        last, following = _fallen_due(due, upcoming)
        if following is not None or len(upcoming) < most:
            break
    spoken_of = next((o for o in upcoming if o.recurrence_id == last.recurrence_id), None)
    if spoken_of is None and following is None:
        return due.dropped
    going_on = following or replace(last, state=NoticeState.SENT)
    if spoken_of is None:
        return going_on
    if spoken_of.span.end <= due.now and not spoken_of.reminder_only:
        when = moment(spoken_of.span.start, due.household)
        where = await chats_for(due, spoken_of)
        await due.miss(tr("reminding you of"), f"{spoken_of.title} ({when})", where)
        return going_on
    await _tell(replace(due, notice=last), spoken_of)
    return going_on


def _fallen_due(due: Due, upcoming: Sequence[Occurrence]) -> tuple[Notice, Notice | None]:
    """The notice at the last occurrence that is due by now, and at the first that is not yet."""
    last, ahead = due.notice, iter(upcoming)
    following = next_notice(last, due.household, ahead, after=last.due)
    while following is not None and following.due <= due.now:
        last = following
        following = next_notice(last, due.household, ahead, after=last.due)
    return last, following


async def _tell(due: Due, occurrence: Occurrence) -> None:
    """The reminder gets a row of its own, so that Done and Snooze leave the series alone."""
    notice = due.notice
    told = replace(
        notice,
        id=uuid5(notice.id, f"told:{notice.due.isoformat()}"),
        state=NoticeState.SENT,
    )
    due.batch.told.append(told)
    heading, text = reminder(occurrence, due.household, notice.due, due.now)
    for chat in await chats_for(due, occurrence):
        await due.say(
            text,
            heading=heading,
            buttons=reminder_buttons(told.id),
            card=f"notice:{told.id.hex}",
            chat_id=chat,
        )


async def snoozed(due: Due) -> Notice:
    """A reminder that was snoozed comes back once."""
    notice = due.notice
    assert notice.event_id is not None
    all_of_it = await due.uow.occurrences.of_event(
        due.household.id, notice.event_id, due.now - LONGEST_SNOOZE, MOST_AHEAD
    )
    occurrence = next((o for o in all_of_it if o.recurrence_id == notice.recurrence_id), None)
    if occurrence is None:
        return due.dropped
    await _tell(due, occurrence)
    return due.settled
