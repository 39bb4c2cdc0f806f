"""What one message asks for: a small typed structure per intent.

A reading holds words and local times, never ids: people and resources by the name the
household knows them by. `agents` turn readings into edits of the calendar. A language
model, where one is configured, fills these same structures.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Literal

from scheduling.language.question_kinds import QueryKind as QueryKind
from scheduling.language.when import When

Scope = Literal["one", "following", "series"]
"""Of a repeating event: this occurrence; this and those after it; all of it."""

RoleOnEvent = Literal["driver", "responsible"]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone the grammar may find in a text. `aliases` include nicknames ("Mom")."""

    name: str
    aliases: tuple[str, ...] = ()
    role: Literal["parent", "child", "other"] = "parent"


@dataclass(frozen=True, slots=True)
class Context:
    """All the grammar may know about the household and the conversation.

    now_iso is deliberately absent: `interpret` takes `now` (naive local) as an argument.
    titles: titles of events around now, to tell a target from a new title.
    pending_options: number of options of the one open question in this chat, 0 for none.
    focus: title of the event last shown to this person here: what "it" means.
    language: what the family is spoken to in; ISO 639-1.
    """

    sender: str
    people: tuple[Person, ...] = ()
    resources: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    pending_options: int = 0
    focus: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Who:
    """The people a text names.

    names: household members by name ("everyone" and "the kids" already expanded).
    said: True if the text named anyone; False: no one named, the writer is meant.
    everyone: True for "everyone", "all of us", "whole family".
    unknown: words used as a household person that the household does not have
        ("with" outsiders such as "aunt Carol" stay in the title and are not listed).
    """

    names: tuple[str, ...] = ()
    said: bool = False
    everyone: bool = False
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Create:
    """Book an event. reminders: leads before the start, when asked for by name.
    driver: "Ben drives". question_role: "who picks up?" leaves a role open on the event.
    note: a remark behind it that is no title ("bring insurance card"), as written."""

    title: str
    when: When | None
    who: Who = Who()
    resources: tuple[str, ...] = ()
    unknown_resources: tuple[str, ...] = ()
    place: str | None = None
    reminders: tuple[timedelta, ...] = ()
    driver: str | None = None
    open_role: RoleOnEvent | None = None
    note: str = ""
    confidence: float = 1.0
    kind: Literal["create"] = "create"


@dataclass(frozen=True, slots=True)
class Target:
    """Which event is meant: words of its title, people, a time that points at it.

    it: the text said "it" / "that" / nothing at all, so the focus is meant.
    when: the occurrence pointed at ("next Tuesday's piano"), not the new time.
    last: "the last swim", of those that lie ahead.
    """

    words: str = ""
    who: Who = Who()
    when: When | None = None
    it: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """Change an event's time: to `to`, or by `shift`. A `to` with only a time of day keeps
    the day; one with only a day keeps the time and length.

    to_words: the new time as written. Where the text itself names the occurrence, a bare
        weekday is already counted in that occurrence's week; where only the calendar knows
        which one moves, it can be read again (`intents.move.new_time`) against its day.
    """

    target: Target
    to: When | None = None
    shift: timedelta | None = None
    scope: Scope | None = None
    confidence: float = 1.0
    to_words: str = ""
    kind: Literal["move"] = "move"


@dataclass(frozen=True, slots=True)
class Change:
    """Change anything but the time. Only what was said is set.

    duration: the new length. longer: add to the length (negative shortens).
    released: who does not drive, or is not in charge, after all.
    """

    target: Target
    title: str | None = None
    place: str | None = None
    add_people: tuple[str, ...] = ()
    remove_people: tuple[str, ...] = ()
    add_resources: tuple[str, ...] = ()
    remove_resources: tuple[str, ...] = ()
    unknown_people: tuple[str, ...] = ()
    duration: timedelta | None = None
    longer: timedelta | None = None
    reminders: tuple[timedelta, ...] | None = None
    assign: tuple[RoleOnEvent, str] | None = None
    open_role: RoleOnEvent | None = None
    released: tuple[RoleOnEvent, str] | None = None
    scope: Scope | None = None
    confidence: float = 1.0
    kind: Literal["change"] = "change"


@dataclass(frozen=True, slots=True)
class Cancel:
    """Cancel one occurrence, this and the following, or all."""

    target: Target
    scope: Scope | None = None
    confidence: float = 1.0
    kind: Literal["cancel"] = "cancel"


