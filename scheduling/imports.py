"""What a calendar file holds, in this product's terms: data to be shown and asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID, uuid5

from scheduling.events import Override
from scheduling.language.worded import Worded

MOST_EVENTS = 500
"""Of one file. A school's year has a hundred."""
MOST_TIMES = 2_000
"""Dates of one series that a file may name one by one."""


@dataclass(frozen=True, slots=True)
class ImportedEvent:
    """One event or series of a file.

    uid: the file's own name for it, by which the same event is known again (RFC 5545, 3.8.4.7).
    start: naive wall time in `timezone`. gone: the file says that it is cancelled.
    transparent: it makes nobody busy (RFC 5545, 3.8.2.7).
    """

    uid: str
    title: str
    start: datetime
    duration: timedelta
    timezone: str
    all_day: bool = False
    rrule: str | None = None
    cancelled: tuple[datetime, ...] = ()
    overrides: tuple[Override, ...] = ()
    place: str | None = None
    transparent: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A file as somebody sent it. name: its file name, cleaned. unread: what of it could not be
    taken over, a sentence each."""

    name: str
    events: tuple[ImportedEvent, ...]
    unread: tuple[str, ...] = ()
    kind: Literal["file"] = "file"


@dataclass(frozen=True, slots=True)
class Flyer:
    """A picture or a document that announces events. name: its file name, cleaned; "a photo".
    worded: the events as a model picked them out. text: its words, where they could be had
    without one."""

    name: str
    worded: tuple[Worded, ...] = ()
    text: str = ""
    kind: Literal["flyer"] = "flyer"


def event_id(household_id: UUID, uid: str, copy: int = 0) -> UUID:
    """The same for the same event of a file, whenever it is sent again. copy: a further one,
    where the family has cancelled the one before."""
    return uuid5(household_id, f"ics:{copy}:{uid}")
