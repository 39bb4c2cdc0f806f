"""A small family and short ways to write its events, for the tests of the core."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import count
from uuid import UUID
from zoneinfo import ZoneInfo

from scheduling.events import Event, Occurrence, Part, Participant
from scheduling.family import (
    Household,
    Member,
    Resource,
    ResourceType,
    Role,
    Rule,
    RuleType,
    Settings,
)
from scheduling.recurrence import materialise
from scheduling.span import Span

HOUSEHOLD, ANNA, BEN, MIA, LEO, GRAN = (UUID(int=n) for n in range(1, 7))
CAR, VAN, PITCH = (UUID(int=n) for n in range(11, 14))
SOCCER, STORE, PIANO = (UUID(int=n) for n in range(21, 24))
NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)
"""Wednesday 4 March 2026, 10:00 in New York."""

MEMBERS = (
    Member(ANNA, "Anna", Role.PARENT),
    Member(BEN, "Ben", Role.PARENT),
    Member(MIA, "Mia", Role.CHILD),
    Member(LEO, "Leo", Role.CHILD),
    Member(GRAN, "Gran", Role.OTHER),
)


def household(
    *rules: Rule,
    car: int = 1,
    resources: tuple[Resource, ...] = (),
    out: tuple[Span, ...] = (),
    zone: str = "America/New_York",
    settings: Settings | None = None,
) -> Household:
    """The Riveras, with one car of that capacity and these rules and further resources."""
    owned = (Resource(CAR, "car", ResourceType.VEHICLE, car, out), *resources)
    return Household(
        HOUSEHOLD,
        "Rivera",
        zone,
        settings or Settings(),
        members=MEMBERS,
        resources=owned,
        rules=rules,
    )


def at(text: str) -> datetime:
    """ "2026-03-07 14:00" as naive wall time."""
    return datetime.fromisoformat(text)


def event(
    title: str,
    start: str | datetime,
    minutes: int = 60,
    *people: UUID | Participant,
    id: UUID = SOCCER,
    uses: tuple[UUID, ...] = (),
    **more: object,
) -> Event:
    made = Event(
        id=id,
        household_id=HOUSEHOLD,
        title=title,
        start=at(start) if isinstance(start, str) else start,
        duration=timedelta(minutes=minutes),
        timezone="America/New_York",
        participants=tuple(p if isinstance(p, Participant) else Participant(p) for p in people),
        resources=uses,
    )
    return replace(made, **more)


def driver(member: UUID) -> Participant:
    return Participant(member, Part.DRIVER)


def shown(event: Event, now: datetime = NOW) -> list[Occurrence]:
    return materialise(event, now)[0]


def walls(occurrences: list[Occurrence], zone: str) -> list[str]:
    """Local starts: "Sat 07 Mar 14:00"."""
    return [f"{o.span.start.astimezone(ZoneInfo(zone)):%a %d %b %H:%M}" for o in occurrences]


def ids(first: int = 1000) -> Callable[[], UUID]:
    numbers = count(first)
    return lambda: UUID(int=next(numbers))


def late(after: str = "20:00", *members: UUID, **more: object) -> Rule:
    rule = Rule(
        UUID(int=31),
        RuleType.TIME_WINDOW,
        f"nothing after {after}",
        members,
        after=time.fromisoformat(after),
    )
    return replace(rule, **more)


def blocked(first: str, last: str, *members: UUID, **more: object) -> Rule:
    window = time.fromisoformat(first), time.fromisoformat(last)
    rule = Rule(
        UUID(int=32), RuleType.TIME_WINDOW, f"keep {first} to {last} free", members, blocked=window
    )
    return replace(rule, **more)


def early(before: str, *members: UUID, **more: object) -> Rule:
    rule = Rule(
        UUID(int=33),
        RuleType.TIME_WINDOW,
        f"nothing before {before}",
        members,
        before=time.fromisoformat(before),
    )
    return replace(rule, **more)


def gap(minutes: int, *members: UUID, **more: object) -> Rule:
    rule = Rule(
        UUID(int=34),
        RuleType.MIN_GAP,
        f"{minutes} minutes between events",
        members,
        min_gap=timedelta(minutes=minutes),
    )
    return replace(rule, **more)


def at_most(number: int, *members: UUID, **more: object) -> Rule:
    rule = Rule(
        UUID(int=35),
        RuleType.MAX_EVENTS_PER_DAY,
        f"at most {number} a day",
        members,
        max_per_day=number,
    )
    return replace(rule, **more)
