"""A conversation script as data: what people say and tap, how time moves, what must be true.

`reading.py` makes these from a file. Times are UTC instants unless they are named otherwise;
a pattern is searched for without case, anywhere in a text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from re import Pattern

from bot.play.log import Page
from bot.play.model_spec import ModelSpec
from scheduling.family import ResourceType, Role, Settings

FAMILY = "family"
"""Where a step happens unless it says otherwise: the first family's group chat."""

PLATFORMS = ("console", "telegram", "slack")
"""Where scripts play."""

MAIN = ""
"""The platform a step is on unless it says otherwise."""


class ScriptError(Exception):
    """The file is not a valid script. where: file and step, as a person would look for it."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem


@dataclass(frozen=True, slots=True)
class MemberSpec:
    name: str
    role: Role = Role.OTHER
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResourceSpec:
    name: str
    type: ResourceType = ResourceType.OTHER
    capacity: int = 1


@dataclass(frozen=True, slots=True)
class FamilySpec:
    """A household as a script describes it. rules: plain sentences, as a parent says them."""

    name: str
    members: tuple[MemberSpec, ...] = ()
    resources: tuple[ResourceSpec, ...] = ()
    rules: tuple[str, ...] = ()
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class Say:
    """Words in a chat. chat: FAMILY, or another family's name. platform: where that chat is.
    update_id: given twice, the second is the redelivery of the first. file: an attachment
    beside the script. command: it is a slash command. forwarded_from: whose words they are, shown
    to the product; written: when those were."""

    who: str
    text: str
    addressed: bool = True
    private: bool = False
    chat: str = FAMILY
    reply_to: Pattern[str] | None = None
    update_id: int | None = None
    file: Path | None = None
    command: bool = False
    platform: str = MAIN
    forwarded_from: str | None = None
    written: datetime | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A person changes the newest of their own messages that matches `message`."""

    who: str
    message: Pattern[str]
    text: str
    private: bool = False
    chat: str = FAMILY
    platform: str = MAIN


@dataclass(frozen=True, slots=True)
class Tap:
    """card: only on a message that matches. stale: on the newest that ever had the button.
    option: only the button that bears the number of the card's line that matches; it chooses
    "2. the dentist moves" by what it does. page: on a page of theirs instead of in a chat."""

    who: str
    button: Pattern[str]
    option: Pattern[str] | None = None
    card: Pattern[str] | None = None
    stale: bool = False
    chat: str = FAMILY
    platform: str = MAIN
    page: Page = ""


@dataclass(frozen=True, slots=True)
class OpenHome:
    """Somebody goes to the product's own page, where a platform has one."""

    who: str
    platform: str = MAIN


@dataclass(frozen=True, slots=True)
class Shortcut:
    """The product's entry in the menu of the newest message of the chat that matches, or, without
    a message, the platform's own menu."""

    who: str
    message: Pattern[str] | None = None
    chat: str = FAMILY
    private: bool = False
    platform: str = MAIN


@dataclass(frozen=True, slots=True)
class FillForm:
    """The form in front of somebody is filled in and sent. given: by the labels of its fields;
    None empties one. cancel: it is closed instead."""

    who: str
    given: Mapping[str, str | tuple[str, ...] | None]
    cancel: bool = False
    platform: str = MAIN


@dataclass(frozen=True, slots=True)
class MoveClock:
    """to: the instant family time moves to."""

    to: datetime


@dataclass(frozen=True, slots=True)
class Stop:
    """kill: with SIGKILL, else as SIGTERM would."""

    kill: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """Start the service again, on the same database."""


@dataclass(frozen=True, slots=True)
class Restart:
    kill: bool = False


@dataclass(frozen=True, slots=True)
class Expect:
    """About what was shown since the last step that spoke, tapped or moved time.

    to: FAMILY, another family's name, a member's name (their private chat), None = anywhere.
    platform: only what was shown there; None = anywhere, and with `to` the main one.
    page: only what that person's page or form shows. thread: only what stands in the thread of
    what matches.
    """

    contains: tuple[Pattern[str], ...] = ()
    not_contains: tuple[Pattern[str], ...] = ()
    buttons: tuple[Pattern[str], ...] = ()
    to: str | None = None
    count: int | None = None
    platform: str | None = None
    page: Page = ""
    thread: Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class ExpectSilence:
    """Nothing was shown to anyone."""


@dataclass(frozen=True, slots=True)
class ExpectedEvent:
    """One occurrence; a field that is None is not compared. start, end: naive local wall time,
    or a date for all-day (the end exclusive)."""

    title: Pattern[str] | None = None
    start: date | datetime | None = None
    end: date | datetime | None = None
    all_day: bool | None = None
    people: frozenset[str] | None = None
    resources: frozenset[str] | None = None
    place: Pattern[str] | None = None
    status: str = "confirmed"


@dataclass(frozen=True, slots=True)
class ExpectEvents:
    """between: first and last local day, both included. exactly: no others beside. family: whose
    calendar, FAMILY = the first family's. platform: where that family's chat is."""

    between: tuple[date, date]
    events: tuple[ExpectedEvent, ...]
    exactly: bool = True
    family: str = FAMILY
    platform: str = MAIN


OnPages = OpenHome | Shortcut | FillForm
Acts = Say | Edit | Tap | OnPages | MoveClock


@dataclass(frozen=True, slots=True)
class ExpectModel:
    """About all that a model has been shown since the script began. asked: each is found in one
    of the messages. count: how many there were."""

    asked: tuple[Pattern[str], ...] = ()
    count: int | None = None


Step = Acts | ExpectModel | Stop | Start | Restart | Expect | ExpectSilence | ExpectEvents

OPENS_A_NEW_VIEW = (Say, Edit, Tap, OpenHome, Shortcut, FillForm, MoveClock)
"""Steps that speak, tap or move the clock: `Expect` looks at what came since the last of them."""


@dataclass(frozen=True, slots=True)
class Script:
    """clock: the instant it begins. family: None = nobody has set the product up yet.
    others: further families on the same product. other_platforms: where the first family has a
    second chat, of which the product knows nothing. platform: the only one it plays on, for what
    others do not have. model: what a scripted language model
    answers; None = there is none."""

    name: str
    clock: datetime
    timezone: str
    steps: tuple[Step, ...]
    family: FamilySpec | None = None
    others: tuple[FamilySpec, ...] = ()
    language: str = "en"
    model: ModelSpec | None = None
    other_platforms: tuple[str, ...] = ()
    platform: str | None = None

    @property
    def kills(self) -> bool:
        """True where a step needs a real SIGKILL, and so a process of its own."""
        return any(isinstance(step, Stop | Restart) and step.kill for step in self.steps)

    @property
    def families(self) -> tuple[FamilySpec, ...]:
        return (*((self.family,) if self.family else ()), *self.others)
