"""Occurrences by time, so that a check looks only at what is near.

Long ones (a trip, a school holiday) are kept apart: one of them would otherwise widen the
search for all.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from scheduling.events import Occurrence
from scheduling.span import Span

_LONG = timedelta(hours=24)
_Key = tuple[datetime, UUID, datetime]


def _key(occurrence: Occurrence) -> _Key:
    return occurrence.span.start, occurrence.event_id, occurrence.recurrence_id


class Nearby:
    """A growing set of occurrences."""

    def __init__(self, occurrences: Iterable[Occurrence] = ()) -> None:
        self._short: list[Occurrence] = []
        self._long: list[Occurrence] = []
        for occurrence in sorted(occurrences, key=_key):
            self._list_for(occurrence).append(occurrence)

    def add(self, occurrence: Occurrence) -> None:
        insort(self._list_for(occurrence), occurrence, key=_key)

    def touching(self, spans: Iterable[Span]) -> list[Occurrence]:
        """Those that overlap any of the spans, in order of start."""
        found: dict[tuple[UUID, datetime], Occurrence] = {}
        for span in spans:
            for occurrence in [*self._long, *self._near(span)]:
                if occurrence.span.overlaps(span):
                    found[occurrence.event_id, occurrence.recurrence_id] = occurrence
        return sorted(found.values(), key=_key)

    def _near(self, span: Span) -> list[Occurrence]:
        first = bisect_left(self._short, span.start - _LONG, key=lambda o: o.span.start)
        last = bisect_left(self._short, span.end, key=lambda o: o.span.start)
        return self._short[first:last]

    def _list_for(self, occurrence: Occurrence) -> list[Occurrence]:
        return self._long if occurrence.span.duration > _LONG else self._short
