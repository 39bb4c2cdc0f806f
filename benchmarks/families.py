"""Families of any size, the same every time: busy days, and one trip of a fortnight.

A family of n events has ten a day, so a larger one has a longer past, not a busier present; what
stands near any given time is the same in all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

from scheduling.events import Event, Occurrence, Participant
from scheduling.family import Household, Member, Resource, ResourceType, Role
from scheduling.recurrence import materialise

ZONE = "America/New_York"
NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
"""Wednesday 4 March 2026, 10:00 in New York."""

A_DAY = 10
NAMES = ("Anna", "Ben", "Mia", "Leo", "Ida")


def made_id(*parts: object) -> UUID:
    """The same id for the same parts, every run."""
    return uuid5(NAMESPACE_OID, "/".join(map(str, parts)))


@dataclass(frozen=True, slots=True)
class Family:
    household: Household
    events: tuple[Event, ...]

    def occurrences(self) -> Iterator[Occurrence]:
        for event in self.events:
            yield from materialise(event, NOW)[0]


def household(label: str) -> Household:
    """Two parents, three children, two cars and a room."""
    members = tuple(
        Member(made_id(label, name), name, Role.PARENT if place < 2 else Role.CHILD)
        for place, name in enumerate(NAMES)
    )
    resources = (
        Resource(made_id(label, "car"), "car", ResourceType.VEHICLE, 1),
        Resource(made_id(label, "van"), "van", ResourceType.VEHICLE, 1),
        Resource(made_id(label, "den"), "den", ResourceType.ROOM, 1),
    )
    return Household(made_id(label), label, ZONE, members=members, resources=resources)


def family(size: int) -> Family:
    """`size` events, the newest a month ahead of NOW, one of them a trip of 14 days."""
    return settled(household(f"family of {size}"), size, datetime(2026, 4, 4))


def settled(home: Household, size: int, last_day: datetime) -> Family:
    """The same for a given household. last_day: of the newest but the trip."""
    singles = [_event(home, number, last_day) for number in range(size - 1)]
    return Family(home, (*singles, _trip(home)))


def _event(home: Household, number: int, last_day: datetime) -> Event:
    day, place = divmod(number, A_DAY)
    start = last_day - timedelta(days=day) + timedelta(hours=7 + place * 1.5)
    person = home.members[number % len(home.members)]
    return Event(
        id=made_id(home.id, number),
        household_id=home.id,
        title=f"Errand {number}",
        start=start,
        duration=timedelta(minutes=30 + 15 * (number % 4)),
        timezone=ZONE,
        participants=(Participant(person.id),),
        resources=(home.resources[0].id,) if number % 7 == 0 else (),
        version=0,
    )


def _trip(home: Household) -> Event:
    return Event(
        id=made_id(home.id, "trip"),
        household_id=home.id,
        title="Grandparents",
        start=datetime(2026, 3, 2),
        duration=timedelta(days=14),
        timezone=ZONE,
        all_day=True,
        participants=(Participant(home.members[4].id),),
    )


def weekly(home: Household, count: int) -> Event:
    """A series of `count` weeks, Wednesdays at five, for one child and the van."""
    return Event(
        id=made_id(home.id, "weekly"),
        household_id=home.id,
        title="Piano",
        start=datetime(2026, 3, 11, 17, 0),
        duration=timedelta(minutes=45),
        timezone=ZONE,
        rrule=f"FREQ=WEEKLY;COUNT={count}",
        participants=(Participant(home.members[2].id),),
        resources=(home.resources[1].id,),
    )


def single(home: Household) -> Event:
    """One event next Wednesday at five, for one child and the van."""
    event = weekly(home, 1)
    return Event(
        id=made_id(home.id, "single"),
        household_id=home.id,
        title=event.title,
        start=event.start,
        duration=event.duration,
        timezone=ZONE,
        participants=event.participants,
        resources=event.resources,
    )