@dataclass(frozen=True, slots=True)
class Query:
    """A question about the calendar; nothing changes.

    who_drives: "who picks up Leo?" about an event that exists.
    duration: length wanted for `find_slot`. hours: within which, on each of the days.
    """

    q: QueryKind
    when: When | None = None
    who: Who = Who()
    resources: tuple[str, ...] = ()
    target: Target | None = None
    duration: timedelta | None = None
    hours: tuple[time, time] | None = None
    confidence: float = 1.0
    kind: Literal["query"] = "query"


@dataclass(frozen=True, slots=True)
class Remind:
    """A reminder that is not an event ("remind Dad to call the school at 5"), or, with a
    target and `before`, one before an existing event. also: further ones before it."""

    title: str
    when: When | None
    who: Who = Who()
    target: Target | None = None
    before: timedelta | None = None
    also: tuple[timedelta, ...] = ()
    confidence: float = 1.0
    kind: Literal["remind"] = "remind"


RuleType = Literal["time_window", "min_gap", "max_events_per_day", "resource_priority", "custom"]


@dataclass(frozen=True, slots=True)
class Constraint:
    """A standing rule. No member named = the whole household.

    days: RFC 5545 weekday codes it holds on; empty = every day.
    after / before: no event may run past `after` or start ahead of `before` (local time of
        day). blocked: (from, to) a window kept free ("Dad works 9 to 5", "Sunday mornings free").
    resource_priority: `resource` is preferred over `over`, for events whose title has `words`.
    hard: False where worded "rather", "prefer", "try".
    remove: the sentence takes a rule away ("forget the rule about Sundays").
    number: the rule taken away by its place in the list shown, from 1 ("remove rule 2").
    """

    type: RuleType
    text: str
    who: Who = Who()
    days: tuple[str, ...] = ()
    after: time | None = None
    before: time | None = None
    blocked: tuple[time, time] | None = None
    min_gap: timedelta | None = None
    max_per_day: int | None = None
    resource: str | None = None
    over: str | None = None
    words: str = ""
    hard: bool = True
    remove: bool = False
    number: int | None = None
    confidence: float = 1.0
    kind: Literal["constraint"] = "constraint"


@dataclass(frozen=True, slots=True)
class Habit:
    """What every event of a title is like; only what was said is set.

    who: whose events ("Mia's soccer"); nobody named = whoever they are for. people: who comes
    where nobody is named; also: beside those who do already. remove: it is so no longer; with
    nothing said, all that is kept of the title. corrects: said against what was just done
    ("no, ...").
    """

    title: str
    who: Who = Who()
    duration: timedelta | None = None
    place: str | None = None
    people: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    also: bool = False
    remove: bool = False
    corrects: bool = False
    confidence: float = 1.0
    kind: Literal["habit"] = "habit"


@dataclass(frozen=True, slots=True)
class Resource:
    """A thing the family shares: a new one, a changed capacity, or one out of use.

    type: vehicle for cars, vans, bikes; room for rooms, kitchen; else equipment or other.
    out: the time it cannot be used ("van is in the shop until Friday").
    remove: the family no longer has it.
    back: it can be used again ("the car is fixed"), so that no time out lies ahead.
    """

    name: str
    type: Literal["vehicle", "room", "equipment", "other"] = "other"
    capacity: int | None = None
    seats: int | None = None
    out: When | None = None
    remove: bool = False
    back: bool = False
    confidence: float = 1.0
    kind: Literal["resource"] = "resource"


@dataclass(frozen=True, slots=True)
class Approve:
    """Yes by words, to the open question; `choice` counts from 1."""

    choice: int | None = None
    confidence: float = 1.0
    kind: Literal["approve"] = "approve"


@dataclass(frozen=True, slots=True)
class Reject:
    """No by words, to the open question."""

    confidence: float = 1.0
    kind: Literal["reject"] = "reject"


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last change ("undo that")."""

    confidence: float = 1.0
    kind: Literal["undo"] = "undo"


Intent = (
    Create
    | Move
    | Change
    | Cancel
    | Query
    | Remind
    | Constraint
    | Habit
    | Resource
    | Approve
    | Reject
    | Undo
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole message. No items: chit-chat, to be met with silence.

    addressed_hint: True where the words clearly speak to the calendar even if the platform
    did not mark the message as addressed (never used to act, only to offer).
    """

    items: tuple[Intent, ...] = field(default=())
