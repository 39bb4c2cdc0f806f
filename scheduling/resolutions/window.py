"""What must be known before ways out are looked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from scheduling.conflicts import Conflict, merged
from scheduling.events import Event, Occurrence
from scheduling.family import Household
from scheduling.phrasing import local
from scheduling.recurrence import materialise
from scheduling.resolutions.retiming import DAYS_AHEAD
from scheduling.rules import day_span
from scheduling.span import Span

_DAY = timedelta(days=1)


def needed_window(
    household: Household, wanted: Event, clashes: Sequence[Conflict], now: datetime
) -> list[Span]:
    """Disjoint spans, in order, that the caller must load into `around` for `propose`: the day
    of each occurrence of the wanted event, and the week after each that clashes."""
    ahead = [o for o in materialise(wanted, now)[0] if o.span.end > now]
    involved = {o for c in clashes for o in (c.candidate, *c.others)}
    spans = [_days(household, o, 1) for o in ahead]
    spans += [_days(household, o, DAYS_AHEAD + 1) for o in involved]
    return merged(spans)


def _days(household: Household, occurrence: Occurrence, number: int) -> Span:
    """Whole local days from the one before, whose evening matters for gaps and nights."""
    zone = household.zone
    first = local(occurrence.span.start, zone).date()
    last = local(occurrence.span.end, zone).date() + number * _DAY
    return Span(day_span(first - _DAY, zone).start, day_span(last, zone).end)
