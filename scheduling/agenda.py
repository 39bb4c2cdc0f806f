"""The calendar as a list: by day, a line each, short enough for a phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from scheduling.events import Occurrence, Part, Participant
from scheduling.family import Household
from scheduling.phrasing import day, local, names, resource_names, span_words
from scheduling.span import Span
from scheduling.speech import N_, tr

MOST_LINES = 40
_WHO = {Part.DRIVER: N_("who drives?"), Part.RESPONSIBLE: N_("who is in charge?")}
_DOES = {Part.DRIVER: N_("{who} drives"), Part.RESPONSIBLE: N_("{who} is in charge")}


def by_day(
    occurrences: Sequence[Occurrence], household: Household, window: Span, today: date
) -> str:
    """Lines under one heading a day. What spans days stands under the first that is shown."""
    first = local(window.start, household.zone).date()
    if not occurrences:
        return tr("Nothing on the calendar {stretch}.", stretch=stretch(window, household, today))
    lines: list[str] = []
    shown: date | None = None
    for occurrence in occurrences[:MOST_LINES]:
        on = max(first, local(occurrence.span.start, household.zone).date())
        if on != shown:
            lines += ["", day(on, today)] if lines else [day(on, today)]
            shown = on
        lines.append(agenda_line(occurrence, household))
    if len(occurrences) > MOST_LINES:
        lines.append(tr("… and {more} more.", more=len(occurrences) - MOST_LINES))
    return "\n".join(lines)


def stretch(window: Span, household: Household, today: date) -> str:
    """ "on Sat 7 Mar", or "from Mon 9 Mar to Sun 15 Mar"."""
    first = local(window.start, household.zone).date()
    last = local(window.end - timedelta(seconds=1), household.zone).date()
    if first == last:
        return tr("on {first}", first=day(first, today))
    return tr("from {first} to {last}", first=day(first, today), last=day(last, today))


def agenda_line(occurrence: Occurrence, household: Household) -> str:
    """ "2:00–3:00 PM soccer practice · Mia · the car" """
    when = span_words(occurrence, household).split(", ", 1)
    at = when[1] if len(when) > 1 and not occurrence.all_day else tr("all day")
    line = f"{at}  {occurrence.title}"
    details = people_and_things(occurrence.participants, occurrence.resources, household)
    line += f" · {details}" if details else ""
    return line + (f" · {occurrence.place}" if occurrence.place else "")


def people_and_things(
    participants: tuple[Participant, ...], resources: Sequence[UUID], household: Household
) -> str:
    attending = [
        p.member_id for p in participants if p.part is Part.ATTENDEE and p.member_id is not None
    ]
    who = tr("everyone") if _is_everyone(attending, household) else names(household, attending)
    parts = [who] if who else []
    things = resource_names(household, resources)
    parts += [things] if things else []
    parts += [_part(p, household) for p in participants if p.part is not Part.ATTENDEE]
    return " · ".join(parts)


def _is_everyone(attending: Sequence[object], household: Household) -> bool:
    return len(household.members) > 2 and len(set(attending)) == len(household.members)


def _part(participant: Participant, household: Household) -> str:
    if participant.member_id is None:
        return tr(_WHO[participant.part])
    return tr(_DOES[participant.part], who=names(household, [participant.member_id]))
