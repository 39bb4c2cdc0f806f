"""The state of one request's thread: ids and small dicts, a program counter and no more.

Truth lives in domain rows. A thread can be thrown away once nothing waits on it.
"""

from __future__ import annotations

import operator
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal, NotRequired, TypedDict
from uuid import UUID

from agents.scene import Scene
from scheduling.language.worded import Worded
from scheduling.ports import Clock, UnitOfWork, UnitOfWorkFactory
from scheduling.speech import speak

GRAPH_VERSION = 1
"""Raised when a thread of an older version could not go on in this graph."""

ItemStatus = Literal["new", "ready", "done"]


class Request(TypedDict):
    """Where the request came from.

    now: UTC ISO, when it was written. offer: nothing is done at once, only offered with one tap
    (talk that was not for us). message_ref: what answers hang on. account: the writer's, on their
    platform. instead_of: the inbox row of an edited message's earlier wording;
    what that booked is changed rather than made again. about: the card that was replied to: what
    "it" means. insists: silence would be no answer, as to a command.
    form: what was filled in or sent instead of written (`EventForm` or `CalendarFile`, as JSON).
    author: the member whose words were shown to us, if not the writer's own. spoken: the text was
    heard, not written. traced: what the agents find is kept for the one who asked. These are
    absent in a thread of before there was such.
    """

    inbox_id: str
    household_id: str
    chat_id: str
    member_id: str | None
    text: str
    message_ref: str | None
    account: str | None
    now: str
    offer: bool
    instead_of: str | None
    about: str | None
    insists: bool
    form: dict[str, Any] | None
    author: NotRequired[str | None]
    spoken: NotRequired[bool]
    traced: NotRequired[bool]


class ItemState(TypedDict):
    """One thing asked for. intent and edits as JSON (`agents.jsonable`). round: how often it
    has been put to the family. asked: the edits that a clash stands against, as JSON, while ways
    out of it are before the family. card: the proposal's card, which becomes the booking's.
    allowed: ids of soft rules knowingly broken. note: what changed since it was last asked."""

    intent: dict[str, Any]
    status: ItemStatus
    answers: dict[str, Any]
    edits: list[dict[str, Any]]
    asked: list[dict[str, Any]]
    assumed: list[str]
    allowed: list[str]
    round: int
    card: str | None
    note: str


class Step(TypedDict):
    """What one agent found: for those who ask why."""

    agent: str
    explanation: str
    confidence: float
    reasoning: str


class State(TypedDict, total=False):
    """items: absent until the message has been read. waiting: the proposal whose answer this
    thread waits for; `asking` says at which node."""

    graph_version: int
    request: Request
    items: list[ItemState]
    waiting: str | None
    asking: Literal["clarify", "decide"] | None
    steps: Annotated[list[Step], operator.add]


def step(agent: str, explanation: str, confidence: float = 1.0, reasoning: str = "") -> Step:
    return Step(agent=agent, explanation=explanation, confidence=confidence, reasoning=reasoning)


def new_item(intent: dict[str, Any]) -> ItemState:
    return ItemState(
        intent=intent,
        status="new",
        answers={},
        edits=[],
        asked=[],
        assumed=[],
        allowed=[],
        round=0,
        card=None,
        note="",
    )


@dataclass(frozen=True, slots=True)
class Tools:
    """What the graph's nodes work with; given once, when the graph is built.

    read: transactions that only read, which on SQLite need not wait for the one writer. words:
    what a language model makes of a request, () where it is not asked.
    """

    uow: UnitOfWorkFactory
    read: UnitOfWorkFactory
    clock: Clock
    words: Callable[[Request, Tools], Awaitable[Sequence[Worded]]] | None = None

    async def scene(self, uow: UnitOfWork, request: Request) -> Scene:
        """The scene of a request, with the family as it is now."""
        household = await uow.households.get(UUID(request["household_id"]))
        speak(household.settings.language)
        member = UUID(request["member_id"]) if request["member_id"] else None
        author = request.get("author")
        return Scene(
            uow=uow,
            household=household,
            chat_id=UUID(request["chat_id"]),
            member=household.member(member) if member else None,
            now=self.clock.now(),
            request_id=UUID(request["inbox_id"]),
            reply_to=request["message_ref"],
            account=request.get("account"),
            author=household.member(UUID(author)) if author else None,
        )


def written_at(request: Request) -> datetime:
    return datetime.fromisoformat(request["now"])
