"""What the family reads about a change: short, with weekday and date, on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from agents.clock_changes import clock_note
from agents.drafting import Change
from scheduling.agenda import people_and_things
from scheduling.events import Event, Occurrence, Status
from scheduling.family import Household
from scheduling.phrasing import (
    and_list,
    clock,
    day,
    days_words,
    duration_words,
    event_words,
    moment,
    names,
    rrule_words,
    span_words,
)
from scheduling.speech import tr

MANY = 4
"""More changes than that are told in a line each."""
IN_SHORT = 12


def told(
    changes: Sequence[Change], household: Household, today: date, assumed: Sequence[str] = ()
) -> tuple[str, str]:
    """Heading and text of the card for a change that has been made."""
    shown = [c for c in changes if c.fresh or c.gone or c.before is None] or list(changes)
    # What was asked for comes first, then what had to make room.
    shown.sort(key=lambda c: c.before is not None)
    if len(shown) > 1 and all(_only_gone(c) for c in shown):
        return tr("{number} events cancelled", number=len(shown)), _gone(shown, household, today)
    if len(shown) > MANY:
        return tr("{shown} changes", shown=len(shown)), _in_short(shown, household, today)
    first = shown[0]
    lines = _told(first, household, today)
    for other in shown[1:]:
        lines += [f"{_heading(other)}:", *_told(other, household, today)]
    if assumed:
        lines.append(tr("I assumed {assumed}.", assumed=and_list(list(assumed))))
    return _heading(first), "\n".join(lines)


def _in_short(shown: Sequence[Change], household: Household, today: date) -> str:
    """A line for each of many, as far as a phone shows them at once."""
    by_time = sorted(shown, key=lambda c: (c.after.start, c.after.title))
    lines = [f"• {event_words(c.after, household.settings, today)}  {_heading(c)}" for c in by_time]
    return _shortened(lines)


def _only_gone(change: Change) -> bool:
    return bool(change.gone) and not change.fresh and not change.after.reminder_only


def _gone(shown: Sequence[Change], household: Household, today: date) -> str:
    """A line for each that was taken off, at the occurrence that was meant."""
    lines = []
    for change in sorted(shown, key=lambda c: c.gone[0].span):
        when = span_words(change.gone[0], household, today)
        more = tr(" and after") if len(change.gone) > 1 else ""
        lines.append(f"• {when}{more}  {change.after.title}")
    return _shortened(lines)


def _shortened(lines: Sequence[str]) -> str:
    more = len(lines) - IN_SHORT
    rest = [tr("… and {more} more", more=more)] if more > 0 else []
    return "\n".join([*lines[:IN_SHORT], *rest])


def _heading(change: Change) -> str:
    title = change.after.title
    if change.after.status is Status.CANCELLED:
        return tr("{title}: cancelled", title=title)
    if change.before is None:
        return title
    if change.gone and not change.fresh:
        return tr("{title}: cancelled", title=title)
    if _times(change.fresh) != _times(change.gone):
        return tr("{title}: moved", title=title)
    return tr("{title}: changed", title=title)


def _times(occurrences: Sequence[Occurrence]) -> list[object]:
    return [o.span.start for o in occurrences]


def _told(change: Change, household: Household, today: date) -> list[str]:
    if change.before is None:
        return new_event(change.after, household, today, change.occurrences)
    if change.gone and not change.fresh:
        return _cancelled(change, household, today)
    if not change.fresh:
        return _reminders(change.after)
    return _altered(change, household, today)


def new_event(
    event: Event, household: Household, today: date, occurrences: Sequence[Occurrence] = ()
) -> list[str]:
    """When, how often, who, with what, where. occurrences: where the clocks change, a real one
    is at another hour than the event's wall time says."""
    if event.reminder_only:
        when = f"{day(event.start.date(), today)}, {clock(event.start, household.settings)}"
        who = names(household, event.people) or "you"
        return [tr("I'll remind {who}: {when}", who=who, when=when) + _rate(event, today)]
    note = clock_note(event, household)
    real = occurrences[0] if occurrences and (note or not event.repeats) else None
    said = event_words(event, household.settings, today)
    lines = [span_words(real, household, today) + _rate(event, today) if real else said]
    lines += [note] if note else []
    if event.cancelled:
        lines.append(
            tr("not on {days}", days=days_words((d.date() for d in event.cancelled), today))
        )
    with_whom = people_and_things(event.participants, event.resources, household)
    lines += [with_whom] if with_whom else []
    lines += [tr("at {place}", place=event.place)] if event.place else []
    return lines + (_reminders(event) if event.reminders else [])


def _rate(event: Event, today: date) -> str:
    return f", {rrule_words(event.rrule, today)}" if event.rrule else ""


def _reminders(event: Event) -> list[str]:
    if event.reminders is None:
        return []
    if not event.reminders:
        return [tr("No reminder.")]
    return [
        tr(
            "Reminder {things} before.",
            things=and_list([duration_words(r) for r in event.reminders]),
        )
    ]


def _cancelled(change: Change, household: Household, today: date) -> list[str]:
    if change.after.reminder_only:
        when = moment(change.gone[0].span.start, household, today)
        more = tr(" and after") if len(change.gone) > 1 else ""
        return [tr("No reminder {when}{more}.", when=when, more=more)]
    if len(change.gone) == 1:
        return [
            tr("{gone} is off the calendar.", gone=span_words(change.gone[0], household, today))
        ]
    first = span_words(change.gone[0], household, today)
    return [
        tr(
            "{gone} times, from {first} on, are off the calendar.",
            gone=len(change.gone),
            first=first,
        )
    ]


def _altered(change: Change, household: Household, today: date) -> list[str]:
    now = change.fresh[0]
    line = span_words(now, household, today)
    was = change.gone[0] if change.gone else None
    if was is not None and was.span != now.span:
        line += tr(" (was {was})", was=span_words(was, household, today))
    if len(change.fresh) > 1 and change.after.rrule:
        line += tr(", and the following: {rrule}", rrule=rrule_words(change.after.rrule, today))
    with_whom = people_and_things(now.participants, now.resources, household)
    return [
        line,
        *([with_whom] if with_whom else []),
        *([tr("at {place}", place=now.place)] if now.place else []),
        *(_reminders(change.after) if _reminders_changed(change) else []),
    ]


def _reminders_changed(change: Change) -> bool:
    return change.before is not None and change.before.reminders != change.after.reminders
