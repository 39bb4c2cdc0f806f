"""What a reminder says."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from scheduling.agenda import people_and_things
from scheduling.buttons import Tap
from scheduling.events import Occurrence
from scheduling.family import Household
from scheduling.messages import Button
from scheduling.phrasing import duration_words, local, moment, names, span_words
from scheduling.speech import N_, tr

LATE = timedelta(minutes=2)
"""From here on a reminder says that it is late."""

SNOOZES = (
    (N_("Snooze 10 min"), "10m"),
    (N_("Snooze 1 h"), "1h"),
    (N_("Snooze tonight"), "tonight"),
    (N_("Snooze tomorrow"), "tomorrow"),
)


def reminder(
    occurrence: Occurrence, household: Household, due: datetime, now: datetime
) -> tuple[str, str]:
    """Heading and text of an event's reminder."""
    if occurrence.reminder_only:
        who = names(household, occurrence.people)
        heading = f"⏰ {f'{who}: ' if who else ''}{occurrence.title}"
        return heading, late_words(household, due, now) or moment(occurrence.span.start, household)
    today = local(now, household.zone).date()
    lines = [span_words(occurrence, household, today)]
    with_whom = people_and_things(occurrence.participants, occurrence.resources, household)
    lines += [with_whom] if with_whom else []
    lines += [tr("at {place}", place=occurrence.place)] if occurrence.place else []
    late = late_words(household, due, now)
    lines += [late] if late else []
    return f"⏰ {occurrence.title}{_until(occurrence, now)}", "\n".join(lines)


def _until(occurrence: Occurrence, now: datetime) -> str:
    ahead = occurrence.span.start - now
    if occurrence.all_day or ahead > timedelta(days=2):
        return ""
    if ahead <= timedelta(0):
        return tr(", now")
    minutes = timedelta(minutes=round(ahead / timedelta(minutes=1)))
    return tr(" in {length}", length=duration_words(minutes)) if minutes else tr(", now")


def late_words(household: Household, due: datetime, now: datetime) -> str:
    """That it is late; "" where it is not."""
    if now - due < LATE:
        return ""
    return tr("This comes late: it was due {due}.", due=moment(due, household))


def reminder_buttons(notice_id: UUID) -> tuple[tuple[Button, ...], ...]:
    """Done, and the snoozes."""
    done = Button(tr("Done"), Tap("done", notice_id).data())
    snoozes = [
        Button(tr(label), Tap("snooze", notice_id, value).data()) for label, value in SNOOZES
    ]
    return ((done, snoozes[0], snoozes[1]), (snoozes[2], snoozes[3]))
