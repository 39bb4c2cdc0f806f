"""An event as a form has it: every field by itself, nothing to be read out of words.

A chat platform that can show forms fills one in; so may an API. What it says is checked here,
and planned like anything else that is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID

from scheduling.edits import Scope
from scheduling.events import Event, Occurrence
from scheduling.family import Household
from scheduling.phrasing import local
from scheduling.speech import N_, tr

LONGEST_TITLE = 200
LONGEST_PLACE = 200
FAR = timedelta(days=5 * 366)
LONGEST = timedelta(days=366)

REPEATS: dict[str, str] = {
    "": N_("Does not repeat"),
    "FREQ=DAILY": N_("Every day"),
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR": N_("On weekdays"),
    "FREQ=WEEKLY": N_("Every week"),
    "FREQ=WEEKLY;INTERVAL=2": N_("Every other week"),
    "FREQ=MONTHLY": N_("Every month"),
    "FREQ=YEARLY": N_("Every year"),
}
"""RFC 5545 rules that a form offers, each with its words."""

LEADS: dict[str, str] = {
    "family": N_("As the family has it"),
    "none": N_("No reminder"),
    "10": N_("10 minutes before"),
    "30": N_("30 minutes before"),
    "60": N_("1 hour before"),
    "120": N_("2 hours before"),
    "1440": N_("1 day before"),
}
"""Reminders that a form offers: minutes, or one of two words."""

Field = Literal["title", "day", "start", "end", "last_day", "place"]


@dataclass(frozen=True, slots=True)
class EventForm:
    """start None: the whole day. end None: the family's usual length, or a whole day.
    last_day: the day on which it ends, itself included, where that is not the first; None: the
    same day, or past midnight where the end is before the start. repeats: a rule of REPEATS, or
    the event's own. reminder: a key of LEADS. event_id: the event that is edited, None for a new
    one; recurrence_id: which of its occurrences was shown. scope: how much of a series is meant,
    None = that is to be asked. gone: it is to be taken off the calendar."""

    title: str
    day: date
    start: time | None = None
    end: time | None = None
    last_day: date | None = None
    members: tuple[UUID, ...] = ()
    resources: tuple[UUID, ...] = ()
    place: str = ""
    repeats: str = ""
    reminder: str = "family"
    event_id: UUID | None = None
    recurrence_id: datetime | None = None
    scope: Scope | None = None
    gone: bool = False
    kind: Literal["form"] = "form"

    @property
    def begins(self) -> datetime:
        """Local wall time; midnight of a whole day."""
        return datetime.combine(self.day, self.start or time())

    def length(self, usual: timedelta) -> timedelta:
        """How long it takes by the clock on the wall, which is what an end is named by
        (`Event.wall_end`): on the day the clocks change, another time passes."""
        if self.start is None:
            return (self.last_day or self.day) - self.day + timedelta(days=1)
        if self.end is None:
            return usual
        ends = datetime.combine(self.last_day or self.day, self.end)
        if self.last_day is None and ends <= self.begins:
            ends += timedelta(days=1)
        return ends - self.begins

    def leads(self) -> tuple[timedelta, ...] | None:
        """None: as the family has it; () for none."""
        if self.reminder == "family":
            return None
        return () if self.reminder == "none" else (timedelta(minutes=int(self.reminder)),)


@dataclass(frozen=True, slots=True)
class FormSheet:
    """What a form is drawn from: the family as it is, and what stands in the fields."""

    household: Household
    form: EventForm


def problems(form: EventForm, household: Household, now: datetime) -> dict[Field, str]:
    """What is wrong, by field, in words for the one who filled it in. now: naive local."""
    found: dict[Field, str] = {}
    if not form.title.strip():
        found["title"] = tr("What is it? Give it a name.")
    elif len(form.title) > LONGEST_TITLE:
        found["title"] = tr(
            "That is too long; {longest_title} letters at most.", longest_title=LONGEST_TITLE
        )
    if len(form.place) > LONGEST_PLACE:
        found["place"] = tr(
            "That is too long; {longest_place} letters at most.", longest_place=LONGEST_PLACE
        )
    if form.day < now.date():
        found["day"] = tr("That day is already past.")
    elif form.day > now.date() + FAR:
        found["day"] = tr("That is too far ahead: I keep the next five years.")
    elif form.start is not None and form.begins < now and form.event_id is None:
        found["start"] = tr("That hour is already past.")
    if form.start is None and form.end is not None:
        found["start"] = tr("From when? Or leave both empty for the whole day.")
    if form.start is not None and form.start == form.end and form.last_day in (None, form.day):
        found["end"] = tr("That leaves no time for it.")
    elif form.last_day is not None:
        found |= _last_day_problems(form)
    return found


def _last_day_problems(form: EventForm) -> dict[Field, str]:
    last = form.last_day or form.day
    if last < form.day:
        return {"last_day": tr("That is before the first day.")}
    if last - form.day > LONGEST:
        return {"last_day": tr("That is too long: {days} days at most.", days=LONGEST.days)}
    if form.start is not None and form.end is None and last > form.day:
        return {"end": tr("Until when on the last day?")}
    if form.start is not None and form.end is not None and last == form.day:
        return {"end": tr("That is before it begins.")} if form.end < form.start else {}
    return {}


def blank(household: Household, now: datetime, members: tuple[UUID, ...] = ()) -> EventForm:
    """A new event's form: the next whole hour of today, or tomorrow morning late at night.
    now: naive local."""
    later = now + timedelta(hours=1)
    start = later.replace(minute=0, second=0, microsecond=0)
    if start.date() > now.date():
        start = datetime.combine(start.date(), time(9))
    end = start + timedelta(minutes=household.settings.default_duration)
    return EventForm("", start.date(), start.time(), end.time(), members=members)


def filled(event: Event, occurrence: Occurrence, household: Household) -> EventForm:
    """The form of an event as it stands, at one of its occurrences."""
    start = local(occurrence.span.start, household.zone)
    end = local(occurrence.span.end, household.zone)
    last = (end - timedelta(microseconds=1)).date() if occurrence.all_day else end.date()
    if not occurrence.all_day and end - start < timedelta(days=1):
        last = start.date()  # Past midnight, at most.
    return EventForm(
        title=occurrence.title,
        day=start.date(),
        start=None if occurrence.all_day else start.time(),
        end=None if occurrence.all_day else end.time(),
        last_day=last if last > start.date() else None,
        members=occurrence.people,
        resources=occurrence.resources,
        place=occurrence.place or "",
        repeats=event.rrule or "",
        reminder=_lead(event.reminders),
        event_id=event.id,
        recurrence_id=occurrence.recurrence_id,
    )


def _lead(leads: tuple[timedelta, ...] | None) -> str:
    """The choice that says it; one that no choice says stays as it is ("family" changes
    nothing)."""
    if leads is None:
        return "family"
    if not leads:
        return "none"
    minutes = str(int(leads[0] / timedelta(minutes=1)))
    return minutes if len(leads) == 1 and minutes in LEADS else "family"
