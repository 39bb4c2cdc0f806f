"""Draining: in order, one chat at a time, and never what is another's by now."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import cast
from uuid import UUID

import pytest

from agents.runner import Drain, Runner
from agents.turns import Turns
from bot.console import codec
from scheduling.ports import UnitOfWorkFactory
from scheduling.rows import InboxRow
from tests.bot.talk import MORNING

CHAT = UUID(int=1)


def row(number: int) -> InboxRow:
    said = codec.message("hello", codec.account("Anna"), codec.chat(), str(number), MORNING)
    return InboxRow(UUID(int=number), number, CHAT, CHAT, None, said, MORNING, 1)


class Work:
    """A unit of work of which only the lease on the chat matters."""

    def __init__(self, ours: bool) -> None:
        self.inbox = SimpleNamespace(renew_chat=self._renew)
        self.renewed = 0
        self._ours = ours

    async def _renew(self, *_: object) -> bool:
        self.renewed += 1
        return self._ours

    def __call__(self) -> Work:
        return self

    async def __aenter__(self) -> Work:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    async def commit(self) -> None:
        return None


class Taking:
    """Turns that only note what they take, and hand over what comes next."""

    def __init__(self, *following: InboxRow) -> None:
        self.taken: list[int] = []
        self._following = list(following)

    async def take(self, row: InboxRow) -> InboxRow | None:
        self.taken.append(row.seq)
        return self._following.pop(0) if self._following else None


def runner(work: Work, turns: Taking, lease: timedelta) -> Runner:
    uow = cast(UnitOfWorkFactory, work)
    return Runner(uow, uow, cast(Turns, turns), Drain("me", lease), lambda: None)


@pytest.mark.parametrize(("ours", "taken"), [(True, [1]), (False, [])])
async def test_a_row_that_lay_long_is_taken_only_while_its_chat_is_ours(
    ours: bool, taken: list[int]
) -> None:
    work, turns = Work(ours), Taking()
    drain = runner(work, turns, timedelta(0))
    drain.hand_over(row(1))
    assert await drain.drain_all()
    assert turns.taken == taken
    assert work.renewed >= 1


async def test_a_row_handed_over_just_now_begins_without_a_question() -> None:
    work, turns = Work(ours=False), Taking(row(2), row(3))
    drain = runner(work, turns, timedelta(hours=1))
    drain.hand_over(row(1))
    assert await drain.drain_all()
    assert turns.taken == [1, 2, 3]
    assert work.renewed == 0
