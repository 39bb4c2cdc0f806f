"""Stretches of work that an operator may want to see: how long each took, and how it ended.

Whoever does the work says so here and knows no more; who listens (logs, metrics, traces) is set
once, when a process is put together. Facts are ids and kinds: never what somebody wrote, never a
name.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from enum import StrEnum
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar
from uuid import UUID

P = ParamSpec("P")
R = TypeVar("R")


class Kind(StrEnum):
    """What was done. Names: of a turn, the inbox row's kind; of an agent, its own; of a model
    call, the agent's; of what was received or delivered, the platform's; of
    a chore, its own."""

    RECEIVED = "received"
    TURN = "turn"
    AGENT = "agent"
    MODEL_CALL = "model_call"
    DELIVERY = "delivery"
    CHORE = "chore"


DONE, FAILED = "done", "failed"


@dataclass(slots=True)
class Stretch:
    """One piece of work. request: the inbox row that it is part of. facts: ids of the household,
    of the member, of the caller's request. outcome: set by whoever knows better than "it ended".
    amounts: what it used, by unit."""

    kind: Kind
    name: str
    request: UUID | None = None
    facts: dict[str, str] = field(default_factory=dict)
    outcome: str = DONE
    amounts: dict[str, float] = field(default_factory=dict)


class Watcher(Protocol):
    """Hears of a stretch when it begins and, with its outcome, when it has ended."""

    def during(self, stretch: Stretch) -> AbstractContextManager[None]: ...


class _Nobody:
    def during(self, stretch: Stretch) -> AbstractContextManager[None]:
        return nullcontext()


NOBODY: Watcher = _Nobody()


class _Post:
    """Who watches: set once, when a process is put together."""

    watcher: Watcher = NOBODY


def use_watcher(watcher: Watcher) -> Watcher:
    """From now on, in this process. Returns who watched before."""
    before, _Post.watcher = _Post.watcher, watcher
    return before


@contextmanager
def watched(
    kind: Kind, name: str, request: UUID | None = None, **facts: str | None
) -> Iterator[Stretch]:
    """The stretch that the block is; one that raises has failed, unless it says otherwise."""
    known = {key: value for key, value in facts.items() if value}
    stretch = Stretch(kind, name, request, known)
    with _Post.watcher.during(stretch):
        try:
            yield stretch
        # Also a cancelled one; it is only looked at here.
        except BaseException:
            if stretch.outcome == DONE:
                stretch.outcome = FAILED
            raise


def agent(name: str) -> Callable[[Callable[P, Awaitable[R]]], Callable[P, Awaitable[R]]]:
    """For the function that an agent is: its time is told under the agent's name."""

    def told(work: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
        @wraps(work)
        async def watched_work(*args: P.args, **kwargs: P.kwargs) -> R:
            with watched(Kind.AGENT, name):
                return await work(*args, **kwargs)

        return watched_work

    return told
