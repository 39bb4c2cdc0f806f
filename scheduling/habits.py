"""What events of one title are always like: as the family has said it, and as it was before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Habit:
    """What the family has said of every event with a title. Only what was said is set.

    title: as `title_key` has it. name: as the family writes it. members: whose ("Mia's soccer"),
    in order of id; () = whoever it is for. people: who comes when nobody is named.
    """

    id: UUID
    household_id: UUID
    title: str
    name: str = ""
    members: tuple[UUID, ...] = ()
    length: timedelta | None = None
    place: str | None = None
    people: tuple[UUID, ...] = ()
    resources: tuple[UUID, ...] = ()

    @property
    def says_nothing(self) -> bool:
        return self.length is None and not (self.place or self.people or self.resources)


@dataclass(frozen=True, slots=True)
class Past:
    """One event of the title as it stands on the calendar. length: None for whole days.
    people: its attendees. said: whether they are others than just whoever booked it."""

    length: timedelta | None
    place: str | None
    people: frozenset[UUID]
    resources: tuple[UUID, ...]
    said: bool


@dataclass(frozen=True, slots=True)
class Remembered:
    """All that is known of a title. past: the newest first."""

    habits: tuple[Habit, ...] = ()
    past: tuple[Past, ...] = ()


class Habits(Protocol):
    async def remembered(self, household_id: UUID, title: str, since: datetime) -> Remembered:
        """What was said of that title, and its latest events that start after `since` (wall time),
        are not cancelled and not forgotten; in one round trip. title: as `title_key` has it."""

    async def save(self, habit: Habit) -> None:
        """In place of what was said of that title and those members; nothing, if it says
        nothing."""

    async def forget(self, household_id: UUID, title: str) -> None:
        """The events of that title which are booked by now tell nothing about it any more."""

    async def of_title(self, household_id: UUID, title: str) -> list[Habit]: ...
    async def all(self, household_id: UUID) -> list[Habit]:
        """In order of title; for export."""


_ARTICLE = re.compile(r"^(?:the|our|my) (?=\w)")
LONGEST_KEY = 200


def title_key(title: str) -> str:
    """A title as it is compared: without case, punctuation at its ends, and article."""
    line = " ".join(title.casefold().split()).strip(" .,;:!?\"'“”„-–—")
    return _ARTICLE.sub("", line)[:LONGEST_KEY]


ENOUGH, FEW, MOST = 2, 3, 5
"""So many events that agree make a custom; where they decide who comes, a few more; and no more
than the latest are looked at."""


def usual_length(past: Sequence[Past]) -> timedelta | None:
    found = _agreed([p.length for p in past if p.length is not None])
    return found if isinstance(found, timedelta) else None


def usual_place(past: Sequence[Past]) -> str | None:
    found = _agreed([p.place for p in past])
    return found if isinstance(found, str) else None


def usual_resources(past: Sequence[Past]) -> tuple[UUID, ...]:
    found = _agreed([frozenset(p.resources) for p in past])
    return past[0].resources if found else ()


def usual_people(past: Sequence[Past]) -> frozenset[UUID]:
    """Who always comes; nobody where one of them was only whoever booked it, because then the
    next is for whoever books that."""
    latest = past[:MOST]
    if len(latest) < FEW or not all(p.said for p in latest):
        return frozenset()
    found = {p.people for p in latest}
    return next(iter(found)) if len(found) == 1 else frozenset()


def _agreed(values: Sequence[object]) -> object:
    """What all of the latest have in common; None where they differ or are too few."""
    latest = values[:MOST]
    same = len(latest) >= ENOUGH and all(value == latest[0] for value in latest)
    return latest[0] if same else None
