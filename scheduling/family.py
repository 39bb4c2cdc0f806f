"""A household and what belongs to it: people, shared resources, rules, settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from scheduling.span import Span


class Role(StrEnum):
    PARENT = "parent"
    CHILD = "child"
    OTHER = "other"


class ResourceType(StrEnum):
    VEHICLE = "vehicle"
    ROOM = "room"
    EQUIPMENT = "equipment"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the household. aliases: other names they go by ("Mom"), unique with the
    names within the household, compared without case. zone: their own, if not the family's."""

    id: UUID
    name: str
    role: Role = Role.OTHER
    aliases: tuple[str, ...] = ()
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """Something shared. capacity: how many uses at once (0 = out of use altogether).
    out: times it cannot be used ("in the shop until Friday")."""

    id: UUID
    name: str
    type: ResourceType = ResourceType.OTHER
    capacity: int = 1
    out: tuple[Span, ...] = ()


class RuleType(StrEnum):
    TIME_WINDOW = "time_window"
    MIN_GAP = "min_gap"
    MAX_EVENTS_PER_DAY = "max_events_per_day"
    RESOURCE_PRIORITY = "resource_priority"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Rule:
    """A standing constraint in local time (table `constraints`).

    members: whom it binds; empty = the whole household.
    days: RFC 5545 weekday codes it holds on; empty = every day.
    after: nothing may run past this time of day. before: nothing may start ahead of it.
    blocked: [from, to) kept free on those days.
    min_gap: between two events of one person. max_per_day: events a person has in a local day.
    resource, over, words: RESOURCE_PRIORITY prefers `resource` over `over` for titles with `words`.
    text: as the family said it. hard: never broken by itself. priority: 1 (least) to 10.
    """

    id: UUID
    type: RuleType
    text: str
    members: tuple[UUID, ...] = ()
    days: tuple[str, ...] = ()
    after: time | None = None
    before: time | None = None
    blocked: tuple[time, time] | None = None
    min_gap: timedelta | None = None
    max_per_day: int | None = None
    resource: UUID | None = None
    over: UUID | None = None
    words: str = ""
    hard: bool = True
    priority: int = 5


@dataclass(frozen=True, slots=True)
class Settings:
    """What a family may set. Minutes and hours as people say them.

    reminders: leads in minutes before an event. quiet_hours: (from, to) local, may pass midnight.
    consent: who settles a proposal. hours24: how times are written. digest_daily: local time of
    the morning digest, None = off. digest_weekly: local time on Sundays, None = off.
    listen: offer a suggestion on unaddressed talk in groups. models: what the grammar cannot read
    may go to the language model, where one is configured.
    """

    default_duration: int = 60
    reminders: tuple[int, ...] = (60,)
    quiet_hours: tuple[time, time] | None = None
    consent: Literal["any_parent", "everyone_affected"] = "any_parent"
    hours24: bool = False
    digest_daily: time | None = None
    digest_weekly: time | None = None
    listen: bool = False
    models: bool = True
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Household:
    """A family as one snapshot. `version` grows with every change to the calendar. linked:
    chats of it are told what is done in others. stamp: differs whenever anything of the family
    or its calendar does, in whichever copy of the database; "" = not read from one."""

    id: UUID
    name: str
    timezone: str
    settings: Settings = Settings()
    members: tuple[Member, ...] = ()
    resources: tuple[Resource, ...] = ()
    rules: tuple[Rule, ...] = ()
    onboarded: bool = True
    version: int = field(default=0, compare=False)
    linked: bool = field(default=False, compare=False)
    stamp: str = field(default="", compare=False)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def parents(self) -> tuple[Member, ...]:
        return tuple(m for m in self.members if m.role is Role.PARENT)

    def member(self, member_id: UUID) -> Member | None:
        return next((m for m in self.members if m.id == member_id), None)

    def named(self, name: str) -> Member | None:
        """The member who goes by that name or alias, without case."""
        wanted = name.casefold()
        return next(
            (
                m
                for m in self.members
                if wanted == m.name.casefold() or wanted in (a.casefold() for a in m.aliases)
            ),
            None,
        )

    def resource(self, resource_id: UUID) -> Resource | None:
        return next((r for r in self.resources if r.id == resource_id), None)

    def resource_named(self, name: str) -> Resource | None:
        wanted = name.casefold()
        return next((r for r in self.resources if r.name.casefold() == wanted), None)


def free_name(name: str, household: Household) -> str:
    """The name, numbered if somebody has it: names are unique within a family."""
    number, free = 2, name
    while household.named(free) is not None:
        free, number = f"{name} {number}", number + 1
    return free
