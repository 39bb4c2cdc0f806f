"""Points at which a process can be made to die, to prove that nothing is lost or doubled.

Disarmed, a point costs one comparison. Armed with N, the N-th point that is reached kills the
process with SIGKILL: no `finally`, no flush, no farewell, which is what a power cut is like.
Every commit, checkpoint and delivery has a point before it and one after.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Awaitable, Callable
from typing import Any, Self, TypeVar, cast

from scheduling.ports import OutboxRow, Sender, UnitOfWork, UnitOfWorkFactory

Saver = TypeVar("Saver")

_remaining: int | None = None
_last_words: Callable[[str], None] | None = None


def arm(at: int | None, last_words: Callable[[str], None] | None = None) -> None:
    """Die at the `at`-th point from here on; None disarms. last_words: told the point's name
    an instant before, where whoever watches wants to know."""
    global _remaining, _last_words
    _remaining, _last_words = at, last_words or _last_words


def crash_point(name: str) -> None:
    """A place where this process may die, if armed."""
    global _remaining
    if _remaining is None:
        return
    _remaining -= 1
    if _remaining == 0:
        if _last_words is not None:
            _last_words(name)
        os.kill(os.getpid(), signal.SIGKILL)


class _CrashingUnitOfWork:
    """A unit of work with a point on either side of its commit; all else is the inner one's."""

    def __init__(self, inner: UnitOfWork) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def __aenter__(self) -> Self:
        await self._inner.__aenter__()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._inner.__aexit__(*exc)

    async def commit(self) -> None:
        crash_point("before commit")
        await self._inner.commit()
        crash_point("after commit")


class CrashingUnitOfWorkFactory:
    """Makes units of work that may die around their commit."""

    def __init__(self, factory: UnitOfWorkFactory) -> None:
        self._factory = factory

    def __call__(self) -> UnitOfWork:
        return cast(UnitOfWork, _CrashingUnitOfWork(self._factory()))


class CrashingSender:
    """Delivers as `inner` does, and may die just before or just after."""

    def __init__(self, inner: Sender) -> None:
        self._inner = inner

    async def send(self, row: OutboxRow) -> str | None:
        crash_point("before send")
        ref = await self._inner.send(row)
        crash_point("after send")
        return ref


def crashing_saver(saver: Saver) -> Saver:
    """The same checkpoint saver, with points around what it writes.

    Changed in place, because LangGraph insists on an instance of its own base class; once, as
    a saver may be handed out for run after run.
    """
    if getattr(saver, "has_crash_points", False):
        return saver
    saver.has_crash_points = True  # type: ignore[attr-defined]
    for name in ("aput", "aput_writes"):
        setattr(saver, name, _around(f"checkpoint {name}", getattr(saver, name)))
    return saver


def _around(name: str, call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def crashing(*args: Any, **kwargs: Any) -> Any:
        crash_point(f"before {name}")
        result = await call(*args, **kwargs)
        crash_point(f"after {name}")
        return result

    return crashing
