"""What the tests of threads need beside a talking family: savers that fail, and a look inside."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from agents.graph import build_graph
from agents.state import Request, Tools
from agents.threads import Checkpoints, Threads
from bot.console import codec
from bot.wiring import Service
from tests.bot.talk import MORNING, Talk, chat_of


class PowerCut(Exception):
    """Stands for the death of the process in the middle of a run."""


class Recording:
    """Checkpoints whose savers note each step they store, and fail at the one asked for.

    stored: the step number of every checkpoint written (-1 is the input). fail_at: which call
    of `aput` or `aput_writes` raises, counted from 1; after: once it has stored.
    """

    def __init__(self, inner: Any, fail_at: int | None = None, *, after: bool = False) -> None:
        self._inner = inner
        self._fail_at = fail_at
        self._after = after
        self.calls = 0
        self.stored: list[int] = []

    def saver(self) -> Any:
        saver = self._inner.saver()
        # The saver's own class, because LangGraph asks for one of its base class.
        for name in ("aput", "aput_writes"):
            own = getattr(type(saver), name).__get__(saver)
            setattr(saver, name, self._watched(name, own))
        return saver

    def _watched(self, name: str, call: Any) -> Any:
        async def watched(*args: Any, **kwargs: Any) -> Any:
            self.calls += 1
            dies = self.calls == self._fail_at
            if dies and not self._after:
                raise PowerCut
            found = await call(*args, **kwargs)
            if name == "aput":
                self.stored.append(args[2]["step"])
            if dies:
                raise PowerCut
            return found

        return watched

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def checkpoints_of(talk: Talk) -> Any:
    """The service's own checkpoints."""
    return talk.service.turns.threads._checkpoints


def threads_on(service: Service, checkpoints: Checkpoints) -> Threads:
    """Threads as a process that has just started has them."""
    return Threads(
        build_graph(Tools(service.uow, service.database.reader, service.clock)), checkpoints
    )


async def request(talk: Talk, text: str, who: str = "Anna") -> Request:
    """A request that has come in and that nobody has taken yet."""
    async with talk.service.database.reader() as uow:
        chat = await uow.chats.find(chat_of(who))
        assert chat is not None
        account = codec.account(who).external_id
        member = await uow.identities.member(chat.household_id, "console", account)
    return Request(
        account=None,
        form=None,
        inbox_id=str(uuid4()),
        household_id=str(chat.household_id),
        chat_id=str(chat.id),
        member_id=str(member),
        text=text,
        message_ref=None,
        now=MORNING.isoformat(),
        offer=False,
        instead_of=None,
        about=None,
        insists=False,
    )


async def count(talk: Talk, table: str, where: str = "1 = 1") -> int:
    """How many rows of a table there are."""
    counted = sa.text(f"SELECT count(*) FROM {table} WHERE {where}")
    async with talk.service.database.reading.connect() as connection:
        found: int = (await connection.execute(counted)).scalar_one()
        return found


async def threads_with(talk: Talk) -> dict[str, int]:
    """How many checkpoints each thread has."""
    counted = sa.text("SELECT thread_id, count(*) FROM checkpoints GROUP BY thread_id")
    async with talk.service.database.reading.connect() as connection:
        return {row[0]: row[1] for row in await connection.execute(counted)}
